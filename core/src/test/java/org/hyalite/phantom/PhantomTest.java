package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects the truth itself: what lies in the particle, and what its images and voxels say of it. */
class PhantomTest {
    private static final Element CO = Element.of("Co");
    private static final Element ZN = Element.of("Zn");

    @Test
    void everyViewHoldsAllAtoms() {
        for (Phantom phantom :
                List.of(Particles.segregated(Dice.of(3), 4, -2, 3), Particles.flux(Dice.of(4), 0, 0, 0))) {
            double[] atoms = atoms(phantom);
            for (double tilt : new double[] {-70, -31, 0, 55}) {
                TrueAlignment as =
                        new TrueAlignment(new double[] {tilt}, new double[] {1.3}, new double[] {-2.2}, 1.1, 1.2);
                double[][] areal = phantom.areal(View.of(64, 6, as, 0));
                for (int m = 0; m < 2; m++) {
                    assertThat(sum(areal[m]) * 36).as("tilt %s", tilt).isCloseTo(atoms[m], within(atoms[m] * 5e-3));
                }
            }
        }
    }

    @Test
    void voxelsHoldAllAtomsAndProjectToTheViewAtZeroTilt() {
        Phantom phantom = Particles.flux(Dice.of(8), 6, 0, 0);
        double[] atoms = atoms(phantom);
        double[][] areal = phantom.areal(View.aligned(48, 8, -0.7));
        List<Element> metals = phantom.metals();
        assertThat(metals).containsExactly(CO, ZN);
        for (int m = 0; m < 2; m++) {
            Volume density = phantom.density(metals.get(m), 48, 8, -0.7);
            assertThat(density.sum() * density.voxelNm3()).isCloseTo(atoms[m], within(atoms[m] * 5e-3));
            assertThat(density.max()).isLessThanOrEqualTo(6f);
            Image projected = density.projectionZ();
            for (int i = 0; i < areal[m].length; i++) {
                assertThat((double) projected.values()[i]).isCloseTo(areal[m][i], within(1e-4 * (1 + areal[m][i])));
            }
        }
    }

    @Test
    void aBoxIsExactInVoxelsAndInThickness() {
        Solid box = Solid.box(new double[] {-20, -20, -15}, new double[] {20, 20, 25});
        Phantom phantom = Phantom.uniform(box, Compound.CO_ZIF_4, 4.87);
        Volume density = phantom.density(CO, 16, 10, 0);
        // 16 voxels of 10 nm: the edges at ±20 fall on voxel edges, those at −15 and 25 in the middle of one
        assertThat(density.at(8, 8, 8)).isEqualTo(4.87f);
        assertThat(density.at(6, 8, 8)).isCloseTo(2.435f, within(1e-5f));
        assertThat(density.at(10, 8, 8)).isCloseTo(2.435f, within(1e-5f));
        assertThat(density.at(5, 8, 8)).isZero();
        assertThat(density.at(8, 5, 8)).isZero();
        assertThat(density.at(8, 6, 9)).isEqualTo(4.87f);
        Image thickness = phantom.thickness(16, 10, 0);
        assertThat(thickness.at(8, 8)).isCloseTo(40f, within(1e-4f));
        assertThat(thickness.at(8, 10)).isZero();
        assertThat(phantom.volumeNm3()).isCloseTo(64000, within(1e-6));
    }

    @Test
    void anAxisBesideTheCentreMovesTheVoxelsWithIt() {
        Phantom phantom =
                Phantom.uniform(Solid.box(new double[] {-20, -20, -20}, new double[] {20, 20, 20}), Compound.ZIF_62, 1);
        Volume density = phantom.density(ZN, 16, 10, 3);
        assertThat(density.at(8, 8, 9)).isEqualTo(1f);
        assertThat(density.at(8, 8, 8)).isZero();
        assertThat(density.at(8, 8, 12)).isEqualTo(1f);
        assertThat(density.at(8, 8, 13)).isZero();
    }

    @Test
    void anInclinedInterfaceIsCrossedWhereItLies() {
        double slope = Math.sqrt(0.5);
        Matter matter = Matter.layered(new double[] {slope, 0, slope, 0}, s -> s < 0 ? 5 : 0, s -> s < 0 ? 0 : 6);
        Phantom phantom = Phantom.of(
                Solid.box(new double[] {-60, -60, -60}, new double[] {60, 60, 60}),
                matter,
                List.of(Compound.CO_ZIF_4, Compound.ZIF_62),
                0);
        double[][] areal = phantom.areal(View.aligned(16, 10, 0));
        // the ray at x meets the plane x + z = 0 at z = −x: below it Co, above it Zn
        for (int x = 2; x < 14; x++) {
            double at = (x - 7.5) * 10;
            assertThat(areal[0][8 * 16 + x]).isCloseTo(5 * (60 - at), within(1e-6));
            assertThat(areal[1][8 * 16 + x]).isCloseTo(6 * (60 + at), within(1e-6));
        }
    }

    @Test
    void theBlendIsPureAndTheGlassMixed() {
        for (int seed = 1; seed <= 5; seed++) {
            List<TruePhase> blend = Particles.segregated(Dice.of(seed), 0, 0, 0).phases();
            assertThat(blend.get(0).fractionMean()).isZero();
            assertThat(blend.get(0).densityMeanPerNm3()).isCloseTo(5, within(1e-9));
            assertThat(blend.get(1).fractionMean()).isCloseTo(1, within(1e-9));
            assertThat(blend.get(1).densityMeanPerNm3()).isCloseTo(6, within(1e-9));
            assertThat(blend.get(1).volumeNm3())
                    .isGreaterThan(1.5 * blend.get(0).volumeNm3());
            List<TruePhase> glass = Particles.flux(Dice.of(seed), 0, 0, 0).phases();
            assertThat(glass.get(0).fractionMean()).isBetween(0.37, 0.42);
            assertThat(glass.get(0).fractionSd()).isLessThan(0.05);
            assertThat(glass.get(0).densityMeanPerNm3()).isCloseTo(6, within(0.02));
            assertThat(glass.get(1).fractionMean()).isBetween(0.95, 1.0);
            assertThat(glass.get(1).densityMeanPerNm3()).isCloseTo(4, within(0.02));
        }
    }

    @Test
    void aMetalThatIsNotThereIsRefused() {
        Phantom standard = Particles.standard(Compound.CO_ZIF_4, 4.87, Dice.of(1), 0, 0, 0);
        assertThatThrownBy(() -> standard.density(ZN, 32, 12, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no Zn");
    }

    private static double[] atoms(Phantom phantom) {
        double[] atoms = new double[2];
        phantom.sample((metals, nm3) -> {
            atoms[0] += metals[0] * nm3;
            atoms[1] += metals[1] * nm3;
        });
        return atoms;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }
}
