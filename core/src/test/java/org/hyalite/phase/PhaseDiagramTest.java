package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects the diagram as the file and the figure show it. */
class PhaseDiagramTest {
    private static double sum(double[][] volumes) {
        return Arrays.stream(volumes).flatMapToDouble(Arrays::stream).sum();
    }

    @Test
    void everyVoxelLandsInTheBinOfItsFractionAndDensity() {
        Volume zn = Volume.zeros(2, 2, 2, 3);
        Volume co = Volume.zeros(2, 2, 2, 3);
        zn.set(0, 0, 0, 3); // X = 0.75, N = 4
        co.set(0, 0, 0, 1);
        zn.set(1, 0, 1, 5); // X = 1, N = 5
        co.set(1, 1, 1, 0.5f); // outside, X = 0
        PhaseDiagram diagram =
                PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zn, Blend.CO, co), 1, new PhaseDiagram.Bins(10, 13));
        double[] edges = diagram.densityEdgesPerNm3();
        assertThat(edges).hasSize(14);
        assertThat(edges[13]).isCloseTo(1.3 * 5, within(1e-6));
        double[][] inside = diagram.volumeNm3();
        assertThat(inside[7][8]).isEqualTo(27); // N = 4 of 6.5 in 13 bins of 0.5
        assertThat(inside[9][10]).isEqualTo(27);
        assertThat(sum(inside)).isEqualTo(54);
        assertThat(diagram.unthresholdedVolumeNm3()[0][1]).isEqualTo(27);
        assertThat(sum(diagram.unthresholdedVolumeNm3()) + diagram.vacuumNm3()).isEqualTo(8 * 27);
        assertThat(diagram.inside().count()).isEqualTo(2);
        assertThat(diagram.fraction().at(0, 0, 0)).isEqualTo(0.75f);
        assertThat(diagram.fraction().at(0, 1, 0)).isZero();
    }

    @Test
    void volumeIsKeptWhateverTheBins() {
        Blend blend = new Blend(32, 1, new double[][] {{0, 5}, {1, 6}}, Blend.cut(1), 1, 0.1);
        double truth = blend.diagram(2.5).inside().volumeNm3();
        for (int bins : new int[] {1, 7, 100}) {
            PhaseDiagram diagram = PhaseDiagram.of(
                    Blend.ZN, Map.of(Blend.ZN, blend.zn, Blend.CO, blend.co), 2.5, new PhaseDiagram.Bins(bins, bins));
            assertThat(sum(diagram.volumeNm3())).isCloseTo(truth, within(1e-6 * truth));
        }
    }

    @Test
    void rectangleOfTheDiagramLeadsBackToItsVoxels() {
        Blend blend = new Blend(32, 1, new double[][] {{0, 5}, {1, 6}}, Blend.cut(1), 1, 0.02);
        PhaseDiagram diagram = blend.diagram(2.5);
        int zn = diagram.mask(0.9, 1, 0, 100).count();
        int co = diagram.mask(0, 0.1, 0, 100).count();
        int between = diagram.mask(0.1000001, 0.8999999, 0, 100).count();
        assertThat(zn + co + between).isEqualTo(diagram.inside().count());
        assertThat(zn).isGreaterThan(co).isGreaterThan(100);
        assertThat(diagram.mask(0, 1, 0, 2.4).count()).isZero();
    }

    @Test
    void threeElementsShareOneDensity() {
        Volume one = Volume.zeros(1, 1, 1, 1);
        one.set(0, 0, 0, 2);
        Element fe = Element.of("Fe");
        PhaseDiagram diagram = PhaseDiagram.of(fe, Map.of(fe, one, Blend.CO, one.copy(), Blend.ZN, one.copy()), 0);
        assertThat(diagram.density().at(0, 0, 0)).isEqualTo(6);
        assertThat(diagram.fraction().at(0, 0, 0)).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(PhaseFinder.find(diagram).regions().get(0).name()).isEqualTo("mixed");
    }

    @Test
    void nothingInsideGivesAnEmptyDiagram() {
        Volume zero = Volume.zeros(2, 2, 2, 1);
        PhaseDiagram diagram = PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, zero, Blend.CO, zero.copy()), 0);
        assertThat(sum(diagram.volumeNm3())).isZero();
        assertThat(diagram.vacuumNm3()).isEqualTo(8);
        assertThat(diagram.densityEdgesPerNm3()[100]).isPositive();
    }

    @Test
    void whatMakesNoDiagramIsRefused() {
        Volume a = Volume.zeros(2, 2, 2, 1);
        assertThatThrownBy(() -> PhaseDiagram.of(Blend.ZN, Map.of(Blend.CO, a), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fraction of Zn");
        assertThatThrownBy(() -> PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, a, Blend.CO, Volume.zeros(2, 2, 3, 1)), 1))
                .hasMessageContaining("2 × 2 × 3");
        assertThatThrownBy(() -> PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, a), Double.NaN))
                .hasMessageContaining("threshold NaN");
        Volume broken = a.copy();
        broken.set(0, 0, 0, Float.NaN);
        assertThatThrownBy(() -> PhaseDiagram.of(Blend.ZN, Map.of(Blend.ZN, broken), 1))
                .hasMessageContaining("density of Zn is NaN at voxel (z 0, y 0, x 0)");
    }
}
