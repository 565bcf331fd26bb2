package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects denoising from changing what is exact, from losing totals, and from claiming more than it does. */
class DenoisingTest {
    private static final EnergyAxis AXIS = new EnergyAxis(600, 0, 0.02);
    private static final FitSettings SETTINGS = FitSettings.of(
                    List.of(XrayLine.of("Co_Ka"), XrayLine.of("Co_Kb"), XrayLine.of("Zn_Ka")),
                    List.of(Element.of("Cu"), Element.of("C"), Element.of("N")),
                    80)
            .withResolutionEv(130);

    private static double[] spectrum(double co, double zn, double total) {
        return SimulatedSpectra.mixture(AXIS, 130, co, zn, 5, total).mean();
    }

    /** Where each pixel lies between two spectra: a smooth course over the map. */
    private static double share(int y, int x) {
        return 0.5 + 0.5 * Math.sin(0.3 * x) * Math.cos(0.2 * y);
    }

    private static SpectrumImage blended(double[] a, double[] b) {
        SpectrumImage.Builder builder = SpectrumImage.fractional(24, 30, 1, AXIS);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 30; x++) {
                float[] pixel = new float[a.length];
                for (int c = 0; c < pixel.length; c++) {
                    pixel[c] = (float) ((1 + 0.1 * (x % 3)) * (share(y, x) * a[c] + (1 - share(y, x)) * b[c]));
                }
                builder.pixel(y, x, pixel);
            }
        }
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void spectraOfTwoShapesAreKeptByTwoComponents(Method method) {
        SpectrumImage map = blended(spectrum(40, 5, 300), spectrum(5, 30, 200));
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS.with(method));
        List<LineMap> counted = fitter.counts(map, 1, Progress.NONE);
        List<LineMap> denoised = fitter.denoised(List.of(map), OptionalInt.of(2), 1, Progress.NONE)
                .counts(map, 1, Progress.NONE);
        for (int k = 0; k < counted.size(); k++) {
            float[] truth = counted.get(k).counts().values();
            float[] found = denoised.get(k).counts().values();
            for (int i = 0; i < truth.length; i++) {
                assertThat(found[i]).isCloseTo(truth[i], within(2e-3f));
            }
        }
    }

    @Test
    void totalsOverAllMapsStayWhateverTheRank() {
        SpectrumImage one = SimulatedSpectra.map(AXIS, 16, 24, spectrum(20, 3, 150), 1);
        SpectrumImage other = SimulatedSpectra.map(AXIS, 16, 24, spectrum(2, 20, 100), 2);
        List<SpectrumImage> maps = List.of(one, other);
        LineFitter fitter = LineFitter.calibrate(maps, SETTINGS);
        for (int rank : new int[] {1, 2, 7}) {
            LineFitter denoised = fitter.denoised(maps, OptionalInt.of(rank), 2, Progress.NONE);
            for (int k = 0; k < 3; k++) {
                double kept = 0;
                double counted = 0;
                for (SpectrumImage map : maps) {
                    kept += denoised.counts(map, 2, Progress.NONE)
                            .get(k)
                            .counts()
                            .sum();
                    counted +=
                            fitter.counts(map, 2, Progress.NONE).get(k).counts().sum();
                }
                assertThat(kept).isCloseTo(counted, within(1e-5 * Math.abs(counted) + 1e-3));
            }
        }
    }

    /** Two shapes with noise: the scatter must fall, the bias stay small, and no third component be chosen. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noiseFallsAndTheRankIsFound(long seed) {
        int ny = 48;
        int nx = 48;
        double[][] pure = {spectrum(15, 1, 120), spectrum(1, 15, 120)};
        SpectrumImage map = SimulatedSpectra.map(AXIS, ny, nx, pure, seed);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        LineFitter denoised = fitter.denoised(List.of(map), OptionalInt.empty(), 2, Progress.NONE);
        assertThat(denoised.denoising().orElseThrow().rank()).isEqualTo(2);
        double[] counted = errors(fitter.counts(map, 2, Progress.NONE).get(0), 15, 1);
        double[] kept = errors(denoised.counts(map, 2, Progress.NONE).get(0), 15, 1);
        assertThat(kept[1]).as("standard deviation").isLessThan(0.9 * counted[1]);
        assertThat(Math.abs(kept[0])).as("bias of the rich columns").isLessThan(0.6);
        double[] stated = new double[] {
            denoised.counts(map, 2, Progress.NONE).get(0).standardError().at(0, 0),
            fitter.counts(map, 2, Progress.NONE).get(0).standardError().at(0, 0)
        };
        assertThat(stated[0]).isLessThan(stated[1]);
    }

    /** Mean error in the even columns, and rms scatter about each kind's mean. */
    private static double[] errors(LineMap map, double even, double odd) {
        double[] sum = new double[2];
        double[] squares = new double[2];
        int n = 0;
        for (int y = 0; y < map.counts().ny(); y++) {
            for (int x = 0; x < map.counts().nx(); x++) {
                double error = map.counts().at(y, x) - (x % 2 == 0 ? even : odd);
                sum[x % 2] += error;
                squares[x % 2] += error * error;
                n++;
            }
        }
        double variance = 0;
        for (int i = 0; i < 2; i++) {
            variance += squares[i] - sum[i] * sum[i] / (n / 2.0);
        }
        return new double[] {sum[0] / (n / 2.0), Math.sqrt(variance / n)};
    }

    @Test
    void pureNoiseAboutOneSpectrumHasRankOne() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 40, 40, spectrum(10, 10, 100), 5);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        Denoising found = fitter.denoised(List.of(map), OptionalInt.empty(), 2, Progress.NONE)
                .denoising()
                .orElseThrow();
        assertThat(found.rank()).isEqualTo(1);
        assertThat(found.chosen()).isTrue();
        assertThat(found.note()).contains("rank 1");
    }

    /** One pixel in a hundred of another kind: too few for a component to pay, and its cobalt must be missed. */
    @Test
    void aRarePhaseThatIsLostIsToldOf() {
        double[][] means = new double[100][];
        Arrays.fill(means, spectrum(0, 15, 120));
        SpectrumImage common = SimulatedSpectra.map(AXIS, 40, 100, means, 8);
        means[50] = spectrum(15, 0, 120);
        SpectrumImage rare = SimulatedSpectra.map(AXIS, 40, 100, means, 9);
        assertThat(cobaltLeftOut(common).standardDeviations()).isLessThan(4);
        LeftOut lost = cobaltLeftOut(rare);
        assertThat(lost.standardDeviations()).isGreaterThan(4);
        assertThat(lost.rmsCounts()).isBetween(1.0, 1.6);
    }

    private static LeftOut cobaltLeftOut(SpectrumImage map) {
        return LineFitter.calibrate(map.sum(), SETTINGS)
                .denoised(List.of(map), OptionalInt.of(1), 2, Progress.NONE)
                .leftOut(List.of(map), 2, Progress.NONE)
                .get(0);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 20, 21, spectrum(10, 10, 100), 6);
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        LineMap one = fitter.denoised(List.of(map), OptionalInt.of(3), 1, Progress.NONE)
                .counts(map, 1, Progress.NONE)
                .get(0);
        LineMap two = fitter.denoised(List.of(map), OptionalInt.of(3), 2, Progress.NONE)
                .counts(map, 2, Progress.NONE)
                .get(0);
        assertThat(two.counts().values()).containsExactly(one.counts().values());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leadingVectorsAreThoseOfTheWholeDecomposition(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 30 + (int) seed * 7;
        double[][] m = new double[n][n];
        for (int r = 0; r < n; r++) {
            double[] v = random.doubles(n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    m[i][j] += v[i] * v[j] * Math.pow(0.6, r);
                }
            }
        }
        double[] first = new double[n];
        first[3] = 1;
        List<double[]> found = LeadingVectors.of((x, into) -> add(m, x, into), first, 5);
        double[][] deflated = new double[n][];
        for (int i = 0; i < n; i++) {
            deflated[i] = m[i].clone();
            deflated[i][3] = 0;
        }
        Arrays.fill(deflated[3], 0);
        RealMatrix whole = MatrixUtils.createRealMatrix(deflated);
        EigenDecompositionSymmetric expected = new EigenDecompositionSymmetric(whole);
        assertThat(found).hasSize(5);
        for (int k = 1; k < 5; k++) {
            double[] product = new double[n];
            add(deflated, found.get(k), product);
            assertThat(LeadingVectors.dot(found.get(k), product))
                    .isCloseTo(expected.getEigenvalue(k - 1), within(1e-7 * expected.getEigenvalue(0)));
            for (int l = 0; l < k; l++) {
                assertThat(LeadingVectors.dot(found.get(k), found.get(l))).isCloseTo(0, within(1e-10));
            }
        }
    }

    private static void add(double[][] m, double[] x, double[] into) {
        for (int i = 0; i < m.length; i++) {
            into[i] += LeadingVectors.dot(m[i], x);
        }
    }

    @Test
    void whatNeedsCountsAsCountedIsRefused() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 12, 12, spectrum(10, 10, 100), 7);
        LineFitter poisson = LineFitter.calibrate(map.sum(), SETTINGS.with(Estimator.POISSON));
        assertThatThrownBy(() -> poisson.denoised(List.of(map), OptionalInt.of(2), 1, Progress.NONE))
                .hasMessageContaining("no Poisson counts");
        LineFitter fitter = LineFitter.calibrate(map.sum(), SETTINGS);
        assertThatThrownBy(() -> fitter.denoised(List.of(map), OptionalInt.of(0), 1, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 components");
        LineFitter denoised = fitter.denoised(List.of(map), OptionalInt.of(2), 1, Progress.NONE);
        assertThatThrownBy(() -> denoised.windowCounts(List.of(map), 1, Progress.NONE))
                .hasMessageContaining("counts as counted");
    }
}
