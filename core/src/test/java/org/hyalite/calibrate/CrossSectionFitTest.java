package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Units;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

/** Protects the cross sections against every bias that thickness errors and noise can bring in. */
class CrossSectionFitTest {
    private static final XrayLine LINE = XrayLine.of("Co_Ka");
    private static final double SIGMA = 3.38;
    private static final double DENSITY = 4.87;
    private static final double VOXEL = 4;

    /** What the recording of a shard was like. */
    private record Recording(
            int n, double peak, double shift, double film, double absorptionPerNm, boolean noisy, boolean trueShape) {}

    private static StandardMap standard(String name, long seed, Recording r) {
        Random random = new Random(seed);
        Synthetic shard = Synthetic.shard(seed, r.n * 0.27);
        Image truth = shard.thickness(r.n, VOXEL, 0, 0);
        Image seen = shard.thickness(r.n, VOXEL, r.shift, -r.shift);
        double thickest = 0;
        for (float t : truth.values()) {
            thickest = Math.max(thickest, t);
        }
        double k = r.peak / (thickest * SIGMA);
        Dose dose = new Dose(
                1, k / (DENSITY * Units.NM2_PER_BARN) * Units.ELEMENTARY_CHARGE_C / Units.AMPERE_PER_NANOAMPERE);
        int background = 2;
        Image counts = Image.zeros(r.n, r.n, VOXEL);
        Image errors = Image.zeros(r.n, r.n, VOXEL);
        for (int i = 0; i < r.n * r.n; i++) {
            double t = seen.values()[i];
            double mean = k * SIGMA * t * (1 - r.absorptionPerNm * t) + r.film + background;
            double found = r.noisy ? Synthetic.poisson(random, mean) : mean;
            counts.values()[i] = (float) (found - background);
            errors.values()[i] = (float) Math.sqrt(found + 1);
        }
        Image thickness = truth;
        if (!r.trueShape) {
            thickness = RECONSTRUCTED.computeIfAbsent(seed, key -> reconstructed(shard, key, r.n));
        }
        return new StandardMap(name, counts, errors, thickness, DENSITY, dose);
    }

    private static final Map<Long, Image> RECONSTRUCTED = new ConcurrentHashMap<>();

    private static Image reconstructed(Synthetic shard, long seed, int n) {
        Volume blurred = Synthetic.blur(shard.occupancy(n, VOXEL), 1.1);
        Volume v = Synthetic.combine(blurred, 1000, Synthetic.noise(n, VOXEL, 1, seed), 20, 0, true);
        return ThicknessMap.ofPartialVolumes(v, EdgeSpreadFit.fit(v));
    }

    private static CrossSectionFit pair(long seed, Recording r) {
        return CrossSectionFit.fit(LINE, List.of(standard("a", seed, r), standard("b", seed + 1, r)));
    }

    @Test
    void slabOfKnownCountsGivesItsCrossSection() {
        // 1 nA, 1 ms, 100 nm of Co at 4.87 atoms/nm³ and 3.38 b: 1.0274 counts
        Image thickness = Image.zeros(20, 20, VOXEL);
        Image counts = Image.zeros(20, 20, VOXEL);
        Image errors = Image.zeros(20, 20, VOXEL);
        for (int y = 5; y < 15; y++) {
            for (int x = 5; x < 15; x++) {
                thickness.set(y, x, 100);
                counts.set(y, x, 1.0274f);
                errors.set(y, x, 1);
            }
        }
        CrossSectionFit fit = CrossSectionFit.fit(
                LINE, List.of(new StandardMap("slab", counts, errors, thickness, DENSITY, new Dose(1, 1e-3))));
        assertThat(fit.crossSection().barn()).isCloseTo(3.38, within(0.001));
        assertThat(fit.interceptCounts()).isEmpty(); // one thickness: no line can be tested
        assertThat(fit.particles()).hasSize(1);
        // 100 pixels and their margin, each with an error of one count where the slab is
        assertThat(fit.pixels()).isEqualTo(14 * 14);
        assertThat(fit.budget().get("counts")).isCloseTo(10 / 102.74, within(0.01));
    }

    @Test
    void wholeWalkFromBlurredVolumeIsWithinTwoPercentForKaAndFiveForKb() {
        double mean = 0;
        int runs = 0;
        for (long seed = 100; seed < 106; seed += 2) {
            for (double peak : new double[] {30, 150}) {
                CrossSectionFit ka = pair(seed, new Recording(64, peak, 0.3, 0, 0, true, false));
                assertThat(ka.crossSection().barn() / SIGMA).isCloseTo(1, within(0.015));
                mean += ka.crossSection().barn() / SIGMA - 1;
                runs++;
            }
            CrossSectionFit kb = pair(seed, new Recording(64, 10, 0.3, 0, 0, true, false));
            assertThat(kb.crossSection().barn() / SIGMA).isCloseTo(1, within(0.04));
        }
        assertThat(mean / runs).isCloseTo(0, within(0.008));
    }

    @Test
    void shiftBetweenTheMapsDoesNotTouchTheCrossSectionAndIsReported() {
        CrossSectionFit fit = pair(7, new Recording(64, 100, 0.3, 0, 0, false, true));
        assertThat(fit.crossSection().barn()).isCloseTo(SIGMA, within(3e-3 * SIGMA));
        Registration found = fit.particles().get(0).registration().orElseThrow();
        assertThat(found.shiftYPx()).isCloseTo(0.3, within(0.1));
        assertThat(found.shiftXPx()).isCloseTo(-0.3, within(0.1));
    }

    @Test
    void weightsOfTheNoisyCountsWouldBiasAndOursDoNot() {
        double ours = 0;
        double noisy = 0;
        int runs = 4;
        for (int run = 0; run < runs; run++) {
            StandardMap map = standard("a", 40 + run, new Recording(64, 12, 0, 0, 0, true, true));
            ours += CrossSectionFit.fit(LINE, List.of(map)).crossSection().barn() / runs;
            double numerator = 0;
            double denominator = 0;
            for (int i = 0; i < map.counts().values().length; i++) {
                double kt = map.countsPerBarnNm() * map.thicknessNm().values()[i];
                double w = 1 / Math.pow(map.standardError().values()[i], 2);
                numerator += w * kt * map.counts().values()[i];
                denominator += w * kt * kt;
            }
            noisy += numerator / denominator / runs;
        }
        assertThat(ours).isCloseTo(SIGMA, within(0.015 * SIGMA));
        assertThat(noisy).isLessThan(0.93 * SIGMA);
    }

    @Test
    void standardErrorIsWhatRepetitionShows() {
        int runs = 30;
        double sum = 0;
        double squares = 0;
        double stated = 0;
        Image thickness = Synthetic.shard(3, 10).thickness(40, VOXEL, 0, 0);
        Dose dose = new Dose(0.9, 0.12);
        Random random = new Random(11);
        for (int run = 0; run < runs; run++) {
            Image counts = Image.zeros(40, 40, VOXEL);
            Image errors = Image.zeros(40, 40, VOXEL);
            double k = dose.electrons() * DENSITY * Units.NM2_PER_BARN;
            for (int i = 0; i < 1600; i++) {
                int found = Synthetic.poisson(random, k * SIGMA * thickness.values()[i] * 0.05 + 3);
                counts.values()[i] = found - 3;
                errors.values()[i] = (float) Math.sqrt(found);
            }
            CrossSectionFit fit =
                    CrossSectionFit.fit(LINE, List.of(new StandardMap("a", counts, errors, thickness, DENSITY, dose)));
            sum += fit.crossSection().barn();
            squares += fit.crossSection().barn() * fit.crossSection().barn();
            stated += fit.budget().get("counts") * fit.crossSection().barn() / runs;
        }
        double sd = Math.sqrt(squares / runs - sum * sum / runs / runs);
        assertThat(stated / sd).isBetween(0.65, 1.5);
    }

    @Test
    void filmLeftOverShowsInInterceptAndOutsideAndAbsorptionInCurvature() {
        CrossSectionFit clean = pair(20, new Recording(96, 100, 0, 0, 0, true, true));
        assertThat(Math.abs(clean.interceptCounts().orElseThrow().value()))
                .isLessThan(3 * clean.interceptCounts().orElseThrow().standardError());
        assertThat(Math.abs(clean.curvaturePerNm().orElseThrow().value()))
                .isLessThan(3 * clean.curvaturePerNm().orElseThrow().standardError());
        CrossSectionFit film = pair(20, new Recording(96, 100, 0, 5, 0, true, true));
        assertThat(film.interceptCounts().orElseThrow().value()).isCloseTo(5, within(1.5));
        assertThat(film.interceptCounts().orElseThrow().value())
                .isGreaterThan(4 * film.interceptCounts().orElseThrow().standardError());
        assertThat(film.particles().get(0).outsideCounts().orElseThrow().value())
                .isCloseTo(5, within(0.5));
        CrossSectionFit absorbed = pair(20, new Recording(96, 100, 0, 0, 1e-3, true, true));
        assertThat(absorbed.curvaturePerNm().orElseThrow().value()).isCloseTo(-1e-3, within(2.5e-4));
    }

    @Test
    void particlesThatDisagreeMakeTheErrorLarger() {
        Recording r = new Recording(48, 100, 0, 0, 0, true, true);
        StandardMap a = standard("a", 1, r);
        StandardMap b = standard("b", 2, r);
        StandardMap wrong = new StandardMap(
                "wrong", b.counts(), b.standardError(), b.thicknessNm(), 1.2 * b.densityPerNm3(), b.dose());
        CrossSectionFit agreed = CrossSectionFit.fit(LINE, List.of(a, b));
        CrossSectionFit torn = CrossSectionFit.fit(LINE, List.of(a, wrong));
        assertThat(agreed.crossSection().standardErrorBarn()).isLessThan(0.02 * SIGMA);
        assertThat(torn.budget().get("particles")).isBetween(0.05, 0.2);
        assertThat(torn.crossSection().standardErrorBarn()).isGreaterThan(0.05 * SIGMA);
        assertThat(torn.particles().get(1).crossSection().barn()).isCloseTo(SIGMA / 1.2, within(0.03 * SIGMA));
    }

    @Test
    void whatCannotBeCalibratedIsRefusedByName() {
        Image zero = Image.zeros(8, 8, VOXEL);
        Image one = Image.of(8, 8, VOXEL, filled(1));
        Dose dose = new Dose(1, 1);
        assertThatThrownBy(() -> CrossSectionFit.fit(LINE, List.of())).hasMessageContaining("Co_Ka");
        assertThatThrownBy(() ->
                        CrossSectionFit.fit(LINE, List.of(new StandardMap("thin", one, one, zero, DENSITY, dose))))
                .hasMessageContaining("thin has no thickness");
        Image thick = Image.of(8, 8, VOXEL, filled(100));
        assertThatThrownBy(() ->
                        CrossSectionFit.fit(LINE, List.of(new StandardMap("dark", zero, one, thick, DENSITY, dose))))
                .hasMessageContaining("no cross section follows");
        Image broken = Image.of(8, 8, VOXEL, filled(1));
        broken.set(2, 3, Float.NaN);
        assertThatThrownBy(() -> new StandardMap("nan", broken, one, thick, DENSITY, dose))
                .hasMessageContaining("y = 2, x = 3");
        assertThatThrownBy(() -> new StandardMap("size", Image.zeros(4, 8, 1), one, thick, DENSITY, dose))
                .hasMessageContaining("4 × 8");
    }

    private static float[] filled(float value) {
        float[] values = new float[64];
        Arrays.fill(values, value);
        return values;
    }
}
