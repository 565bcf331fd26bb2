package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.hipparchus.special.Erf;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects the width of interfaces: known Gaussians are found again, at any orientation, at any density, under noise. */
class InterfaceWidthTest {
    private static final int N = 40;

    private interface Density {
        double at(double z, double y, double x);
    }

    private static Volume volume(Density density) {
        Volume volume = Volume.zeros(N, N, N, 6);
        for (int z = 0; z < N; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    volume.set(z, y, x, (float) density.at(z, y, x));
                }
            }
        }
        return volume;
    }

    private static double rise(double d, double sigma) {
        return 0.5 * (1 + Erf.erf(d / (Math.sqrt(2) * sigma)));
    }

    private static PhaseRegion phase(double x, double n) {
        return new PhaseRegion("", 1, x, 0, n, 0, 100, 3);
    }

    private static double[] direction(Random random) {
        double[] n = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        return new double[] {n[0] / length, n[1] / length, n[2] / length};
    }

    @Test
    void planesOfAnyOrientationHaveTheirWidth() {
        Random random = new Random(4);
        for (double sigma : new double[] {0.6, 0.9, 1.4, 2.2}) {
            for (int k = 0; k < 3; k++) {
                double[] n = direction(random);
                double shift = random.nextDouble();
                double noise = 0.1 * k;
                double[] x = {0.02, 0.95};
                double[] density = {5, 6};
                Density high = (z, y, c) ->
                        rise((z - N / 2.0) * n[0] + (y - N / 2.0) * n[1] + (c - N / 2.0) * n[2] + shift, sigma);
                Volume zn = volume((z, y, c) -> (1 - high.at(z, y, c)) * density[0] * x[0]
                        + high.at(z, y, c) * density[1] * x[1]
                        + noise * random.nextGaussian());
                Volume co = volume((z, y, c) -> (1 - high.at(z, y, c)) * density[0] * (1 - x[0])
                        + high.at(z, y, c) * density[1] * (1 - x[1])
                        + noise * random.nextGaussian());
                PhaseDiagram diagram =
                        PhaseDiagram.of(Element.of("Zn"), Map.of(Element.of("Zn"), zn, Element.of("Co"), co), 1);
                InterfaceWidth width = InterfaceWidth.between(diagram, phase(x[0], density[0]), phase(x[1], density[1]))
                        .orElseThrow();
                double bin = Math.sqrt(sigma * sigma + 0.25 / 12);
                assertThat(width.sigma()).isCloseTo(bin, within(0.03 * sigma + 4 * width.sigmaError()));
                assertThat(width.sigmaError()).isBetween(1e-5, 0.08 * sigma + 0.02);
                ErfEdge zinc = width.edges().get("Zn");
                assertThat(zinc.high()).isCloseTo(5.7, within(0.05));
                assertThat(zinc.low()).isCloseTo(0.1, within(0.05));
            }
        }
    }

    @Test
    void surfaceOfABallHasItsWidth() {
        for (double sigma : new double[] {0.7, 1.2}) {
            Volume n = volume((z, y, x) -> 5 * rise(13 - Math.hypot(Math.hypot(z - 19.6, y - 19.3), x - 20), sigma));
            PhaseDiagram diagram = PhaseDiagram.of(
                    Element.of("Zn"), Map.of(Element.of("Zn"), n, Element.of("Co"), volume((z, y, x) -> 0)), 2.5);
            InterfaceWidth width = InterfaceWidth.ofSurface(diagram).orElseThrow();
            assertThat(width.sigma()).isCloseTo(sigma, within(0.08 * sigma));
            assertThat(width.tenToNinety()).isCloseTo(2.563 * width.sigma(), within(1e-3));
        }
    }

    @Test
    void resolutionIsTakenOffInSquares() {
        InterfaceWidth wide = sized(1.3, 0.05);
        InterfaceWidth sharp = sized(0.5, 0.02);
        assertThat(wide.correctedSigma(sharp)).isCloseTo(1.2, within(1e-12));
        assertThat(wide.correctedSigmaBound(sharp)).isGreaterThan(1.2);
        assertThat(sharp.correctedSigma(wide)).isZero();
        assertThat(sharp.correctedSigmaBound(sharp)).isGreaterThan(0);
    }

    private static InterfaceWidth sized(double sigma, double error) {
        return new InterfaceWidth(new double[0], new int[0], Map.of(), Map.of(), Map.of(), sigma, error, 1);
    }

    @Test
    void onePhaseHasNoInterface() {
        Volume zn = volume((z, y, x) -> 5);
        PhaseDiagram diagram = PhaseDiagram.of(
                Element.of("Zn"), Map.of(Element.of("Zn"), zn, Element.of("Co"), volume((z, y, x) -> 0)), 1);
        assertThat(InterfaceWidth.between(diagram, phase(0, 5), phase(1, 5))).isEmpty();
    }
}
