package org.hyalite.grid;

import java.util.Arrays;

/**
 * How the images of a tilt series see the volume. The tilt axis runs along y. At tilt θ a point (x, z) relative to the
 * axis appears at {@code x cos θ − z sin θ} from the axis; the axis stands {@code axisOffsetPx} beside the image's
 * centre {@code (nx − 1)/2}. {@code shiftXPx[i]} is what image i's content must be moved by to lie there: a point that
 * belongs at column u was recorded at column {@code u − shiftXPx[i]}.
 */
public final class TiltGeometry {
    private final double[] tiltsDeg;
    private final double[] shiftXPx;
    private final double axisOffsetPx;

    private TiltGeometry(double[] tiltsDeg, double[] shiftXPx, double axisOffsetPx) {
        this.tiltsDeg = tiltsDeg;
        this.shiftXPx = shiftXPx;
        this.axisOffsetPx = axisOffsetPx;
    }

    /** A geometry without misalignment. */
    public static TiltGeometry of(double... tiltsDeg) {
        return of(tiltsDeg, new double[tiltsDeg.length], 0);
    }

    /** A geometry; the arrays are copied. */
    public static TiltGeometry of(double[] tiltsDeg, double[] shiftXPx, double axisOffsetPx) {
        if (tiltsDeg.length == 0) {
            throw new IllegalArgumentException("a tilt series without tilts");
        }
        if (shiftXPx.length != tiltsDeg.length) {
            throw new IllegalArgumentException(shiftXPx.length + " shifts for " + tiltsDeg.length + " tilts");
        }
        for (double tilt : tiltsDeg) {
            if (!(Math.abs(tilt) <= 180)) {
                throw new IllegalArgumentException("tilt " + tilt + "° is not within ±180°");
            }
        }
        return new TiltGeometry(tiltsDeg.clone(), shiftXPx.clone(), axisOffsetPx);
    }

    public int count() {
        return tiltsDeg.length;
    }

    public double tiltDeg(int i) {
        return tiltsDeg[i];
    }

    /** A copy of the tilts, degrees. */
    public double[] tiltsDeg() {
        return tiltsDeg.clone();
    }

    public double shiftXPx(int i) {
        return shiftXPx[i];
    }

    /** A copy of the x shifts, pixels. */
    public double[] shiftsXPx() {
        return shiftXPx.clone();
    }

    public double axisOffsetPx() {
        return axisOffsetPx;
    }

    /** Index of the image nearest zero tilt. */
    public int nearestZero() {
        int best = 0;
        for (int i = 1; i < tiltsDeg.length; i++) {
            if (Math.abs(tiltsDeg[i]) < Math.abs(tiltsDeg[best])) {
                best = i;
            }
        }
        return best;
    }

    /** The geometry of some of the images, in the order given. */
    public TiltGeometry select(int... indices) {
        return of(
                Arrays.stream(indices).mapToDouble(i -> tiltsDeg[i]).toArray(),
                Arrays.stream(indices).mapToDouble(i -> shiftXPx[i]).toArray(),
                axisOffsetPx);
    }
}
