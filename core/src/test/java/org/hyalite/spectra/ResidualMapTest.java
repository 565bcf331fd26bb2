package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what the residual maps promise of pure noise, and that they show what the model lacks, where it is. */
class ResidualMapTest {
    private static final EnergyAxis AXIS = new EnergyAxis(600, 0, 0.02);
    private static final FitSettings SETTINGS = FitSettings.of(
                    List.of(XrayLine.of("Co_Ka"), XrayLine.of("Zn_Ka")),
                    List.of(Element.of("Cu"), Element.of("C"), Element.of("N")),
                    80)
            .withResolutionEv(130);

    private static SimulatedSpectra mixture(double total, EnergyAxis axis) {
        return SimulatedSpectra.mixture(axis, 130, 0.15 * total, 0.1 * total, 0.1 * total, total);
    }

    /** 2500 pixels: the mean is known to 0.02, the scatter to about 0.03, wider where few counts skew it. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 50, 300, 3000})
    void ofPureNoiseTheMeanIsZeroAndTheScatterOneWhereThereAreCounts(double total) {
        SpectrumImage map =
                SimulatedSpectra.map(AXIS, 50, 50, mixture(total, AXIS).mean(), (long) total);
        for (ResidualMap line : residuals(map, map)) {
            Moments z = Moments.of(line.deviation(), 0, 1);
            assertThat(z.mean()).isBetween(-0.08, 0.08);
            assertThat(z.sd()).isBetween(total < 20 ? 0.2 : total < 100 ? 0.8 : 0.92, 1.12);
            assertThat(Math.abs(line.reducedChiSquare() - 1)).isLessThan(4 * line.reducedScatter());
        }
    }

    /** Every second column's peaks lie 40 eV too high. */
    @Test
    void whatTheModelLacksShowsWhereItIs() {
        EnergyAxis shifted = new EnergyAxis(AXIS.channels(), AXIS.offsetKeV() - 0.04, AXIS.gainKeV());
        double[][] means = {mixture(1500, AXIS).mean(), mixture(1500, shifted).mean()};
        SpectrumImage map = SimulatedSpectra.map(AXIS, 20, 40, means, 3);
        SpectrumImage sound = SimulatedSpectra.map(AXIS, 40, 40, means[0], 4);
        for (ResidualMap line : residuals(sound, map)) {
            assertThat(Moments.of(line.deviation(), 0, 2).mean()).isBetween(-0.3, 0.3);
            assertThat(Moments.of(line.deviation(), 1, 2).mean()).isGreaterThan(1);
            assertThat(line.reducedChiSquare() - 1).isGreaterThan(5 * line.reducedScatter());
        }
    }

    @Test
    void anEmptyMapFitsAsNoiseDoes() {
        SpectrumImage map =
                SimulatedSpectra.map(AXIS, 20, 20, mixture(300, AXIS).mean(), 5);
        SpectrumImage empty = SpectrumImage.whole(3, 2, 1, AXIS).build();
        for (ResidualMap line : residuals(map, empty)) {
            assertThat(line.reducedChiSquare()).isEqualTo(1);
            assertThat(line.deviation().values()).containsOnly(0);
        }
    }

    private static List<ResidualMap> residuals(SpectrumImage calibrated, SpectrumImage map) {
        return LineFitter.calibrate(calibrated.sum(), SETTINGS)
                .residuals(List.of(map), 2, Progress.NONE)
                .get(0);
    }

    private record Moments(double mean, double sd) {
        /** Of every so many columns. */
        static Moments of(Image image, int from, int step) {
            double sum = 0;
            double squares = 0;
            int n = 0;
            for (int y = 0; y < image.ny(); y++) {
                for (int x = from; x < image.nx(); x += step) {
                    sum += image.at(y, x);
                    squares += image.at(y, x) * image.at(y, x);
                    n++;
                }
            }
            return new Moments(sum / n, Math.sqrt(squares / n - sum * sum / n / n));
        }
    }
}
