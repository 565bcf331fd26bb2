package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.phase.PhaseStatistics.ElementShare;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects what is said of phases beyond their means: bounds of an element, contacts, pairs and triples of elements. */
class PhaseWorkbenchTest {
    private static final Element FE = Element.of("Fe");

    private static Map<Element, Volume> spread(double x, double own, double noise, long seed) {
        Random random = new Random(seed);
        int n = 30;
        Volume zn = Volume.zeros(n, n, n, 2);
        Volume co = Volume.zeros(n, n, n, 2);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                // the phase's own spread is common to a row: neighbours along x differ by noise alone
                double fraction = x + own * random.nextGaussian();
                for (int i = 0; i < n; i++) {
                    double f = fraction + noise * random.nextGaussian();
                    zn.set(z, y, i, (float) (6 * f));
                    co.set(z, y, i, (float) (6 * (1 - f)));
                }
            }
        }
        return Map.of(Blend.ZN, zn, Blend.CO, co);
    }

    @Test
    void upperBoundsHoldWhatTheyPromise() {
        int covered = 0;
        for (long seed = 1; seed <= 20; seed++) {
            PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, spread(0.4, 0, 0.05, seed), 1);
            ElementShare zn =
                    PhaseStatistics.of(diagram, diagram.inside(), Map.of()).get(Blend.ZN);
            assertThat(zn.fraction()).isCloseTo(0.4, within(0.002));
            assertThat(zn.noiseSd()).isCloseTo(0.05, within(0.003));
            assertThat(zn.voxelsAtMost()).as("all of it noise").isCloseTo(0.4, within(0.02));
            assertThat(zn.meanAtMost()).isGreaterThan(zn.fraction()).isLessThan(0.41);
            covered += zn.meanAtMost() >= 0.4 ? 1 : 0;
        }
        assertThat(covered).as("of 20 upper limits at 95 %").isGreaterThanOrEqualTo(16);
    }

    @Test
    void noiseIsTakenOutOfThePercentile() {
        Map<Element, Volume> densities = spread(0.4, 0.06, 0.05, 7);
        PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, densities, 1);
        Map<Element, Volume> sds = new LinkedHashMap<>();
        densities.forEach((e, v) -> {
            Volume sd = v.copy();
            for (float[] block : sd.blocks()) {
                Arrays.fill(block, (float) (6 * 0.05));
            }
            sds.put(e, sd);
        });
        ElementShare given = PhaseStatistics.of(diagram, diagram.inside(), sds).get(Blend.ZN);
        // both elements' noise in quadrature, by turns weighted with 0.6 and 0.4
        assertThat(given.noiseSd()).isCloseTo(0.05 * Math.hypot(0.6, 0.4), within(0.003));
        assertThat(given.fractionSd()).isCloseTo(Math.hypot(0.06, 0.05), within(0.005));
        double left = Math.sqrt(given.fractionSd() * given.fractionSd() - given.noiseSd() * given.noiseSd());
        assertThat(given.voxelsAtMost()).isCloseTo(0.4 + 1.645 * left, within(0.01));
        double both = PhaseStatistics.of(diagram, diagram.inside(), sds).values().stream()
                .mapToDouble(ElementShare::fraction)
                .sum();
        assertThat(both).isCloseTo(1, within(1e-3));
    }

    @Test
    void aTenthOfThePhaseThatHoldsMuchMoreIsNotTakenForNoise() {
        int n = 20;
        Random random = new Random(4);
        Volume zn = Volume.zeros(n, n, n, 2);
        Volume co = Volume.zeros(n, n, n, 2);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    double f = (z < 2 ? 0.4 : 0.1) + 0.01 * random.nextGaussian();
                    zn.set(z, y, x, (float) (6 * f));
                    co.set(z, y, x, (float) (6 * (1 - f)));
                }
            }
        }
        PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1);
        ElementShare share =
                PhaseStatistics.of(diagram, diagram.inside(), Map.of()).get(Blend.ZN);
        assertThat(share.voxelsAtMost()).isCloseTo(0.4, within(0.02));
        // a mean of all voxels, of which a tenth hold 0.4, is 0.13
        assertThat(share.meanAtMost()).isGreaterThan(0.13);
    }

    @Test
    void interfacesHaveTheAreaOfTheirPlaneHoweverTheyLie() {
        Random random = new Random(2);
        for (int i = 0; i < 6; i++) {
            double ny = i == 0 ? 0 : 1.4 * random.nextDouble() - 0.7;
            double nz = i == 0 ? 0 : 1.4 * random.nextDouble() - 0.7;
            int n = 40;
            int nx = 70;
            Volume zn = Volume.zeros(n, n, nx, 3);
            Volume co = Volume.zeros(n, n, nx, 3);
            for (int z = 4; z < 36; z++) {
                for (int y = 4; y < 36; y++) {
                    for (int x = 0; x < nx; x++) {
                        boolean first = x - 34.5 + ny * (y - 19.5) + nz * (z - 19.5) > 0;
                        (first ? zn : co).set(z, y, x, 5);
                    }
                }
            }
            PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1);
            Phases phases = PhaseFinder.find(diagram);
            List<PhaseContact> contacts = PhaseContact.of(diagram, phases);
            double area = 32 * 32 * 9 * Math.sqrt(1 + ny * ny + nz * nz);
            assertThat(contacts).singleElement().satisfies(c -> {
                assertThat(c.first()).isEqualTo("Co-rich");
                assertThat(c.second()).isEqualTo("Zn-rich");
                assertThat(c.areaNm2()).isCloseTo(area, within(0.05 * area));
            });
        }
    }

    @Test
    void everyVoxelInsideStandsInEveryDiagramOnce() {
        Random random = new Random(4);
        Map<Element, Volume> densities = new LinkedHashMap<>();
        for (Element e : List.of(FE, Blend.CO, Blend.ZN)) {
            Volume v = Volume.zeros(9, 8, 7, 2);
            for (float[] block : v.blocks()) {
                for (int i = 0; i < block.length; i++) {
                    block[i] = 3 * random.nextFloat();
                }
            }
            densities.put(e, v);
        }
        PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, densities, 3);
        double inside = diagram.inside().volumeNm3();
        TernaryDiagram ternary = TernaryDiagram.of(diagram, List.of(Blend.ZN, FE, Blend.CO), 17);
        assertThat(sum(ternary.volumeNm3())).isCloseTo(inside, within(1e-9));
        PairDiagram pair = PairDiagram.of(diagram, Blend.CO, Blend.ZN, 30);
        assertThat(sum(pair.densityVolumeNm3())).isCloseTo(inside, within(1e-9));
        assertThat(sum(pair.fractionVolumeNm3())).isCloseTo(inside, within(1e-9));
        assertThatThrownBy(() -> TernaryDiagram.of(diagram, List.of(FE, FE, Blend.CO), 17))
                .hasMessageContaining("three different");
        assertThatThrownBy(() -> TernaryDiagram.of(diagram, List.of(FE, Element.of("Cu"), Blend.CO), 17))
                .hasMessageContaining("not among");
        assertThatThrownBy(() -> PairDiagram.of(diagram, FE, FE, 30)).hasMessageContaining("two different");
    }

    private static double sum(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).sum();
    }

    @Test
    void compositionsFallIntoTheTriangleThatHoldsThem() {
        Random random = new Random(5);
        int n = 12;
        for (int i = 0; i < 500; i++) {
            double a = random.nextDouble();
            double b = (1 - a) * random.nextDouble();
            int[] cell = TernaryDiagram.cell(a, b, n);
            int j = cell[1] / 2;
            assertThat(a * n).isBetween((double) cell[0], cell[0] + 1.0);
            assertThat(b * n).isBetween((double) j, j + 1.0);
            double within = a * n - cell[0] + b * n - j;
            assertThat(within <= 1).isEqualTo(cell[1] % 2 == 0);
        }
        assertThat(TernaryDiagram.cell(1, 0, n)).containsExactly(n - 1, 0);
        assertThat(TernaryDiagram.cell(0, 1, n)).containsExactly(0, 2 * n - 2);
        assertThat(TernaryDiagram.cell(0, 0, n)).containsExactly(0, 0);
    }

    @Test
    void anEmptyMaskHasNoComposition() {
        Volume one = Volume.zeros(3, 3, 3, 1);
        PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, one), 1);
        assertThatThrownBy(() -> PhaseStatistics.of(diagram, VolumeMask.empty(one), Map.of()))
                .hasMessageContaining("without voxels");
    }
}
