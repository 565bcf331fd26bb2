package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects what the mixture model says of phases that are known: how many, of what density, how much, how widely spread. */
class PhaseMixtureTest {
    private static final PhaseMixture.Settings QUICK = new PhaseMixture.Settings(OptionalInt.empty(), 3, 1, 1000);

    private static final PhaseMixture.Settings GRADUAL = new PhaseMixture.Settings(OptionalInt.empty(), 4, 1, 1500);

    private static final Element FE = Element.of("Fe");

    /** Layers of normal phases along x, each voxel by itself, with noise of measurement. */
    private static Map<Element, Volume> layers(double[][] means, int[] thick, double own, double noise, long seed) {
        Random random = new Random(seed);
        Element[] elements = {Blend.CO, Blend.ZN, FE};
        int n = 24;
        Map<Element, Volume> all = new LinkedHashMap<>();
        for (int e = 0; e < means[0].length; e++) {
            all.put(elements[e], Volume.zeros(n, n, n, 2));
        }
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                int phase = 0;
                int end = thick[0];
                for (int x = 0; x < n; x++) {
                    if (x == end && phase < means.length - 1) {
                        end += thick[++phase];
                    }
                    for (int e = 0; e < means[0].length; e++) {
                        double v = means[phase][e] + own * random.nextGaussian() + noise * random.nextGaussian();
                        all.get(elements[e]).set(z, y, x, (float) v);
                    }
                }
            }
        }
        return all;
    }

    private static PhaseMixture fit(Map<Element, Volume> densities, PhaseMixture.Settings settings) {
        return PhaseMixture.fit(PhaseDiagram.of(Blend.ZN, densities, 0.5), Map.of(), settings);
    }

    @Test
    void knownMixturesAreFoundWithTheirMeansAndShares() {
        for (long seed = 1; seed <= 3; seed++) {
            Map<Element, Volume> two = layers(new double[][] {{4, 2}, {1, 5}}, new int[] {8, 16}, 0.1, 0.2, seed);
            PhaseMixture mixture = fit(two, QUICK);
            assertThat(mixture.phases()).hasSize(2);
            assertThat(mixture.components()).isEqualTo(2);
            for (PhaseMixture.Component c : mixture.phases()) {
                boolean first = c.densities()[0] > 2.5;
                assertThat(c.densities()).containsExactly(new double[] {first ? 4 : 1, first ? 2 : 5}, within(0.03));
                assertThat(c.share()).isCloseTo(first ? 1 / 3.0 : 2 / 3.0, within(0.05));
            }
            assertThat(mixture.interfaceShare() + mixture.surfaceShare() + mixture.strayShare())
                    .as("there are none")
                    .isLessThan(0.03);
            assertThat(mixture.voxelsPerElement()).as("voxels by themselves").isCloseTo(1, within(0.05));
        }
    }

    @Test
    void threePhasesOfThreeElementsAreThreeInAnyOrderOfTheElements() {
        Map<Element, Volume> three =
                layers(new double[][] {{4, 2, 0.5}, {1, 5, 0.5}, {2, 2, 3}}, new int[] {8, 8, 8}, 0, 0.15, 5);
        PhaseMixture mixture = fit(three, new PhaseMixture.Settings(OptionalInt.empty(), 4, 1, 1000));
        assertThat(mixture.phases()).hasSize(3);
        assertThat(mixture.phases()).allSatisfy(c -> assertThat(c.share()).isCloseTo(1 / 3.0, within(0.04)));
        Map<Element, Volume> turned = new LinkedHashMap<>();
        turned.put(Blend.CO, three.get(FE));
        turned.put(Blend.ZN, three.get(Blend.CO));
        turned.put(FE, three.get(Blend.ZN));
        PhaseMixture other = fit(turned, new PhaseMixture.Settings(OptionalInt.empty(), 4, 1, 1000));
        assertThat(other.phases()).hasSize(3);
        // elements stand by atomic number: Fe, Co, Zn
        for (PhaseMixture.Component c : mixture.phases()) {
            double[] d = c.densities();
            assertThat(other.phases())
                    .anySatisfy(o ->
                            assertThat(o.densities()).containsExactly(new double[] {d[2], d[0], d[1]}, within(0.02)));
        }
    }

    @Test
    void anotherUnitOfDensityChangesNothingElse() {
        Map<Element, Volume> two = layers(new double[][] {{4, 2}, {1, 5}}, new int[] {8, 16}, 0.1, 0.2, 9);
        Map<Element, Volume> scaled = new LinkedHashMap<>();
        two.forEach((e, v) -> {
            Volume copy = v.copy();
            for (float[] block : copy.blocks()) {
                for (int i = 0; i < block.length; i++) {
                    block[i] /= 128;
                }
            }
            scaled.put(e, copy);
        });
        PhaseMixture one = fit(two, QUICK);
        PhaseMixture other = PhaseMixture.fit(PhaseDiagram.of(Blend.ZN, scaled, 0.5 / 128), Map.of(), QUICK);
        assertThat(other.phases()).hasSameSizeAs(one.phases());
        for (int k = 0; k < one.phases().size(); k++) {
            assertThat(other.phases().get(k).share())
                    .isCloseTo(one.phases().get(k).share(), within(1e-6));
            assertThat(other.phases().get(k).densities()[0] * 128)
                    .isCloseTo(one.phases().get(k).densities()[0], within(1e-5));
        }
    }

    @Test
    void noiseThatIsGivenIsTakenOutOfThePhasesOwnSpread() {
        Map<Element, Volume> one = layers(new double[][] {{3, 3}}, new int[] {24}, 0.3, 0.4, 3);
        Map<Element, Volume> sds = new LinkedHashMap<>();
        one.forEach((e, v) -> {
            Volume sd = v.copy();
            for (float[] block : sd.blocks()) {
                java.util.Arrays.fill(block, 0.4f);
            }
            sds.put(e, sd);
        });
        PhaseMixture mixture = PhaseMixture.fit(
                PhaseDiagram.of(Blend.ZN, one, 0.5), sds, new PhaseMixture.Settings(OptionalInt.of(1), 5, 1, 1500));
        assertThat(mixture.noiseGiven()).isTrue();
        // 2 % of N count as noise, too
        assertThat(Math.sqrt(mixture.phases().get(0).spread()[0])).isCloseTo(0.275, within(0.03));
        Map<Element, Volume> lacking = Map.of(Blend.CO, sds.get(Blend.CO));
        assertThatThrownBy(() -> PhaseMixture.fit(PhaseDiagram.of(Blend.ZN, one, 0.5), lacking, QUICK))
                .hasMessageContaining("no standard deviations of Zn");
    }

    @Test
    void blurIsAnInterfaceAndNoPhaseAndAGradientIsOnePhase() {
        Blend blend = new Blend(48, 3, new double[][] {{0, 5}, {1, 6}}, Blend.cut(3), 1.5, 0.05);
        PhaseMixture sharp = PhaseMixture.fit(blend.diagram(2.5), Map.of(), GRADUAL);
        assertThat(sharp.phases()).hasSize(2);
        assertThat(sharp.interfaceShare()).isBetween(0.03, 0.4);
        double[][] gradient = new double[20][];
        for (int i = 0; i < 20; i++) {
            gradient[i] = new double[] {0.3 + 0.01 * i, 6};
        }
        Blend sloped =
                new Blend(48, 5, gradient, (z, y, x) -> (int) Math.max(0, Math.min(19, (y + 12) / 1.2)), 1, 0.05);
        PhaseMixture one = PhaseMixture.fit(sloped.diagram(3), Map.of(), GRADUAL);
        assertThat(one.phases()).hasSize(1);
        Phases found = PhaseFinder.find(sloped.diagram(3), one);
        assertThat(found.regions())
                .singleElement()
                .satisfies(r -> assertThat(r.fractionMean()).isCloseTo(0.4, within(0.03)));
    }

    @Test
    void theSameSeedGivesTheSameMixtureAndTheNumberCanBeGiven() {
        Blend blend = new Blend(40, 4, new double[][] {{0.4, 6}, {0.8, 4}}, (z, y, x) -> x > 0 ? 0 : 1, 1, 0.05);
        PhaseDiagram diagram = blend.diagram(2);
        PhaseMixture first = PhaseMixture.fit(diagram, Map.of(), QUICK);
        PhaseMixture second = PhaseMixture.fit(diagram, Map.of(), QUICK);
        assertThat(second.curve()).isEqualTo(first.curve());
        assertThat(first.curve()).extracting(PhaseMixture.Tried::components).containsExactly(1, 2, 3);
        assertThat(first.phases()).hasSize(2);
        Phases found = PhaseFinder.find(diagram, first);
        assertThat(found.regions().get(0).fractionMean()).isCloseTo(0.4, within(0.03));
        assertThat(found.regions().get(1).fractionMean()).isCloseTo(0.8, within(0.03));
        PhaseMixture asked =
                PhaseMixture.fit(diagram, Map.of(), new PhaseMixture.Settings(OptionalInt.of(3), 5, 1, 1500));
        assertThat(asked.phases()).hasSize(3);
        assertThatThrownBy(() -> new PhaseMixture.Settings(OptionalInt.of(0), 5, 1, 1500))
                .hasMessageContaining("1 … 12");
    }

    @Test
    void nothingGivesNoPhaseAndOneVoxelOne() {
        Volume zn = Volume.zeros(5, 5, 5, 2);
        Volume co = Volume.zeros(5, 5, 5, 2);
        PhaseDiagram empty = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1);
        PhaseMixture none = PhaseMixture.fit(empty, Map.of(), QUICK);
        assertThat(none.phases()).isEmpty();
        assertThat(PhaseFinder.find(empty, none).regions()).isEmpty();
        zn.set(2, 2, 2, 3);
        co.set(2, 2, 2, 1);
        PhaseDiagram one = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1);
        PhaseMixture single = PhaseMixture.fit(one, Map.of(), QUICK);
        assertThat(single.phases()).hasSize(1);
        assertThat(PhaseFinder.find(one, single).regions()).singleElement().satisfies(r -> {
            assertThat(r.fractionMean()).isEqualTo(0.75);
            assertThat(r.densityMeanPerNm3()).isEqualTo(4);
        });
        Volume alone = Volume.zeros(5, 5, 5, 2);
        for (float[] block : alone.blocks()) {
            java.util.Arrays.fill(block, 3f);
        }
        assertThat(PhaseMixture.fit(PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, alone), 1), Map.of(), QUICK)
                        .phases())
                .as("one element, all voxels alike")
                .hasSize(1);
    }
}
