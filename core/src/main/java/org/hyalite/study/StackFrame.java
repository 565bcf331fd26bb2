package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.io.mrc.XfFile.Row;
import org.hyalite.io.tomviz.TomvizShifts.Offset;
import org.hyalite.study.recipe.InputException;

/**
 * Between an {@link Alignment} and what other programs say of the same stack as it is stored, in the order of
 * {@code tiltsDeg}. The conventions of those files stand at their readers; here is the conversion.
 *
 * <p>An alignment takes a point p = (y, x) to {@code p′ = R⁻¹(p + s)}, the axis upright at column {@code o}. The other
 * programs have the axis in the middle: with φ the axis rotation, {@code p″ = p′ − (0, o)}, so
 *
 * <pre>{@code
 * x″ = cos φ · x − sin φ · y + (cos φ · s_x − sin φ · s_y − o)
 * y″ = sin φ · x + cos φ · y + (sin φ · s_x + cos φ · s_y)
 * }</pre>
 *
 * On the way back the image nearest zero tilt must not move, which decides o, and takes off what all images move along the
 * axis: neither can be seen in the images. Where the axis lies along x, images are transposed when they are read, which
 * is a mirror image; the other program turns them instead, so its x″ is ours with the other sign. Neither file says which
 * way tilts count: a volume made by another program may be the mirror image along z.
 *
 * @param axisAlongX whether the stored images are transposed when they are read
 * @param bin pixels of the stored stack in one of ours, along each edge; where it does not divide the image, centres differ
 *     by up to half of ours
 */
record StackFrame(boolean axisAlongX, int bin) {
    /** As stored: axis along y, no binning. */
    static final StackFrame AS_STORED = new StackFrame(false, 1);

    /** How far a matrix may be from a rotation: a quarter of a pixel at the edge of 1000. */
    private static final double NO_ROTATION = 5e-4;

    private static final double SAME_ROTATION_DEG = 0.05;
    private static final double LARGEST_ROTATION_DEG = 45;

    /** The transformations of an alignment, one for each of its tilts. */
    List<Row> toXf(Alignment alignment) {
        double cos = Math.cos(Math.toRadians(alignment.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(alignment.axisRotationDeg()));
        double[] sy = alignment.shiftYPx();
        double[] sx = alignment.shiftXPx();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sy.length; i++) {
            double dx = bin * (cos * sx[i] - sin * sy[i] - alignment.axisOffsetPx());
            double dy = bin * (sin * sx[i] + cos * sy[i]);
            rows.add(axisAlongX ? new Row(sin, -cos, cos, sin, -dx, dy) : new Row(cos, -sin, sin, cos, dx, dy));
        }
        return rows;
    }

    /** The alignment of transformations; {@code source} names the file in messages. */
    Alignment ofXf(List<Row> rows, double[] tiltsDeg, String source) {
        double[] rotations = new double[rows.size()];
        double[] dx = new double[rows.size()];
        double[] dy = new double[rows.size()];
        for (int i = 0; i < rotations.length; i++) {
            Row row = rows.get(i);
            double cos = (row.a11() + row.a22()) / 2;
            double sin = (row.a21() - row.a12()) / 2;
            double size = Math.hypot(cos, sin);
            double away = Math.max(Math.abs(row.a11() - row.a22()), Math.abs(row.a12() + row.a21())) / 2;
            if (!(Math.abs(size - 1) <= NO_ROTATION) || !(away <= NO_ROTATION)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s, image %d: the matrix %s %s %s %s scales, stretches or mirrors (by %.2g); shifts and one"
                                + " rotation are all an alignment holds here: solve without magnification and stretch",
                        source,
                        i + 1,
                        row.a11(),
                        row.a12(),
                        row.a21(),
                        row.a22(),
                        Math.max(Math.abs(size - 1), away)));
            }
            double turn = Math.toDegrees(Math.atan2(sin, cos));
            double rotation = around(axisAlongX ? 90 - turn : turn);
            boolean over = Math.abs(rotation) > 90;
            double sign = over ? -1 : 1;
            rotations[i] = over ? around(rotation + 180) : rotation;
            dx[i] = (axisAlongX ? -1 : 1) * sign * row.dx() / bin;
            dy[i] = sign * row.dy() / bin;
        }
        double rotation = oneRotation(rotations, source);
        return inGauge(tiltsDeg, dy, dx, rotation, source);
    }

    private double oneRotation(double[] rotations, String source) {
        double mean = Arrays.stream(rotations).average().orElse(0);
        for (int i = 0; i < rotations.length; i++) {
            if (Math.abs(rotations[i] - mean) > SAME_ROTATION_DEG) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s, image %d: turned by %.3f° where the mean of all is %.3f°; one tilt axis holds for all images"
                                + " here: solve for one rotation",
                        source,
                        i + 1,
                        rotations[i],
                        mean));
            }
        }
        if (Math.abs(mean) > LARGEST_ROTATION_DEG) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: the tilt axis stands %.1f° off %s; say tilt_axis: %s",
                    source,
                    Math.abs(mean),
                    axisAlongX ? "x" : "y",
                    axisAlongX ? "y" : "x"));
        }
        return mean;
    }

    private static double around(double degrees) {
        return degrees - 360 * Math.rint(degrees / 360);
    }

    /** What tomviz can hold of an alignment: whole pixels, no rotation. */
    List<Offset> toTomviz(Alignment alignment) {
        double[][] moves = unrotated(alignment);
        List<Offset> offsets = new ArrayList<>();
        for (int i = 0; i < alignment.count(); i++) {
            int y = (int) Math.rint(moves[0][i]);
            int x = (int) Math.rint(moves[1][i]);
            offsets.add(axisAlongX ? new Offset(y, x) : new Offset(x, y));
        }
        return offsets;
    }

    /** How far the furthest image is from where it belongs when it is moved by whole pixels, pixels of the stored stack. */
    double lostInTomviz(Alignment alignment) {
        double most = 0;
        double[][] moves = unrotated(alignment);
        for (int i = 0; i < alignment.count(); i++) {
            most = Math.max(
                    most, Math.hypot(moves[0][i] - Math.rint(moves[0][i]), moves[1][i] - Math.rint(moves[1][i])));
        }
        return most;
    }

    /** {@code s − R (0, o)}: (y, x) moves before the rotation that bring the axis to the centre. */
    private double[][] unrotated(Alignment alignment) {
        double cos = Math.cos(Math.toRadians(alignment.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(alignment.axisRotationDeg()));
        double[] y = alignment.shiftYPx();
        double[] x = alignment.shiftXPx();
        for (int i = 0; i < y.length; i++) {
            y[i] = bin * (y[i] + sin * alignment.axisOffsetPx());
            x[i] = bin * (x[i] - cos * alignment.axisOffsetPx());
        }
        return new double[][] {y, x};
    }

    /** The alignment of tomviz' offsets. */
    Alignment ofTomviz(List<Offset> offsets, double[] tiltsDeg, String source) {
        double[] y = new double[offsets.size()];
        double[] x = new double[offsets.size()];
        for (int i = 0; i < y.length; i++) {
            Offset o = offsets.get(i);
            y[i] = (double) (axisAlongX ? o.x() : o.y()) / bin;
            x[i] = (double) (axisAlongX ? o.y() : o.x()) / bin;
        }
        return inGauge(tiltsDeg, y, x, 0, source);
    }

    /** Moves after the rotation, the axis in the middle → shifts before it, the image nearest zero tilt not shifted. */
    private static Alignment inGauge(double[] tiltsDeg, double[] y, double[] x, double rotationDeg, String source) {
        int zero = TiltGeometry.of(tiltsDeg).nearestZero();
        double offset = -x[zero];
        double common = y[zero];
        double cos = Math.cos(Math.toRadians(rotationDeg));
        double sin = Math.sin(Math.toRadians(rotationDeg));
        double[] shiftY = new double[y.length];
        double[] shiftX = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double along = y[i] - common;
            double across = i == zero ? 0 : x[i] + offset;
            shiftY[i] = cos * along - sin * across;
            shiftX[i] = sin * along + cos * across;
        }
        String method = common == 0
                ? "file " + source
                : String.format(
                        Locale.ROOT, "file %s, %.4f px along the axis that all images share left out", source, common);
        return Alignment.of(tiltsDeg, shiftY, shiftX, offset, rotationDeg, method, new double[0], List.of());
    }
}
