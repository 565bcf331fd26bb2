package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final double[] NO_RESIDUALS = {};

    private static Alignment alignment(double tilt, double sy, double sx, double offset, double rotation) {
        return Alignment.of(
                new double[] {tilt},
                new double[] {sy},
                new double[] {sx},
                offset,
                rotation,
                "test",
                NO_RESIDUALS,
                List.of());
    }

    private static TiltSeries random(int ny, int nx, long seed) {
        Random random = new Random(seed);
        Image image = Image.zeros(ny, nx, 3);
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] = (float) random.nextDouble();
        }
        return TiltSeries.of(TiltGeometry.of(10), List.of(image));
    }

    /** A smooth spot at a place measured from the centre. */
    private static TiltSeries spot(int ny, int nx, double y, double x) {
        Image image = Image.zeros(ny, nx, 3);
        for (int r = 0; r < ny; r++) {
            for (int c = 0; c < nx; c++) {
                double dy = r - (ny - 1) / 2.0 - y;
                double dx = c - (nx - 1) / 2.0 - x;
                image.set(r, c, (float) Math.exp(-(dy * dy + dx * dx) / (2 * 2.5 * 2.5)));
            }
        }
        return TiltSeries.of(TiltGeometry.of(10), List.of(image));
    }

    /** Centre of mass from the centre, the geometry's x-shift included: (y, x). */
    private static double[] place(TiltSeries series) {
        Image image = series.image(0);
        double sum = 0;
        double y = 0;
        double x = 0;
        for (int r = 0; r < image.ny(); r++) {
            for (int c = 0; c < image.nx(); c++) {
                sum += image.at(r, c);
                y += image.at(r, c) * (r - (image.ny() - 1) / 2.0);
                x += image.at(r, c) * (c - (image.nx() - 1) / 2.0);
            }
        }
        return new double[] {y / sum, x / sum + series.geometry().shiftXPx(0)};
    }

    /** Protects the stated order of operations: a recorded point goes to R⁻¹(p + s). */
    @Test
    void recordedPointIsMovedThenTurnedBack() {
        Random random = new Random(1);
        for (int trial = 0; trial < 20; trial++) {
            double py = 16 * random.nextDouble() - 8;
            double px = 16 * random.nextDouble() - 8;
            double sy = 8 * random.nextDouble() - 4;
            double sx = 8 * random.nextDouble() - 4;
            double rotation = 20 * random.nextDouble() - 10;
            TiltSeries aligned = alignment(10, sy, sx, 1.5, rotation).applyTo(spot(64, 51, py, px));
            double phi = Math.toRadians(rotation);
            assertThat(place(aligned)[0])
                    .isCloseTo(Math.cos(phi) * (py + sy) + Math.sin(phi) * (px + sx), within(0.01));
            assertThat(place(aligned)[1])
                    .isCloseTo(Math.cos(phi) * (px + sx) - Math.sin(phi) * (py + sy), within(0.01));
            assertThat(aligned.geometry().axisOffsetPx()).isEqualTo(1.5);
        }
    }

    /** Protects raw values: nothing is interpolated that need not be. */
    @Test
    void wholeShiftsAlongTheAxisAndAnyShiftAcrossChangeNoValue() {
        TiltSeries recorded = random(70, 9, 2);
        TiltSeries aligned = alignment(10, 3, 1.37, -2, 0).applyTo(recorded);
        for (int y = 0; y < 70; y++) {
            for (int x = 0; x < 9; x++) {
                assertThat(aligned.at(0, y, x)).isEqualTo(y < 3 ? 0 : recorded.at(0, y - 3, x));
            }
        }
        assertThat(aligned.geometry().shiftXPx(0)).isEqualTo(1.37);
        TiltSeries same = alignment(10, 0, 5, 0, 0).applyTo(recorded);
        assertThat(same.image(0).values()).isEqualTo(recorded.image(0).values());
    }

    /** Protects absolute counts: resampling keeps what lies in the interior. */
    @Test
    void massInTheInteriorIsConserved() {
        for (double rotation : new double[] {0, 1.3, -7}) {
            TiltSeries recorded = spot(60, 60, 2.2, -3.7);
            double before = recorded.image(0).sum();
            double after = alignment(10, 2.41, -1.8, 0, rotation)
                    .applyTo(recorded)
                    .image(0)
                    .sum();
            assertThat(after).isCloseTo(before, within(1e-3 * before));
        }
    }

    /** Protects inverse pairs: away and back again leaves a smooth image as it was. */
    @Test
    void movingBackUndoesMoving() {
        TiltSeries recorded = spot(64, 64, -3, 5);
        backAgain(recorded, alignment(10, 2.3, 0, 0, 0), alignment(10, -2.3, 0, 0, 0));
        backAgain(recorded, alignment(10, 0, 0, 0, 4), alignment(10, 0, 0, 0, -4));
    }

    private static void backAgain(TiltSeries recorded, Alignment away, Alignment back) {
        TiltSeries returned = back.applyTo(away.applyTo(recorded));
        for (int y = 10; y < 54; y++) {
            for (int x = 10; x < 54; x++) {
                assertThat(returned.at(0, y, x)).isCloseTo(recorded.at(0, y, x), within(0.01f));
            }
        }
    }

    /** Protects error bars: the variance of a sum over a region is kept, and no variance is negative. */
    @Test
    void varianceOfARegionIsKept() {
        TiltSeries variance = spot(60, 60, 0, 0);
        TiltSeries moved = alignment(10, 0.5, 0.5, 0, 2).applyToVariance(variance);
        assertThat(moved.image(0).sum()).isCloseTo(variance.image(0).sum(), within(0.1));
        for (float v : moved.image(0).values()) {
            assertThat(v).isNotNegative();
        }
    }

    /** Protects against the classic mistake: shifts applied twice. */
    @Test
    void alignedSeriesIsNotAlignedAgain() {
        TiltSeries aligned = alignment(10, 1, 2, 0, 0).applyTo(random(8, 8, 3));
        assertThatThrownBy(() -> alignment(10, 1, 2, 0, 0).applyTo(aligned))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("once");
    }

    @Test
    void imagesAreMatchedByAngle() {
        Alignment all = Alignment.of(
                new double[] {-20, 0, 20},
                new double[] {1, 2, 3},
                new double[] {4, 5, 6},
                0.5,
                0,
                "test",
                NO_RESIDUALS,
                List.of());
        Alignment some = all.forTilts(20.2, -19.7);
        assertThat(some.shiftYPx()).containsExactly(3, 1);
        assertThat(some.shiftXPx()).containsExactly(6, 4);
        assertThat(some.tiltsDeg()).containsExactly(20.2, -19.7);
        assertThat(some.axisOffsetPx()).isEqualTo(0.5);
        assertThatThrownBy(() -> all.forTilts(0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tilt 10.0°");
    }

    @Test
    void commonRowsAreThoseThatEveryImageHas() {
        Alignment all = Alignment.of(
                new double[] {-20, 0, 20},
                new double[] {1.5, 0, -2.25},
                new double[3],
                0,
                0,
                "test",
                NO_RESIDUALS,
                List.of());
        assertThat(all.commonRows(64)).containsExactly(2, 61);
        assertThat(all.commonRows(2)).containsExactly(2, 2);
    }

    @Test
    void tableIsReadAsItIsWritten() {
        Alignment written = Alignment.of(
                        new double[] {-20, 0.5, 20},
                        new double[] {1.25, 0, -3},
                        new double[] {4, 0, -6.0625},
                        0,
                        0,
                        "test",
                        NO_RESIDUALS,
                        List.of())
                .withGains(0.9, 1, 0.95);
        assertThat(written.toCsv()).startsWith("tilt_deg,shift_y_px,shift_x_px,gain\n-20.0,1.2500,4.0000,0.900000\n");
        Alignment read = Alignment.fromCsv(written.toCsv(), "shifts.csv");
        assertThat(read.tiltsDeg()).containsExactly(-20, 0.5, 20);
        assertThat(read.shiftYPx()).containsExactly(1.25, 0, -3);
        assertThat(read.shiftXPx()).containsExactly(4, 0, -6.0625);
        assertThat(read.gains().orElseThrow()).containsExactly(0.9, 1, 0.95);
    }

    @Test
    void gainMayBeMissingFromATable() {
        Alignment read = Alignment.fromCsv("tilt_deg,shift_y_px,shift_x_px\r\n10,1,2\r\n", "shifts.csv");
        assertThat(read.gains()).isEmpty();
        assertThat(read.shiftXPx()).containsExactly(2);
    }

    @Test
    void badTablesAreRefusedWithTheirLine() {
        String head = "tilt_deg,shift_y_px,shift_x_px,gain\n";
        refused("", "no rows");
        refused("angle,y,x\n1,2,3\n", "line 1");
        refused(head + "1,2,3,1\n2,2,3\n", "line 3: 3 values, expected 4");
        refused(head + "1,2,x,1\n", "line 2: shift_x_px is 'x'");
        refused(head + "1,2,NaN,1\n", "line 2: shift_x_px is NaN");
        refused(head + "1,2,3,0\n", "line 2: gain is 0");
        refused(head + "1,2,3,1\n1,2,3,1\n", "tilt 1.0° stands twice");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> Alignment.fromCsv(text, "shifts.csv"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shifts.csv")
                .hasMessageContaining(why);
    }
}
