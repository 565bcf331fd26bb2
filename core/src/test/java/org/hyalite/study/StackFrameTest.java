package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hyalite.align.Alignment;
import org.hyalite.io.mrc.XfFile.Row;
import org.hyalite.io.tomviz.TomvizShifts.Offset;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;

/** Protects sign, order and centre of alignments that come from other programs and go to them. */
class StackFrameTest {
    private static final double[] TILTS = {-40, 0, 35};

    private static Alignment alignment(double[] y, double[] x, double offset, double rotation) {
        return Alignment.of(TILTS, y, x, offset, rotation, "test", new double[0], List.of());
    }

    /**
     * By hand: φ = 30°, shift (y, x) = (2, 4), axis at column 1. X' = cos 30° X − sin 30° Y + DX with
     * DX = 4 cos 30° − 2 sin 30° − 1 = 3.4641 − 1 − 1 = 1.4641 and DY = 4 sin 30° + 2 cos 30° = 2 + 1.7321 = 3.7321; the
     * image at zero tilt only brings the axis to the middle.
     */
    @Test
    void imodExampleByHand() {
        Alignment ours = alignment(new double[] {2, 0, 0}, new double[] {4, 0, 0}, 1, 30);
        List<Row> rows = StackFrame.AS_STORED.toXf(ours);
        Row row = rows.get(0);
        assertThat(row.a11()).isCloseTo(0.8660, within(5e-5));
        assertThat(row.a12()).isCloseTo(-0.5, within(5e-5));
        assertThat(row.a21()).isCloseTo(0.5, within(5e-5));
        assertThat(row.a22()).isCloseTo(0.8660, within(5e-5));
        assertThat(row.dx()).isCloseTo(1.4641, within(5e-5));
        assertThat(row.dy()).isCloseTo(3.7321, within(5e-5));
        assertThat(rows.get(1).dx()).isEqualTo(-1);
        assertThat(rows.get(1).dy()).isZero();
        Row along = new StackFrame(true, 1).toXf(ours).get(0);
        // the stored image lies on its side: turned by 60°, its x″ ours with the other sign
        assertThat(along.a11()).isCloseTo(0.5, within(5e-5));
        assertThat(along.a21()).isCloseTo(0.8660, within(5e-5));
        assertThat(along.dx()).isCloseTo(-1.4641, within(5e-5));
        assertThat(along.dy()).isCloseTo(3.7321, within(5e-5));
    }

    /** An image moved right by 3 and down by 1 pixel, the axis in the middle: tomviz' (x, y), our (y, x). */
    @Test
    void tomvizExampleByHand() {
        List<Offset> offsets = List.of(new Offset(3, -1), new Offset(0, 0), new Offset(-7, 2));
        Alignment upright = StackFrame.AS_STORED.ofTomviz(offsets, TILTS, "t.tvsm");
        assertThat(upright.shiftXPx()).containsExactly(3, 0, -7);
        assertThat(upright.shiftYPx()).containsExactly(-1, 0, 2);
        assertThat(upright.axisOffsetPx()).isZero();
        Alignment lying = new StackFrame(true, 1).ofTomviz(offsets, TILTS, "t.tvsm");
        assertThat(lying.shiftXPx()).containsExactly(-1, 0, 2);
        assertThat(lying.shiftYPx()).containsExactly(3, 0, -7);
        Alignment binned = new StackFrame(false, 2).ofTomviz(offsets, TILTS, "t.tvsm");
        assertThat(binned.shiftXPx()).containsExactly(1.5, 0, -3.5);
    }

    /** All images moved by (x 5, y 2): the axis stands 5 pixels left of the middle, and y cannot be seen. */
    @Test
    void commonMovementBecomesTheAxis() {
        Alignment read = StackFrame.AS_STORED.ofTomviz(
                List.of(new Offset(6, 2), new Offset(5, 2), new Offset(5, 3)), TILTS, "t.tvsm");
        assertThat(read.axisOffsetPx()).isEqualTo(-5);
        assertThat(read.shiftXPx()).containsExactly(1, 0, 0);
        assertThat(read.shiftYPx()).containsExactly(0, 0, 1);
        assertThat(read.method()).contains("2.0000 px along the axis");
    }

    /** Law: IMOD's transformation of a stored point is where our alignment puts it, the axis in the middle. */
    @Test
    void pointsGoWhereTheAlignmentPutsThem() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            Alignment a = random(random);
            boolean alongX = random.nextBoolean();
            int bin = 1 + random.nextInt(3);
            Row row = new StackFrame(alongX, bin).toXf(a).get(2);
            double u = 100 * random.nextGaussian();
            double v = 100 * random.nextGaussian();
            double gotX = (row.a11() * u + row.a12() * v + row.dx()) / bin;
            double gotY = (row.a21() * u + row.a22() * v + row.dy()) / bin;
            double px = (alongX ? v : u) / bin + a.shiftXPx()[2];
            double py = (alongX ? u : v) / bin + a.shiftYPx()[2];
            double c = Math.cos(Math.toRadians(a.axisRotationDeg()));
            double s = Math.sin(Math.toRadians(a.axisRotationDeg()));
            double wantedX = c * px - s * py - a.axisOffsetPx();
            assertThat(gotX).isCloseTo(alongX ? -wantedX : wantedX, within(1e-9));
            assertThat(gotY).isCloseTo(s * px + c * py, within(1e-9));
        }
    }

    @Test
    void imodKeepsEverything() {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            Alignment a = random(random);
            StackFrame frame = new StackFrame(random.nextBoolean(), 1 + random.nextInt(3));
            List<Row> rows = frame.toXf(a);
            if (random.nextBoolean()) { // another program may turn the image upside down
                rows = rows.stream()
                        .map(r -> new Row(-r.a11(), -r.a12(), -r.a21(), -r.a22(), -r.dx(), -r.dy()))
                        .toList();
            }
            same(frame.ofXf(rows, TILTS, "s.xf"), a, 1e-9);
        }
    }

    /** Whole pixels without rotation are what tomviz can say. */
    @Test
    void tomvizKeepsWholePixels() {
        Random random = new Random(6);
        for (int trial = 0; trial < 100; trial++) {
            double[] y = {random.nextInt(20) - 10, 0, random.nextInt(20) - 10};
            double[] x = {random.nextInt(20) - 10, 0, random.nextInt(20) - 10};
            Alignment a = alignment(y, x, random.nextInt(9) - 4, 0);
            StackFrame frame = new StackFrame(random.nextBoolean(), 1);
            assertThat(frame.lostInTomviz(a)).isZero();
            same(frame.ofTomviz(frame.toTomviz(a), TILTS, "t.tvsm"), a, 0);
        }
        Alignment half = alignment(new double[] {0.25, 0, 0}, new double[] {0, 0, 3.5}, 0, 0);
        assertThat(StackFrame.AS_STORED.lostInTomviz(half)).isEqualTo(0.5);
    }

    private static void same(Alignment got, Alignment wanted, double apart) {
        assertThat(got.axisRotationDeg()).isCloseTo(wanted.axisRotationDeg(), within(apart));
        assertThat(got.axisOffsetPx()).isCloseTo(wanted.axisOffsetPx(), within(apart));
        for (int i = 0; i < TILTS.length; i++) {
            assertThat(got.shiftYPx()[i]).isCloseTo(wanted.shiftYPx()[i], within(apart));
            assertThat(got.shiftXPx()[i]).isCloseTo(wanted.shiftXPx()[i], within(apart));
        }
    }

    private static Alignment random(Random random) {
        double[] y = {8 * random.nextGaussian(), 0, 8 * random.nextGaussian()};
        double[] x = {8 * random.nextGaussian(), 0, 8 * random.nextGaussian()};
        return alignment(y, x, 5 * random.nextGaussian(), 80 * (random.nextDouble() - 0.5));
    }

    @Test
    void whatIsNoRotationIsRefused() {
        refused(new Row(1.002, 0, 0, 1.002, 0, 0), "image 2", "magnification");
        refused(new Row(1.01, 0, 0, 0.99, 0, 0), "image 2", "stretch");
        refused(new Row(-1, 0, 0, 1, 0, 0), "image 2", "mirrors");
        refused(new Row(0, 0, 0, 0, 0, 0), "image 2", "scales");
        refused(new Row(0.9962, -0.0872, 0.0872, 0.9962, 0, 0), "image 1", "solve for one rotation");
    }

    private static void refused(Row second, String... told) {
        List<Row> rows = new ArrayList<>(Collections.nCopies(3, new Row(1, 0, 0, 1, 0, 0)));
        rows.set(1, second);
        var thrown = assertThatThrownBy(() -> StackFrame.AS_STORED.ofXf(rows, TILTS, "s.xf"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("s.xf");
        for (String word : told) {
            thrown.hasMessageContaining(word);
        }
    }

    /** An axis that lies along x in a stack that is said to stand upright, and the other way round. */
    @Test
    void wrongTiltAxisIsTold() {
        List<Row> quarter = Collections.nCopies(3, new Row(0, -1, 1, 0, 0, 0));
        assertThatThrownBy(() -> StackFrame.AS_STORED.ofXf(quarter, TILTS, "s.xf"))
                .hasMessageContaining("say tilt_axis: x");
        List<Row> none = Collections.nCopies(3, new Row(1, 0, 0, 1, 0, 0));
        assertThatThrownBy(() -> new StackFrame(true, 1).ofXf(none, TILTS, "s.xf"))
                .hasMessageContaining("say tilt_axis: y");
        assertThat(new StackFrame(true, 1).ofXf(quarter, TILTS, "s.xf").axisRotationDeg())
                .isCloseTo(0, within(1e-9));
    }
}
