package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.junit.jupiter.api.Test;

/** Protects the numbers that the whole walk is for: which phases there are, of what composition and density. */
class PhaseFinderTest {
    private static final double[][] SEGREGATED = {{0, 5}, {1, 6}};
    private static final double[][] FLUX = {{0.4, 6}, {0.8, 4}};

    @Test
    void segregatedPhasesAreFoundPureAndDense() {
        for (int seed = 0; seed < 4; seed++) {
            double blur = seed % 2 == 0 ? 1 : 1.5;
            double noise = seed < 2 ? 0.05 : 0.1;
            Blend blend = new Blend(64, seed, SEGREGATED, seed == 3 ? Blend.ball(11) : Blend.cut(seed), blur, noise);
            Phases phases = PhaseFinder.find(blend.diagram(2.5));
            assertThat(phases.regions()).extracting(PhaseRegion::name).containsExactly("Co-rich", "Zn-rich");
            PhaseRegion co = phases.region("Co-rich").orElseThrow();
            PhaseRegion zn = phases.region("Zn-rich").orElseThrow();
            assertThat(co.fractionMean()).isLessThan(0.03);
            assertThat(zn.fractionMean()).isGreaterThan(0.97);
            assertThat(co.densityMeanPerNm3()).isCloseTo(5, within(0.3));
            assertThat(zn.densityMeanPerNm3()).isCloseTo(6, within(0.3));
            for (int phase = 0; phase < 2; phase++) {
                double[] overlap = blend.overlap(phases.mask(phases.regions().get(phase)), phase);
                assertThat(overlap[0]).isGreaterThan(0.9);
                assertThat(overlap[1]).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void fluxMeltedPhasesKeepTheirMixtureAndBothDensities() {
        for (int seed = 0; seed < 4; seed++) {
            double blur = seed % 2 == 0 ? 1.5 : 1;
            double noise = seed < 2 ? 0.05 : 0.1;
            Blend blend = new Blend(64, 10 + seed, FLUX, Blend.cut(seed), blur, noise);
            Phases phases = PhaseFinder.find(blend.diagram(2));
            assertThat(phases.regions()).extracting(PhaseRegion::name).containsExactly("mixed", "Zn-rich");
            PhaseRegion mixed = phases.regions().get(0);
            PhaseRegion zn = phases.regions().get(1);
            assertThat(mixed.fractionMean()).isCloseTo(0.4, within(0.03));
            assertThat(mixed.densityMeanPerNm3()).isCloseTo(6, within(0.3));
            assertThat(zn.fractionMean()).isCloseTo(0.8, within(0.03));
            assertThat(zn.densityMeanPerNm3()).isCloseTo(4, within(0.3));
        }
    }

    @Test
    void coreIsFreeOfTheBiasOfAMeanOverAllVoxels() {
        Blend blend = new Blend(64, 3, SEGREGATED, Blend.cut(3), 1.5, 0.02);
        PhaseDiagram diagram = blend.diagram(2.5);
        Phases phases = PhaseFinder.find(diagram);
        PhaseRegion zn = phases.region("Zn-rich").orElseThrow();
        double plain = mean(diagram.density(), phases.mask(zn));
        assertThat(plain).isLessThan(5.7);
        assertThat(zn.densityMeanPerNm3()).isCloseTo(6, within(0.08));
    }

    private static double mean(Volume volume, VolumeMask mask) {
        double sum = 0;
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    sum += mask.contains(z, y, x) ? volume.at(z, y, x) : 0;
                }
            }
        }
        return sum / mask.count();
    }

    @Test
    void onePhaseIsNotSplitByNoiseOrGradient() {
        for (double noise : new double[] {0.02, 0.05, 0.1}) {
            Blend blend = new Blend(64, 5, new double[][] {{0.5, 5}}, (z, y, x) -> 0, 1, noise);
            Phases phases = PhaseFinder.find(blend.diagram(2.5));
            assertThat(phases.regions()).singleElement().satisfies(r -> {
                assertThat(r.name()).isEqualTo("mixed");
                assertThat(r.fractionMean()).isCloseTo(0.5, within(0.01));
                assertThat(r.densityMeanPerNm3()).isCloseTo(5, within(0.1));
            });
        }
        // X from 0.3 to 0.5 along y in 20 steps, as the paper's mixed phase
        double[][] gradient = new double[20][];
        for (int i = 0; i < 20; i++) {
            gradient[i] = new double[] {0.3 + 0.01 * i, 6};
        }
        Blend sloped =
                new Blend(64, 5, gradient, (z, y, x) -> (int) Math.max(0, Math.min(19, (y + 16) / 1.6)), 1, 0.05);
        assertThat(PhaseFinder.find(sloped.diagram(3)).regions())
                .singleElement()
                .satisfies(r -> assertThat(r.fractionMean()).isCloseTo(0.4, within(0.03)));
    }

    @Test
    void threePhasesAreThree() {
        Blend blend = new Blend(
                64,
                8,
                new double[][] {{0.02, 5}, {0.5, 6}, {0.97, 5.5}},
                (z, y, x) -> x < -5 ? 0 : x < 5 ? 1 : 2,
                1,
                0.05);
        Phases phases = PhaseFinder.find(blend.diagram(2.5));
        assertThat(phases.regions()).extracting(PhaseRegion::name).containsExactly("Co-rich", "mixed", "Zn-rich");
        assertThat(phases.regions().get(1).densityMeanPerNm3()).isCloseTo(6, within(0.3));
    }

    @Test
    void phasesOfOneCompositionAreToldApartByDensity() {
        Blend blend = new Blend(64, 9, new double[][] {{1, 6}, {1, 4}}, Blend.cut(9), 1, 0.05);
        Phases phases = PhaseFinder.find(blend.diagram(2));
        assertThat(phases.regions()).hasSize(2);
        assertThat(phases.regions().stream().map(PhaseRegion::name)).containsExactlyInAnyOrder("Zn-rich", "Zn-rich 2");
        assertThat(phases.regions().stream()
                        .mapToDouble(PhaseRegion::densityMeanPerNm3)
                        .sorted()
                        .toArray())
                .containsExactly(new double[] {4, 6}, within(0.2));
    }

    @Test
    void lossOfContrastIsReportedAsItIs() {
        // a reconstruction that keeps 90 % of the density has phases of 90 %, still pure
        Blend blend = new Blend(64, 4, new double[][] {{0, 4.5}, {1, 5.4}}, Blend.cut(4), 1.5, 0.05);
        Phases phases = PhaseFinder.find(blend.diagram(2.25));
        assertThat(phases.region("Co-rich").orElseThrow().densityMeanPerNm3()).isCloseTo(4.5, within(0.25));
        assertThat(phases.region("Zn-rich").orElseThrow().densityMeanPerNm3()).isCloseTo(5.4, within(0.25));
    }

    @Test
    void everyVoxelInsideBelongsToExactlyOnePhase() {
        Blend blend = new Blend(48, 2, FLUX, Blend.cut(2), 1, 0.1);
        PhaseDiagram diagram = blend.diagram(2);
        Phases phases = PhaseFinder.find(diagram);
        VolumeMask inside = diagram.inside();
        List<VolumeMask> masks = phases.regions().stream().map(phases::mask).toList();
        int total = 0;
        for (int z = 0; z < 48; z++) {
            for (int y = 0; y < 48; y++) {
                for (int x = 0; x < 48; x++) {
                    int members = 0;
                    for (VolumeMask mask : masks) {
                        members += mask.contains(z, y, x) ? 1 : 0;
                    }
                    assertThat(members).isEqualTo(inside.contains(z, y, x) ? 1 : 0);
                    total += members;
                }
            }
        }
        double volumes =
                phases.regions().stream().mapToDouble(PhaseRegion::volumeNm3).sum();
        assertThat(volumes).isCloseTo(total * 216.0, within(1e-6 * volumes));
        for (PhaseRegion region : phases.regions()) {
            assertThat(phases.core(region).count()).isEqualTo(region.coreVoxels());
        }
    }

    @Test
    void precisionIsTwiceTheNoiseThatWasPutIn() {
        Blend blend = new Blend(64, 6, new double[][] {{0.5, 5}}, (z, y, x) -> 0, 1, 0.05);
        Precision precision = PhaseFinder.find(blend.diagram(2.5)).precision().orElseThrow();
        // N: two elements of 5 % · 5 / √2 each, times the envelope's 1.15; X: half the relative noise
        assertThat(precision.density2SdPerNm3()).isCloseTo(2 * 0.25 * 1.15, within(0.06));
        assertThat(precision.fraction2Sd()).isCloseTo(2 * 0.25 * 1.15 / 5 / 2, within(0.015));
    }

    @Test
    void nothingInsideGivesNoPhaseAndOneVoxelGivesOne() {
        Volume zn = Volume.zeros(5, 5, 5, 2);
        Volume co = Volume.zeros(5, 5, 5, 2);
        Phases none = PhaseFinder.find(PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1));
        assertThat(none.regions()).isEmpty();
        assertThat(none.precision()).isEmpty();
        zn.set(2, 2, 2, 3);
        co.set(2, 2, 2, 1);
        Phases one = PhaseFinder.find(PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1));
        assertThat(one.regions()).singleElement().satisfies(r -> {
            assertThat(r).isEqualTo(new PhaseRegion("Zn-rich", 8, 0.75, 0, 4, 0, 1, 0));
            assertThat(one.mask(r).contains(2, 2, 2)).isTrue();
        });
        assertThatThrownBy(() -> none.mask(one.regions().get(0))).hasMessageContaining("no such phase");
    }
}
