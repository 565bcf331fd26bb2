package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Protects the twin's noise: a wrong generator would make every error bar of the chain wrong. */
class DiceTest {
    @Test
    void poissonNumbersHaveTheirMeanAsMeanAndAsVariance() {
        for (double mean : new double[] {0.01, 0.7, 5, 31.9, 32, 100, 1234.5}) {
            Dice dice = Dice.of(5, (long) (mean * 100));
            int n = 20_000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double drawn = dice.poisson(mean);
                sum += drawn;
                squares += (drawn - mean) * (drawn - mean);
            }
            assertThat(sum / n).as("mean of %s", mean).isCloseTo(mean, within(5 * Math.sqrt(mean / n)));
            double spread = Math.sqrt((2 * mean * mean + mean) / n);
            assertThat(squares / n).as("variance of %s", mean).isCloseTo(mean, within(5 * spread));
        }
    }

    @Test
    void poissonOfNothingIsNothing() {
        assertThat(Dice.of(1).poisson(0)).isZero();
    }

    @Test
    void normalNumbersAreNormal() {
        Dice dice = Dice.of(9);
        int n = 50_000;
        double sum = 0;
        double squares = 0;
        int beyondTwo = 0;
        for (int i = 0; i < n; i++) {
            double drawn = dice.normal();
            sum += drawn;
            squares += drawn * drawn;
            beyondTwo += Math.abs(drawn) > 2 ? 1 : 0;
        }
        assertThat(sum / n).isCloseTo(0, within(0.02));
        assertThat(squares / n).isCloseTo(1, within(0.03));
        assertThat((double) beyondTwo / n).isCloseTo(0.0455, within(0.005));
    }

    @Test
    void streamsOfOneSeedAndSeedsOfOneStreamDiffer() {
        assertThat(Dice.of(1, 2, 3).next()).isEqualTo(Dice.of(1, 2, 3).next());
        assertThat(Dice.of(1, 2, 3).next()).isNotEqualTo(Dice.of(1, 3, 2).next());
        assertThat(Dice.of(1, 2, 3).next()).isNotEqualTo(Dice.of(2, 2, 3).next());
    }

    @Test
    void anAliasTableDrawsEachIndexAsOftenAsItsWeightSays() {
        double[] weights = {0, 3, 0.5, 0, 10, 1, 0.001, 0};
        AliasTable table = AliasTable.of(weights);
        Dice dice = Dice.of(3);
        int n = 200_000;
        int[] drawn = new int[weights.length];
        for (int i = 0; i < n; i++) {
            drawn[table.draw(dice)]++;
        }
        for (int i = 0; i < weights.length; i++) {
            double expected = n * weights[i] / 14.501;
            assertThat((double) drawn[i]).as("index %d", i).isCloseTo(expected, within(5 * Math.sqrt(expected) + 1e-9));
        }
    }
}
