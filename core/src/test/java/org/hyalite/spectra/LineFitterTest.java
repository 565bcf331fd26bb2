package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFitterTest {
    private static final EnergyAxis AXIS = new EnergyAxis(1024, 0.0, 0.01);
    private static final List<XrayLine> LINES =
            List.of(XrayLine.of("Co_Ka"), XrayLine.of("Co_Kb"), XrayLine.of("Zn_Ka"), XrayLine.of("Zn_Kb"));
    private static final List<Element> OTHERS = List.of(Element.of("Cu"), Element.of("C"), Element.of("N"));
    private static final FitSettings SETTINGS =
            FitSettings.of(LINES, OTHERS, 80).withResolutionEv(130);

    /** Co, Zn, Cu and all counts of neighbouring columns of the test map. */
    private static final double[][] MIXTURES = {
        {4, 4, 2, 130}, {0, 8, 2, 130}, {30, 0, 10, 200}, {60, 60, 10, 500}, {1, 1, 1, 20}, {0.5, 6, 15, 130}
    };

    private static final int ROWS = 700;

    private static SimulatedSpectra mixture(int i) {
        double[] m = MIXTURES[i];
        return SimulatedSpectra.mixture(AXIS, 130, m[0], m[1], m[2], m[3]);
    }

    private static SpectrumImage mixtures() {
        double[][] means = new double[MIXTURES.length][];
        Arrays.setAll(means, i -> mixture(i).mean());
        return SimulatedSpectra.map(AXIS, ROWS, means.length, means, 11);
    }

    /** What may not be lost: counts that are right on average, in mixtures and at few counts, with honest errors. */
    @Test
    void theDefaultFitIsUnbiasedInMixturesAndItsErrorsAreHonest() {
        SpectrumImage map = mixtures();
        List<LineMap> maps = LineFitter.calibrate(map.sum(), SETTINGS).counts(map, 2, Progress.NONE);
        for (int x = 0; x < MIXTURES.length; x++) {
            for (LineMap line : maps) {
                double truth = mixture(x).expected(line.line().name());
                Column column = Column.of(line, x, truth);
                assertThat(Math.abs(column.mean - truth) / (column.sd / Math.sqrt(ROWS)))
                        .as("%s of mixture %d: %.3f counts, true %.3f", line.line(), x, column.mean, truth)
                        .isLessThan(3.5);
                assertThat(column.rmsError / column.sd)
                        .as("error of %s of mixture %d", line.line(), x)
                        .isBetween(0.9, 1.15);
                if (truth > 20) {
                    assertThat(column.coverage).isBetween(0.62, 0.74);
                }
            }
        }
    }

    /** Why the likelihood is not the default: what it must never be thought to be, and what it is good for. */
    @Test
    void thePoissonFitIsNeverNegativeThereforeBiasedForAbsentLinesAndRightForPresentOnes() {
        SpectrumImage map = mixtures();
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS.with(Estimator.POISSON));
        List<LineMap> maps = fitter.counts(map, 2, Progress.NONE);
        for (LineMap line : maps) {
            for (float v : line.counts().values()) {
                assertThat(v).isNotNegative();
            }
        }
        Column absent = Column.of(maps.get(0), 1, 0);
        assertThat(absent.mean).isBetween(0.2, 0.7);
        Column present = Column.of(maps.get(0), 3, 60);
        assertThat(Math.abs(present.mean - 60) / (present.sd / Math.sqrt(ROWS))).isLessThan(3.5);
        assertThat(present.coverage).isBetween(0.62, 0.74);
    }

    @Test
    void windowsAgreeWithTheFitWhereLinesStandAlone() {
        FitSettings alone = FitSettings.of(List.of(XrayLine.of("Fe_Ka")), List.of(Element.of("C")), 80)
                .withResolutionEv(130);
        double[] mean = SimulatedSpectra.on(AXIS, 130, 80)
                .line("Fe_Ka", 40)
                .line("Fe_La", 30)
                .line("C_Ka", 20)
                .continuum(150, 0.5)
                .mean();
        SpectrumImage map = SimulatedSpectra.map(AXIS, 300, 2, mean, 4);
        LineMap fit = LineFitter.calibrate(map.sum(), alone)
                .counts(map, 2, Progress.NONE)
                .get(0);
        LineMap windows = LineFitter.calibrate(map.sum(), alone.with(Method.WINDOWS))
                .counts(map, 2, Progress.NONE)
                .get(0);
        Column byFit = Column.of(fit, 0, 40);
        Column byWindows = Column.of(windows, 0, 40);
        assertThat(byFit.mean).isCloseTo(40, within(3.5 * byFit.sd / Math.sqrt(300)));
        assertThat(byWindows.mean).isCloseTo(40, within(3.5 * byWindows.sd / Math.sqrt(300)));
        assertThat(byWindows.coverage).isBetween(0.6, 0.76);
        assertThat(fit.counts().sum()).isCloseTo(windows.counts().sum(), within(0.02 * 40 * 600));
    }

    @Test
    void windowsTellWhichNeighbourDisturbsThem() {
        double[] mean = SimulatedSpectra.mixture(AXIS, 150, 5, 5, 40, 300).mean();
        Spectrum sum = SimulatedSpectra.spectrum(AXIS, mean, 2000, 1);
        assertThat(LineFitter.calibrate(sum, SETTINGS.with(Method.WINDOWS))
                        .sumFit()
                        .warnings())
                .anyMatch(w -> w.contains("Zn_Ka") && w.contains("Cu_K"));
    }

    /** A file's axis is wrong by a channel or two and its resolution is a brochure's: the spectrum knows better. */
    @ParameterizedTest
    @ValueSource(doubles = {124, 132, 140})
    void offsetGainAndWidthAreRecovered(double fwhm) {
        double[] mean = SimulatedSpectra.mixture(AXIS, fwhm, 10, 10, 5, 130).mean();
        EnergyAxis claimed = new EnergyAxis(1024, 0.015, 0.01 * 1.002);
        EnergyCalibration energy = LineFitter.calibrate(
                        SimulatedSpectra.spectrum(claimed, mean, 4096, 3), FitSettings.of(LINES, OTHERS, 80))
                .energy();
        assertThat(energy.offsetKeV().value()).isCloseTo(0, within(0.001));
        assertThat(energy.gainKeV().value()).isCloseTo(0.01, within(2e-6));
        assertThat(energy.fwhmMnKaEv().value()).isCloseTo(fwhm, within(1.5));
        assertThat(energy.axis().energyKeV(863)).isCloseTo(8.63, within(0.0012));
        assertThat(energy.fwhmMnKaEv().standardError()).isBetween(0.05, 2.0);
    }

    @Test
    void oneLineAloneLeavesTheGainAsTheFileHasIt() {
        double[] mean = SimulatedSpectra.on(AXIS, 130, 80)
                .line("Si_Ka", 5000)
                .continuum(3000, 0.5)
                .mean();
        LineFitter fitter = LineFitter.calibrate(
                SimulatedSpectra.spectrum(AXIS, mean, 1, 8),
                FitSettings.of(List.of(XrayLine.of("Si_Ka")), List.of(), 80));
        assertThat(fitter.energy().axis().energyKeV(174)).isCloseTo(1.74, within(0.003));
        assertThat(fitter.energy().gainKeV().value()).isCloseTo(0.01, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Estimator.class)
    void threadsChangeNothing(Estimator estimator) {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 40, 3, mixture(0).mean(), 2);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS.with(estimator));
        List<LineMap> one = fitter.counts(map, 1, Progress.NONE);
        List<LineMap> three = fitter.counts(map, 3, Progress.NONE);
        for (int k = 0; k < one.size(); k++) {
            assertThat(three.get(k).counts().values())
                    .isEqualTo(one.get(k).counts().values());
            assertThat(three.get(k).standardError().values())
                    .isEqualTo(one.get(k).standardError().values());
        }
    }

    @ParameterizedTest
    @EnumSource(Estimator.class)
    void anEmptyPixelHasNoCountsAndAFiniteError(Estimator estimator) {
        emptyPixel(SETTINGS.with(estimator));
    }

    @Test
    void anEmptyPixelHasNoCountsAndAFiniteErrorInWindowsToo() {
        emptyPixel(SETTINGS.with(Method.WINDOWS));
    }

    private static void emptyPixel(FitSettings settings) {
        Spectrum sum = SimulatedSpectra.spectrum(AXIS, mixture(0).mean(), 3000, 1);
        SpectrumImage empty = SpectrumImage.whole(2, 2, Double.NaN, AXIS).build();
        for (LineMap line : LineFitter.calibrate(sum, settings).counts(empty, 1, Progress.NONE)) {
            assertThat(line.counts().values()).containsOnly(0);
            for (float se : line.standardError().values()) {
                assertThat(se).isPositive().isFinite();
            }
        }
    }

    /** The maps add up to what the sum spectrum holds: nothing is lost between pixel and total. */
    @Test
    void theDefaultFitOfTheSumIsTheSumOfTheFits() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 30, 3, mixture(3).mean(), 2);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        List<LineMap> maps = fitter.counts(map, 1, Progress.NONE);
        for (int k = 0; k < maps.size(); k++) {
            assertThat(maps.get(k).counts().sum())
                    .isCloseTo(fitter.counts(map.sum()).get(k).value(), within(0.01));
        }
    }

    @Test
    void aMissingElementIsNamedAndDoesNotBendItsNeighbours() {
        SimulatedSpectra truth = SimulatedSpectra.on(AXIS, 130, 200)
                .line("Si_Ka", 3)
                .line("S_Ka", 1)
                .line("Ti_Ka", 4)
                .line("Ti_Kb", 0.5)
                .line("Fe_Ka", 3)
                .line("Fe_Kb", 0.4)
                .continuum(40, 0.5);
        FitSettings settings = FitSettings.of(
                        List.of(XrayLine.of("Si_Ka"), XrayLine.of("S_Ka"), XrayLine.of("Fe_Ka")), List.of(), 200)
                .withResolutionEv(130);
        LineFitter fitter = LineFitter.calibrate(SimulatedSpectra.spectrum(AXIS, truth.mean(), 20000, 6), settings);
        assertThat(fitter.sumFit().residualPeaks()).isNotEmpty();
        SumFit.ResidualPeak peak = fitter.sumFit().residualPeaks().get(0);
        assertThat(peak.energyKeV()).isCloseTo(4.51, within(0.02));
        assertThat(peak.candidates().get(0)).isEqualTo(XrayLine.of("Ti_Ka"));
        assertThat(fitter.sumFit().warnings()).anyMatch(w -> w.contains("Ti_Ka") && w.contains("other_elements"));
        assertThat(fitter.energy().axis().energyKeV(640)).isCloseTo(6.4, within(0.003));
        double iron = fitter.counts(SimulatedSpectra.spectrum(AXIS, truth.mean(), 20000, 7))
                .get(2)
                .value();
        assertThat(iron).isCloseTo(60000, within(1200.0));
    }

    /** Platinum's Mγ lies under sulphur's Kα; only where platinum is alone can its strength be seen. */
    @Test
    void linesUnderAQuantifiedOneAreLearntFromTheField() {
        double[] platinum = SimulatedSpectra.on(AXIS, 130, 200)
                .line("Pt_Ma", 60)
                .line("Pt_La", 20)
                .continuum(100, 0.5)
                .weakened(2.29, 2.35, 0.3) // the tables' share is too high by three, as on real platinum
                .mean();
        double[] sulphide = SimulatedSpectra.on(AXIS, 130, 200)
                .line("S_Ka", 10)
                .line("Fe_Ka", 12)
                .line("Fe_Kb", 1.5)
                .continuum(60, 0.5)
                .mean();
        double[][] means = {platinum, platinum, sulphide};
        SpectrumImage map = SimulatedSpectra.map(AXIS, 90, 90, spread(means, 90), 9);
        FitSettings settings = FitSettings.of(
                        List.of(XrayLine.of("S_Ka"), XrayLine.of("Fe_Ka")), List.of(Element.of("Pt")), 200)
                .withResolutionEv(130);
        LineFitter fromTables = LineFitter.calibrate(map.sum(), settings);
        assertThat(fromTables.sumFit().warnings()).anyMatch(w -> w.contains("Pt_Ma") && w.contains("under"));
        LineFitter fromTheField = LineFitter.calibrate(List.of(map), settings);
        assertThat(onPlatinum(fromTables.counts(map, 2, Progress.NONE).get(0)))
                .as("sulphur where there is platinum only, by the tables")
                .isLessThan(-1);
        assertThat(onPlatinum(fromTheField.counts(map, 2, Progress.NONE).get(0)))
                .as("the same, learnt from the field")
                .isCloseTo(0, within(0.3));
    }

    private static double onPlatinum(LineMap sulphur) {
        double mean = 0;
        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 60; x++) {
                mean += sulphur.counts().at(y, x) / (90 * 60);
            }
        }
        return mean;
    }

    private static double[][] spread(double[][] means, int nx) {
        double[][] all = new double[nx][];
        Arrays.setAll(all, x -> means[x * means.length / nx]);
        return all;
    }

    @Test
    void aLineOutsideTheRangeIsRefusedWithBothNamed() {
        Spectrum sum = SimulatedSpectra.spectrum(new EnergyAxis(512, 0, 0.01), new double[512], 1, 1);
        assertThatThrownBy(() -> LineFitter.calibrate(sum, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Co_Ka at 6.930 keV")
                .hasMessageContaining("5.110 keV");
    }

    @Test
    void settingsThatCannotBeMetAreRefused() {
        assertThatThrownBy(() -> FitSettings.of(LINES, OTHERS, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Zn_Ka")
                .hasMessageContaining("8.0 keV");
        assertThatThrownBy(() -> FitSettings.of(List.of(), OTHERS, 80)).hasMessageContaining("no X-ray line");
        assertThatThrownBy(() -> FitSettings.of(List.of(LINES.get(0), LINES.get(0)), OTHERS, 80))
                .hasMessageContaining("twice");
        Spectrum empty = Spectrum.of(AXIS, new double[1024]);
        assertThatThrownBy(() -> LineFitter.calibrate(empty, SETTINGS)).hasMessageContaining("no counts");
        SpectrumImage other =
                SpectrumImage.whole(1, 1, 1, new EnergyAxis(1024, 0.02, 0.01)).build();
        LineFitter fitter =
                LineFitter.calibrate(SimulatedSpectra.spectrum(AXIS, mixture(0).mean(), 3000, 1), SETTINGS);
        assertThatThrownBy(() -> fitter.counts(other, 1, Progress.NONE)).hasMessageContaining("axis");
    }

    @Test
    void workCanBeCancelledAndTellsHowFarItCame() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 60, 2, mixture(0).mean(), 2);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        List<Double> reported = new ArrayList<>();
        Progress stopping = new Progress() {
            @Override
            public void report(String task, double fraction) {
                reported.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return reported.size() >= 5;
            }
        };
        assertThatThrownBy(() -> fitter.counts(map, 2, stopping)).isInstanceOf(CancellationException.class);
        assertThat(reported).hasSizeBetween(5, 7);
    }

    @Test
    void theModelSaysHowEachLineIsDefined() {
        Spectrum sum = SimulatedSpectra.spectrum(AXIS, mixture(0).mean(), 3000, 1);
        LineModel fit = LineFitter.calibrate(sum, SETTINGS).model();
        assertThat(fit.estimator()).contains(Estimator.LINEAR);
        assertThat(fit.modelled()).contains("Co_Ka", "Zn_Kb", "Cu_K", "C_Ka", "N_Ka", "Zn_La");
        assertThat(fit.lines().get(0).share()).isCloseTo(1, within(1e-3));
        LineModel windows =
                LineFitter.calibrate(sum, SETTINGS.with(Method.WINDOWS)).model();
        LineModel.Definition zinc = windows.lines().get(2);
        assertThat(zinc.background()).hasSize(2);
        assertThat(zinc.window().lowKeV()).isCloseTo(8.63 - 0.155, within(0.02));
        assertThat(zinc.share()).isBetween(0.95, 0.995);
    }

    /** Mean, scatter and coverage of one column of a map. */
    private record Column(double mean, double sd, double rmsError, double coverage) {
        static Column of(LineMap map, int x, double truth) {
            int ny = map.counts().ny();
            double sum = 0;
            double square = 0;
            double error = 0;
            int covered = 0;
            for (int y = 0; y < ny; y++) {
                double v = map.counts().at(y, x);
                double se = map.standardError().at(y, x);
                sum += v;
                square += v * v;
                error += se * se;
                covered += Math.abs(v - truth) <= se ? 1 : 0;
            }
            double mean = sum / ny;
            return new Column(mean, Math.sqrt(square / ny - mean * mean), Math.sqrt(error / ny), (double) covered / ny);
        }
    }
}
