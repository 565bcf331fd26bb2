package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The projector sees points where the contract says, loses no mass, and its adjoint is exact. */
final class ProjectorTest {
    private static void fill(float[][] blocks, long seed) {
        Random random = new Random(seed);
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                block[i] = random.nextFloat();
            }
        }
    }

    private static double dot(float[][] a, float[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                sum += (double) a[i][j] * b[i][j];
            }
        }
        return sum;
    }

    private static double total(TiltSeries series, int tilt) {
        double sum = 0;
        for (float value : series.image(tilt).values()) {
            sum += value;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "63, 63, 63", "65, 65, 65", "20, 77, 33", "64, 130, 7", "9, 2, 40"})
    void back_is_the_adjoint_of_forward(int nz, int ny, int nx) {
        TiltGeometry geometry = TiltGeometry.of(
                new double[] {-90, 33, -70, 0, 12.5, 90, 180, -3}, new double[] {0, 0.3, -1.2, 0, 2, 0, 0, 0.01}, 0.7);
        Projector projector = Projector.of(geometry, nz, ny, nx, 3.5);
        Volume x = Volume.zeros(nz, ny, nx, 3.5);
        TiltSeries y = TiltSeries.zeros(geometry, ny, nx, 3.5);
        fill(x.blocks(), 1);
        fill(y.blocks(), 2);
        double left = dot(projector.forward(x).blocks(), y.blocks());
        double right = dot(x.blocks(), projector.back(y).blocks());
        assertThat(left).isCloseTo(right, within(1e-6 * Math.abs(right)));
    }

    /** A volume wider than the images; random shapes, tilts and shifts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void back_is_the_adjoint_of_forward_beside_the_field_too(long seed) {
        Random random = new Random(seed);
        int nz = 1 + random.nextInt(40);
        int ny = 1 + random.nextInt(70);
        int columns = 1 + random.nextInt(50);
        int beside = random.nextInt(30);
        double[] tilts = random.doubles(6, -180, 180).toArray();
        TiltGeometry geometry = TiltGeometry.of(tilts, random.doubles(6, -3, 3).toArray(), random.nextGaussian());
        Projector projector = Projector.of(geometry, nz, ny, columns, beside, 2, Slabs.of(2));
        Volume x = Volume.zeros(nz, ny, columns + 2 * beside, 2);
        TiltSeries y = TiltSeries.zeros(geometry, ny, columns, 2);
        fill(x.blocks(), seed);
        fill(y.blocks(), -seed);
        double left = dot(projector.forward(x).blocks(), y.blocks());
        double right = dot(x.blocks(), projector.back(y).blocks());
        assertThat(left).isCloseTo(right, within(1e-6 * Math.abs(right)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_wider_volume_shows_what_a_narrow_one_shows_and_what_is_beside_it(long seed) {
        Random random = new Random(seed);
        int nz = 2 + random.nextInt(12);
        int columns = 6 + random.nextInt(20);
        int beside = 1 + random.nextInt(9);
        double[] tilts = {-60, -20, 0, 33, 70};
        TiltGeometry geometry = TiltGeometry.of(tilts, random.doubles(5, -2, 2).toArray(), random.nextGaussian());
        Volume wide = Volume.zeros(nz, 5, columns + 2 * beside, 3);
        fill(wide.blocks(), seed);
        // what stands beside the field is seen by a projector that calls all of it the field
        TiltSeries all = Projector.of(geometry, nz, 5, columns + 2 * beside, 3).forward(wide);
        TiltSeries seen =
                Projector.of(geometry, nz, 5, columns, beside, 3, Slabs.of(1)).forward(wide);
        for (int t = 0; t < tilts.length; t++) {
            for (int y = 0; y < 5; y++) {
                for (int x = 0; x < columns; x++) {
                    assertThat(seen.at(t, y, x)).isCloseTo(all.at(t, y, x + beside), within(1e-3f));
                }
            }
        }
    }

    /** No pixel looks past the volume: of a slab that is wide enough, every image has the slab's full thickness everywhere. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void beside_the_field_there_is_room_for_all_that_a_slab_shows(long seed) {
        Random random = new Random(seed);
        int nz = 2 + random.nextInt(10);
        int columns = 40 + random.nextInt(20);
        double[] tilts = random.doubles(5, -55, 55).toArray();
        TiltGeometry geometry = TiltGeometry.of(tilts, random.doubles(5, -2, 2).toArray(), random.nextGaussian());
        int beside = Projector.beside(geometry, nz, columns);
        assertThat(beside % 2).isZero();
        Volume slab = Volume.zeros(nz, 1, columns + 2 * beside, 2);
        for (float[] block : slab.blocks()) {
            Arrays.fill(block, 1f);
        }
        TiltSeries images =
                Projector.of(geometry, nz, 1, columns, beside, 2, Slabs.of(1)).forward(slab);
        for (int t = 0; t < tilts.length; t++) {
            double path = 2 * nz / Math.cos(Math.toRadians(tilts[t]));
            for (int x = 0; x < columns; x++) {
                assertThat(images.at(t, 0, x)).isCloseTo((float) path, within(1e-3f * (float) path));
            }
        }
    }

    @Test
    void a_large_odd_volume_and_many_tilts_work() {
        double[] tilts = new double[180];
        for (int i = 0; i < 180; i++) {
            tilts[i] = (i * 77) % 180 - 89.5;
        }
        TiltGeometry geometry = TiltGeometry.of(tilts);
        Projector projector = Projector.of(geometry, 40, 70, 50, 2);
        Volume x = Volume.zeros(40, 70, 50, 2);
        TiltSeries y = TiltSeries.zeros(geometry, 70, 50, 2);
        fill(x.blocks(), 3);
        fill(y.blocks(), 4);
        double left = dot(projector.forward(x).blocks(), y.blocks());
        assertThat(left).isCloseTo(dot(x.blocks(), projector.back(y).blocks()), within(1e-6 * left));
    }

    @Test
    void mass_is_conserved_at_every_tilt() {
        int n = 48;
        TiltGeometry geometry =
                TiltGeometry.of(new double[] {-90, -70, -45, -10, 0, 1e-7, 17, 45, 61.3, 90}, new double[10], 0.4);
        double pixelNm = 2.5;
        Volume x = Volume.zeros(n, 30, n, pixelNm);
        Random random = new Random(5);
        for (int z = 10; z < 38; z++) {
            for (int y = 0; y < 30; y++) {
                for (int c = 10; c < 38; c++) {
                    x.set(z, y, c, random.nextFloat());
                }
            }
        }
        TiltSeries images = Projector.of(geometry, n, 30, n, pixelNm).forward(x);
        double atoms = x.sum() * x.voxelNm3();
        for (int t = 0; t < geometry.count(); t++) {
            assertThat(total(images, t) * pixelNm * pixelNm).isCloseTo(atoms, within(1e-6 * atoms));
        }
    }

    @Test
    void a_box_casts_its_thickness() {
        int n = 40;
        double pixelNm = 5;
        Volume box = Volume.zeros(n, 8, n, pixelNm);
        for (int z = 12; z < 28; z++) {
            for (int y = 0; y < 8; y++) {
                for (int x = 10; x < 30; x++) {
                    box.set(z, y, x, 2);
                }
            }
        }
        TiltSeries images =
                Projector.of(TiltGeometry.of(0, 90, 45), n, 8, n, pixelNm).forward(box);
        // 16 planes of 5 nm at 2 per nm³
        assertThat(images.at(0, 3, 20)).isCloseTo(160f, within(1e-3f));
        assertThat(images.at(0, 3, 9)).isZero();
        // seen from the side: 20 columns
        assertThat(images.at(1, 3, 20)).isCloseTo(200f, within(1e-3f));
        // at 45° the middle ray crosses 16 planes along the diagonal
        assertThat((images.at(2, 3, 19) + images.at(2, 3, 20)) / 2).isCloseTo((float) (160 * Math.sqrt(2)), within(1f));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "45, 0, 0", "-45, 0, 0", "90, 0, 0", "30, 1.25, 0", "-60, -2, 1.5", "45, 0.5, -3"})
    void a_point_appears_where_the_contract_says(double tilt, double shift, double axisOffset) {
        int n = 41;
        int ix = 27;
        int iz = 13;
        TiltGeometry geometry = TiltGeometry.of(new double[] {tilt}, new double[] {shift}, axisOffset);
        Volume volume = Volume.zeros(n, 1, n, 1);
        volume.set(iz, 0, ix, 1);
        TiltSeries images = Projector.of(geometry, n, 1, n, 1).forward(volume);
        double axis = 20 + axisOffset;
        double radians = Math.toRadians(tilt);
        double expected = axis + (ix - axis) * Math.cos(radians) - (iz - 20) * Math.sin(radians) - shift;
        double mass = 0;
        double moment = 0;
        for (int u = 0; u < n; u++) {
            mass += images.at(0, 0, u);
            moment += u * images.at(0, 0, u);
        }
        assertThat(mass).isCloseTo(1, within(1e-6));
        // pixels that integrate over their width keep the centre of mass to a few hundredths
        assertThat(moment / mass).isCloseTo(expected, within(0.1));
    }

    @Test
    void neither_threads_nor_the_kind_of_kernels_change_a_bit() {
        TiltGeometry geometry = TiltGeometry.of(-60, -20, 5, 33, 70);
        Volume x = Volume.zeros(33, 77, 20, 2);
        fill(x.blocks(), 6);
        Projector one = Projector.of(geometry, 33, 77, 20, 2, Slabs.of(1), Kernels.scalar());
        TiltSeries images = one.forward(x);
        Volume back = one.back(images);
        for (int threads = 1; threads <= 3; threads++) {
            Projector other = Projector.of(geometry, 33, 77, 20, 2, Slabs.of(threads));
            assertThat(Arrays.deepEquals(other.forward(x).blocks(), images.blocks()))
                    .isTrue();
            assertThat(Arrays.deepEquals(other.back(images).blocks(), back.blocks()))
                    .isTrue();
        }
    }

    @Test
    void agrees_with_the_line_integrals_of_a_ball() {
        int n = 64;
        double pixelNm = 3;
        double radius = 20;
        Volume ball = Volume.zeros(n, n, n, pixelNm);
        int fine = 4;
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    int inside = 0;
                    for (int i = 0; i < fine * fine * fine; i++) {
                        double dx = x + (i % fine + 0.5) / fine - 0.5 - 31.5 - 4;
                        double dy = y + (i / fine % fine + 0.5) / fine - 0.5 - 31.5;
                        double dz = z + (i / fine / fine + 0.5) / fine - 0.5 - 31.5 + 3;
                        inside += dx * dx + dy * dy + dz * dz < radius * radius ? 1 : 0;
                    }
                    ball.set(z, y, x, 5f * inside / (fine * fine * fine));
                }
            }
        }
        TiltGeometry geometry = TiltGeometry.of(-63, 0, 38);
        TiltSeries images = Projector.of(geometry, n, n, n, pixelNm).forward(ball);
        double square = 0;
        double difference = 0;
        for (int t = 0; t < 3; t++) {
            double radians = Math.toRadians(geometry.tiltDeg(t));
            double centre = 31.5 + 4 * Math.cos(radians) + 3 * Math.sin(radians);
            for (int y = 0; y < n; y++) {
                for (int u = 0; u < n; u++) {
                    double expected = 0;
                    for (int i = 0; i < 16; i++) {
                        double du = u + (i % 4 + 0.5) / 4 - 0.5 - centre;
                        double dy = y + (i / 4 + 0.5) / 4 - 0.5 - 31.5;
                        expected += 5 * 2 * pixelNm * Math.sqrt(Math.max(0, radius * radius - du * du - dy * dy)) / 16;
                    }
                    square += expected * expected;
                    difference += Math.pow(images.at(t, y, u) - expected, 2);
                }
            }
        }
        assertThat(Math.sqrt(difference / square)).isLessThan(0.006);
    }

    @Test
    void refuses_what_does_not_fit() {
        Projector projector = Projector.of(TiltGeometry.of(0), 4, 5, 6, 1);
        assertThatThrownBy(() -> projector.forward(Volume.zeros(4, 5, 7, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 × 5 × 7");
        assertThatThrownBy(() -> Projector.of(TiltGeometry.of(0), 4, 5, 6, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
