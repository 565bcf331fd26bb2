package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hyalite.physics.Uncertain;
import org.junit.jupiter.api.Test;

/** Protects the numbers at axes, bars and fits: round, few, rightly rounded, the power of ten never lost. */
final class TicksTest {
    @Test
    void marksAreRoundNumbersWithinTheRange() {
        assertThat(Ticks.linear(0, 250, 5).labels()).containsExactly("0", "50", "100", "150", "200", "250");
        assertThat(Ticks.linear(-0.13, 0.31, 5).labels()).containsExactly("−0.1", "0.0", "0.1", "0.2", "0.3");
        assertThat(Ticks.linear(0, 1, 5).labels()).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    }

    @Test
    void thePowerOfTenGoesToTheTitle() {
        Ticks ticks = Ticks.linear(0, 24_000, 5);
        assertThat(ticks.labels()).containsExactly("0", "5", "10", "15", "20");
        assertThat(ticks.title("volume (nm³)")).isEqualTo("volume (10³ nm³)");
        assertThat(ticks.title("counts")).isEqualTo("counts (10³)");
        assertThat(Ticks.linear(0, 4e-4, 5).title("g (1)")).isEqualTo("g (10⁻⁶ 1)");
        assertThat(Ticks.linear(0, 40, 5).title("g (1)")).isEqualTo("g (1)");
    }

    @Test
    void rangesWithoutWidthAreWidened() {
        double[][] ranges = {{0, 0}, {5, 5}, {-3, -3}, {Double.NaN, Double.NaN}, {7, 2}, {1e30, 1e30}, {0, 1e-300}};
        for (double[] range : ranges) {
            for (Ticks ticks :
                    new Ticks[] {Ticks.linear(range[0], range[1], 5), Ticks.rounded(range[0], range[1], 5)}) {
                assertThat(ticks.high()).isGreaterThan(ticks.low());
                assertThat(ticks.labels()).hasSizeBetween(1, 12);
                assertThat(ticks.share(ticks.low())).isCloseTo(0, within(1e-9));
                assertThat(ticks.share(ticks.high())).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void logarithmicMarksArePowersOfTen() {
        Ticks ticks = Ticks.logarithmic(3, 4e4);
        assertThat(ticks.labels().stream().filter(l -> !l.isEmpty()))
                .containsExactly("1", "10", "10²", "10³", "10⁴", "10⁵");
        assertThat(ticks.share(Math.sqrt(1e5))).isCloseTo(0.5, within(1e-9));
        assertThat(Ticks.logarithmic(1e-20, 1e20).labels().stream()
                        .filter(l -> !l.isEmpty())
                        .count())
                .isLessThan(9);
        assertThat(Ticks.logarithmic(Double.NaN, Double.NaN).at()).isNotEmpty();
        assertThat(ticks.share(-1)).isNegative();
    }

    @Test
    void errorsAreGivenTwoDigitsAndTheValueAsMany() {
        assertThat(Numbers.uncertain(new Uncertain(3.38149, 0.0123))).isEqualTo("3.381 ± 0.012");
        assertThat(Numbers.uncertain(new Uncertain(2.7, 0.36))).isEqualTo("2.70 ± 0.36");
        assertThat(Numbers.uncertain(new Uncertain(1234.5, 67))).isEqualTo("1235 ± 67");
        assertThat(Numbers.uncertain(new Uncertain(1.5, 0))).isEqualTo("1.5");
        assertThat(Numbers.uncertain(new Uncertain(Double.NaN, 0))).isEqualTo("–");
    }

    @Test
    void numbersHaveTrueSignsAndNoNegativeZero() {
        assertThat(Numbers.fixed(-0.001, 1)).isEqualTo("0.0");
        assertThat(Numbers.fixed(-2, 0)).isEqualTo("−2");
        assertThat(Numbers.significant(0.0250, 3)).isEqualTo("0.025");
        assertThat(Numbers.significant(2.5e-7, 2)).isEqualTo("2.5×10⁻⁷");
        assertThat(Numbers.significant(120, 3)).isEqualTo("120");
    }

    @Test
    void scaleBarsAreOneTwoOrFiveAndNeverTooLong() {
        for (double width = 0.3; width < 5000; width *= 1.17) {
            double length = ScaleBar.lengthNm(width, 0.36);
            assertThat(length).isBetween(0.12 * width, 0.37 * width);
            double digit = length / Math.pow(10, Math.floor(Math.log10(length) + 1e-9));
            assertThat(Math.round(digit)).isIn(1L, 2L, 5L);
        }
    }

    @Test
    void longTextsEndInAnEllipsisWithinTheirRoom() {
        String text = Type.LABEL.fit("a name that does not fit here", 50);
        assertThat(text).startsWith("a name").endsWith("…");
        assertThat(Type.LABEL.width(text)).isLessThanOrEqualTo(50);
        assertThat(Type.LABEL.fit("Co", 50)).isEqualTo("Co");
        assertThat(Type.LABEL.fit("Co", 1)).isEmpty();
    }
}
