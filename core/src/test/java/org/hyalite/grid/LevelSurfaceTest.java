package org.hyalite.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protects surfaces: where they lie, that they are closed, and that they face outward, whatever the volume. */
class LevelSurfaceTest {
    private static final double VOXEL = 1.7;

    /** Voxels fall off linearly across a sphere's surface, so that the level's place is known. */
    private static Volume sphere(int n, double radius, double z0, double y0, double x0) {
        Volume volume = Volume.zeros(n, n + 3, n + 5, VOXEL);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n + 3; y++) {
                for (int x = 0; x < n + 5; x++) {
                    double r = Math.sqrt((z - z0) * (z - z0) + (y - y0) * (y - y0) + (x - x0) * (x - x0));
                    volume.set(z, y, x, (float) (10 + radius - r));
                }
            }
        }
        return volume;
    }

    private static Volume random(Random random, int nz, int ny, int nx) {
        Volume volume = Volume.zeros(nz, ny, nx, VOXEL);
        boolean few = random.nextBoolean();
        for (float[] block : volume.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = few ? random.nextInt(3) : (float) random.nextGaussian();
            }
        }
        return volume;
    }

    @Test
    void aSphereHasItsAreaVolumeAndNormals() {
        double radius = 24.3;
        Mesh mesh = LevelSurface.of(sphere(64, radius, 30.2, 33.1, 31.7), 10);
        double r = radius * VOXEL;
        assertThat(mesh.areaNm2() / (4 * Math.PI * r * r)).isCloseTo(1, within(0.01));
        assertThat(mesh.volumeNm3() / (4.0 / 3 * Math.PI * r * r * r)).isCloseTo(1, within(0.01));
        double[] centre = {31.7 * VOXEL, 33.1 * VOXEL, 30.2 * VOXEL};
        double farthest = 0;
        double steepest = 1;
        for (int v = 0; v < mesh.vertices(); v++) {
            double distance = 0;
            double cosine = 0;
            for (int axis = 0; axis < 3; axis++) {
                double d = mesh.positions()[3 * v + axis] - centre[axis];
                distance += d * d;
                cosine += d * mesh.normals()[3 * v + axis];
            }
            distance = Math.sqrt(distance);
            farthest = Math.max(farthest, Math.abs(distance - r));
            steepest = Math.min(steepest, cosine / distance);
        }
        assertThat(farthest).isLessThan(0.02 * VOXEL);
        assertThat(steepest).isGreaterThan(0.999);
    }

    /** Euler's formula tells a sphere from any other closed surface, and one piece from several. */
    @Test
    void aSphereIsOnePieceWithoutHoles() {
        Mesh mesh = LevelSurface.of(sphere(20, 7, 9, 10, 11), 10);
        assertThat(mesh.vertices() - 3 * mesh.triangles() / 2 + mesh.triangles())
                .isEqualTo(2);
    }

    @Test
    void everySurfaceIsClosedAndFacesOneWay() {
        Random random = new Random(61);
        for (int round = 0; round < 200; round++) {
            Volume volume = random(random, 1 + random.nextInt(7), 1 + random.nextInt(7), 1 + random.nextInt(7));
            double level = random.nextInt(2);
            assertClosed(LevelSurface.of(volume, level), level < volume.max());
        }
        Volume wide = random(random, 3, 131, 2); // across blocks
        assertClosed(LevelSurface.of(wide, 0.5), true);
    }

    private static void assertClosed(Mesh mesh, boolean any) {
        assertThat(mesh.triangles() > 0).isEqualTo(any);
        Set<Long> edges = new HashSet<>();
        int[] corners = mesh.corners();
        for (int t = 0; t < mesh.triangles(); t++) {
            for (int c = 0; c < 3; c++) {
                edges.add((long) corners[3 * t + c] << 32 | corners[3 * t + (c + 1) % 3]);
            }
        }
        assertThat(edges).as("one triangle runs along an edge in one direction").hasSize(corners.length);
        assertThat(edges.stream().allMatch(e -> edges.contains(e << 32 | e >>> 32)))
                .as("and one in the other")
                .isTrue();
        Set<List<Float>> places = new HashSet<>();
        double worst = 0;
        for (int v = 0; v < mesh.vertices(); v++) {
            float[] p = mesh.positions();
            places.add(List.of(p[3 * v], p[3 * v + 1], p[3 * v + 2]));
            float[] n = mesh.normals();
            worst = Math.max(worst, Math.abs(Math.hypot(Math.hypot(n[3 * v], n[3 * v + 1]), n[3 * v + 2]) - 1));
        }
        assertThat(places).as("no two coincide").hasSize(mesh.vertices());
        assertThat(worst).as("length of the normals").isLessThan(1e-6);
        assertThat(mesh.volumeNm3() > 0).as("seen from outside").isEqualTo(any);
    }

    @Test
    void theForecastIsExact() {
        Random random = new Random(62);
        for (int round = 0; round < 50; round++) {
            Volume volume = random(random, 1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6));
            LevelSurface.Size size = LevelSurface.size(volume, 0.2);
            Mesh mesh = LevelSurface.of(volume, 0.2);
            assertThat(size.vertices()).isEqualTo(mesh.vertices());
            assertThat(size.triangles()).isEqualTo(mesh.triangles());
            assertThat(size.bytes()).isGreaterThan(24L * mesh.vertices() + 12L * mesh.triangles());
        }
        assertThat(new LevelSurface.Size(1, (1L << 31) / 3, 0).fits()).isFalse();
        assertThat(new LevelSurface.Size(1, 700_000_000, 0).fits()).isTrue();
    }

    /** What reaches the border ends at the voxels' outer faces, half a voxel beyond the outermost centres. */
    @Test
    void aFullVolumeIsABox() {
        Volume volume = Volume.zeros(12, 9, 15, VOXEL);
        for (float[] block : volume.blocks()) {
            java.util.Arrays.fill(block, 3);
        }
        Mesh mesh = LevelSurface.of(volume, 1);
        assertClosed(mesh, true);
        int[] sizes = {15, 9, 12};
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.MAX_VALUE;
            double high = -Double.MAX_VALUE;
            for (int v = 0; v < mesh.vertices(); v++) {
                low = Math.min(low, mesh.positions()[3 * v + axis]);
                high = Math.max(high, mesh.positions()[3 * v + axis]);
            }
            assertThat(low).isCloseTo(-0.5 * VOXEL, within(1e-5));
            assertThat(high).isCloseTo((sizes[axis] - 0.5) * VOXEL, within(1e-5));
        }
        double box = 12 * 9 * 15 * VOXEL * VOXEL * VOXEL;
        double edges = 4 * (12 + 9 + 15) * VOXEL * VOXEL * VOXEL / 8; // cut where the diagonals do not lead
        assertThat(mesh.volumeNm3()).isBetween(box - edges, box);
    }

    @Test
    void aMovedVolumeHasAMovedSurface() {
        Mesh here = LevelSurface.of(sphere(24, 6.5, 9, 10, 11), 10);
        Mesh there = LevelSurface.of(sphere(24, 6.5, 12, 11, 13), 10);
        assertThat(there.corners()).isEqualTo(here.corners());
        double place = 0;
        double normal = 0;
        double[] by = {2 * VOXEL, VOXEL, 3 * VOXEL};
        for (int i = 0; i < here.positions().length; i++) {
            place = Math.max(place, Math.abs(there.positions()[i] - by[i % 3] - here.positions()[i]));
            normal = Math.max(normal, Math.abs(there.normals()[i] - here.normals()[i]));
        }
        assertThat(place).isLessThan(1e-4);
        assertThat(normal).isLessThan(1e-4);
    }

    @Test
    void valuesScaleWithTheLevelAndPlacesWithTheVoxel() {
        Random random = new Random(63);
        Volume volume = random(random, 6, 5, 7);
        Volume other = Volume.zeros(6, 5, 7, 4 * VOXEL);
        for (int i = 0; i < volume.blocks()[0].length; i++) {
            other.blocks()[0][i] = 1e-30f * volume.blocks()[0][i];
        }
        Mesh small = LevelSurface.of(volume, 0.25);
        Mesh large = LevelSurface.of(other, 0.25e-30);
        assertThat(large.corners()).isEqualTo(small.corners());
        for (int i = 0; i < small.positions().length; i++) {
            assertThat(large.positions()[i]).isCloseTo(4 * small.positions()[i], within(1e-4f));
            assertThat(large.normals()[i]).isCloseTo(small.normals()[i], within(1e-4f));
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        Volume volume = random(new Random(64), 3, 3, 3);
        assertThatThrownBy(() -> LevelSurface.of(volume, Double.NaN)).hasMessageContaining("level");
        volume.set(1, 1, 1, Float.NaN);
        assertThatThrownBy(() -> LevelSurface.of(volume, 0)).hasMessageContaining("not finite");
    }
}
