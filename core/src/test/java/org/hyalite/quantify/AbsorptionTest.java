package org.hyalite.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.XrayLine;
import org.hyalite.quantify.Absorption.Part;
import org.junit.jupiter.api.Test;

/** Protects the paths of X-rays through a volume: slabs and spheres with closed forms, tilt, several elements, detectors. */
class AbsorptionTest {
    private static final Element SI = Element.of("Si");
    private static final XrayLine SI_KA = XrayLine.of("Si_Ka");
    private static final Slabs SLABS = Slabs.of(2);

    /** Atoms/nm³ that make {@code μ} per nm for Si Kα in Si. */
    private static double density(double perNm) {
        return perNm / MassAttenuation.nm2PerAtom(SI, Map.of(), SI_KA);
    }

    private static Volume filled(int nz, int ny, int nx, double voxelNm, double value) {
        Volume volume = Volume.zeros(nz, ny, nx, voxelNm);
        for (float[] block : volume.blocks()) {
            java.util.Arrays.fill(block, (float) value);
        }
        return volume;
    }

    private static Volume sphere(int size, double voxelNm, double radiusVoxels, double value) {
        Volume volume = Volume.zeros(size, size, size, voxelNm);
        double middle = (size - 1) / 2.0;
        int fine = 4;
        for (int z = 0; z < size; z++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    int inside = 0;
                    for (int i = 0; i < fine * fine * fine; i++) {
                        double dz = z - middle + (i / fine / fine + 0.5) / fine - 0.5;
                        double dy = y - middle + (i / fine % fine + 0.5) / fine - 0.5;
                        double dx = x - middle + (i % fine + 0.5) / fine - 0.5;
                        inside += dz * dz + dy * dy + dx * dx < radiusVoxels * radiusVoxels ? 1 : 0;
                    }
                    volume.set(z, y, x, (float) (value * inside / (fine * fine * fine)));
                }
            }
        }
        return volume;
    }

    private static Volume transmission(Volume density, List<DetectorDirection> detectors, double tilt) {
        return Absorption.of(Map.of(SI, new Part(density, Map.of(), Map.of(SI_KA, 1.0))), detectors, SLABS)
                .transmission(tilt)
                .get(SI);
    }

    private static double mean(Volume through, Volume density) {
        double up = 0;
        for (int z = 0; z < density.nz(); z++) {
            for (int y = 0; y < density.ny(); y++) {
                for (int x = 0; x < density.nx(); x++) {
                    up += through.at(z, y, x) * density.at(z, y, x);
                }
            }
        }
        return up / density.sum();
    }

    /** A detector right above a slab of μt = 1: (1 − e⁻¹). */
    @Test
    void slabSeenFromAboveHasItsClosedForm() {
        double voxel = 2;
        Volume slab = filled(40, 7, 9, voxel, density(1 / (40 * voxel)));
        double found = mean(transmission(slab, List.of(DetectorDirection.of(90, 0)), 0), slab);
        assertThat(found).isCloseTo(MassAttenuation.ofSlab(1), within(1e-4));
        // and the upper side, which the beam meets first, is the one that is seen
        Volume through = transmission(slab, List.of(DetectorDirection.of(90, 0)), 0);
        assertThat((double) through.at(0, 3, 4)).isCloseTo(Math.exp(-0.5 / 40), within(1e-6));
        assertThat((double) through.at(39, 3, 4)).isCloseTo(Math.exp(-39.5 / 40), within(1e-6));
    }

    /** At depth h below a wide slab's face, tilted by θ: exp(−μ h / sin α) with sin α = sin θ cos ε cos φ + cos θ sin ε. */
    @Test
    void obliqueRaysGoTheLongerForItAndTurnWithTheTilt() {
        double mu = 0.004;
        Volume slab = filled(10, 64, 64, 2, density(mu));
        for (double[] c : new double[][] {{0, 18, 0}, {0, 30, 135}, {25, 18, 45}, {-10, 25, 20}, {30, 18, 180}}) {
            double sin =
                    Math.sin(Math.toRadians(c[0])) * Math.cos(Math.toRadians(c[1])) * Math.cos(Math.toRadians(c[2]))
                            + Math.cos(Math.toRadians(c[0])) * Math.sin(Math.toRadians(c[1]));
            Volume through = transmission(slab, List.of(DetectorDirection.of(c[1], c[2])), c[0]);
            for (int z = 0; z < 4; z++) {
                // a negative take-off leaves through the lower face
                double depth = 2 * (sin > 0 ? z + 0.5 : 9.5 - z);
                double expected = Math.exp(-mu * depth / Math.abs(sin));
                if (depth / Math.abs(sin) < 60) {
                    assertThat((double) through.at(z, 32, 32))
                            .as("tilt %f, elevation %f, azimuth %f, z %d", c[0], c[1], c[2], z)
                            .isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    /**
     * Photons escaping from a sphere of optical radius τ in one direction, Osterbrock (1989), Astrophysics of Gaseous
     * Nebulae, App. 2: {@code 3/(4τ) [1 − 1/(2τ²) + (1/τ + 1/(2τ²)) e^{−2τ}]}.
     */
    private static double ofSphere(double tau) {
        double square = 1 / (2 * tau * tau);
        return 3 / (4 * tau) * (1 - square + (1 / tau + square) * Math.exp(-2 * tau));
    }

    @Test
    void sphereHasItsEscapeProbabilityFromEverySide() {
        double voxel = 3;
        double radius = 13;
        for (double tau : new double[] {0.03, 0.3, 1.2}) {
            Volume sphere = sphere(30, voxel, radius, density(tau / (radius * voxel)));
            for (double[] c : new double[][] {{0, 18, 45}, {55, 18, 225}, {-70, 35, 0}}) {
                double found = mean(transmission(sphere, List.of(DetectorDirection.of(c[1], c[2])), c[0]), sphere);
                assertThat(1 - found).as("τ %f", tau).isCloseTo(1 - ofSphere(tau), within(0.01 * (1 - ofSphere(tau))));
            }
        }
    }

    /** More than 64 voxels along an edge are walked on a coarser grid; edges not divisible by it too. */
    @Test
    void largeVolumesAreWalkedCoarserWithTheSameResult() {
        double tau = 0.4;
        double radius = 55;
        Volume large = sphere(131, 1, radius, density(tau / radius));
        double found = mean(transmission(large, List.of(DetectorDirection.of(18, 45)), 20), large);
        assertThat(1 - found).isCloseTo(1 - ofSphere(tau), within(0.015 * (1 - ofSphere(tau))));
    }

    @Test
    void detectorsAreAveragedByTheirWeights() {
        Volume block = filled(20, 20, 20, 5, density(0.005));
        Volume left = transmission(block, List.of(DetectorDirection.of(18, 180)), 15);
        Volume right = transmission(block, List.of(DetectorDirection.of(18, 0)), 15);
        Volume both =
                transmission(block, List.of(new DetectorDirection(18, 180, 3), new DetectorDirection(18, 0, 1)), 15);
        assertThat((double) both.at(4, 5, 6))
                .isCloseTo(0.75 * left.at(4, 5, 6) + 0.25 * right.at(4, 5, 6), within(1e-6));
        // what is near the right edge is seen better from the right
        assertThat(right.at(10, 10, 18)).isGreaterThan(left.at(10, 10, 18));
    }

    /** Every element absorbs every line, by its own coefficient; lines of one element are averaged by weight. */
    @Test
    void elementsAbsorbEachOther() {
        Element fe = Element.of("Fe");
        XrayLine ka = XrayLine.of("Fe_Ka");
        XrayLine la = XrayLine.of("Fe_La");
        Map<Element, Double> oxide = Map.of(Element.of("O"), 1.5);
        Volume iron = filled(16, 3, 3, 2, 30);
        Volume silicon = filled(16, 3, 3, 2, 12);
        Map<Element, Part> parts = new LinkedHashMap<>();
        parts.put(SI, new Part(silicon, Map.of(), Map.of(SI_KA, 5.0)));
        parts.put(fe, new Part(iron, oxide, Map.of(ka, 1.0, la, 3.0)));
        Map<Element, Volume> found = Absorption.of(parts, List.of(DetectorDirection.of(90, 0)), SLABS)
                .transmission(0);
        double depth = 2 * 7.5;
        double[] expected = new double[3];
        XrayLine[] lines = {SI_KA, ka, la};
        for (int i = 0; i < 3; i++) {
            expected[i] = Math.exp(-depth
                    * (12 * MassAttenuation.nm2PerAtom(SI, Map.of(), lines[i])
                            + 30 * MassAttenuation.nm2PerAtom(fe, oxide, lines[i])));
        }
        assertThat((double) found.get(SI).at(7, 1, 1)).isCloseTo(expected[0], within(1e-5));
        assertThat((double) found.get(fe).at(7, 1, 1)).isCloseTo(0.25 * expected[1] + 0.75 * expected[2], within(1e-5));
    }

    @Test
    void threadsChangeNothingAndVacuumAbsorbsNothing() {
        Volume sphere = sphere(24, 2, 8, density(0.01));
        Map<Element, Part> parts = Map.of(SI, new Part(sphere, Map.of(), Map.of(SI_KA, 1.0)));
        List<DetectorDirection> four = List.of(
                DetectorDirection.of(18, 45),
                DetectorDirection.of(18, 135),
                DetectorDirection.of(18, 225),
                DetectorDirection.of(18, 315));
        Volume one = Absorption.of(parts, four, Slabs.of(1)).transmission(33).get(SI);
        Volume two = Absorption.of(parts, four, Slabs.of(2)).transmission(33).get(SI);
        assertThat(two.blocks()).isDeepEqualTo(one.blocks());
        assertThat(one.at(0, 0, 0)).isOne();
        Volume empty = transmission(Volume.zeros(5, 5, 5, 1), four, 0);
        assertThat(empty.max()).isOne();
        assertThat(empty.sum()).isEqualTo(125);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Map<Element, Part> parts = new LinkedHashMap<>();
        parts.put(SI, new Part(Volume.zeros(4, 4, 4, 1), Map.of(), Map.of()));
        assertThatThrownBy(() -> Absorption.of(parts, List.of(), SLABS)).hasMessageContaining("0 detectors");
        parts.put(Element.of("O"), new Part(Volume.zeros(4, 4, 5, 1), Map.of(), Map.of()));
        assertThatThrownBy(() -> Absorption.of(parts, List.of(DetectorDirection.of(18, 0)), SLABS))
                .hasMessageContaining("4 × 4 × 5");
    }
}
