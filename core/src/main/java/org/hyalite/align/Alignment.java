package org.hyalite.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/**
 * Where each image of a tilt series belongs: one shift per image, and one tilt axis for all.
 *
 * <p>The order of operations, which whoever simulates misalignment inverts: a recorded point {@code p = (y, x)}, in
 * pixels from the image's centre {@code ((ny − 1)/2, (nx − 1)/2)}, is first moved by {@code +shift} (both components),
 * then turned about the centre by the inverse of the axis rotation, so that the axis comes to lie parallel to y:
 * {@code p′ = R⁻¹ (p + s)}. The recorded image's tilt axis is the y axis turned by {@code +φ} from y towards x, y
 * pointing down: its direction is {@code (dy, dx) = (cos φ, sin φ)}, hence {@code R = [[cos φ, −sin φ], [sin φ, cos φ]]}
 * on {@code (y, x)}. In {@code p′} the axis stands at column {@code axisOffsetPx} from the centre, and a point (x, z)
 * from the axis at {@code x cos θ − z sin θ} from it.
 *
 * <p>The image nearest zero tilt is not shifted. No method can see a common shift along y, nor x-shifts
 * {@code a cos θ + b sin θ} (the specimen stands elsewhere); and adding {@code d} to the axis offset while adding
 * {@code d (1 − cos θ)} to the x-shifts is the same geometry again. {@link Aligner} says which of these it chooses.
 */
public final class Alignment {
    private static final double SAME_ANGLE_DEG = 0.5;

    private final double[] tiltsDeg;
    private final double[] shiftYPx;
    private final double[] shiftXPx;
    private final double axisOffsetPx;
    private final double axisRotationDeg;
    private final String method;
    private final double[] residualsPx;
    private final List<String> warnings;
    private final double[] gains;
    private final Optional<AlignmentQuality> quality;

    private Alignment(
            double[] tiltsDeg,
            double[] shiftYPx,
            double[] shiftXPx,
            double axisOffsetPx,
            double axisRotationDeg,
            String method,
            double[] residualsPx,
            List<String> warnings,
            double[] gains,
            Optional<AlignmentQuality> quality) {
        this.tiltsDeg = tiltsDeg;
        this.shiftYPx = shiftYPx;
        this.shiftXPx = shiftXPx;
        this.axisOffsetPx = axisOffsetPx;
        this.axisRotationDeg = axisRotationDeg;
        this.method = method;
        this.residualsPx = residualsPx;
        this.warnings = List.copyOf(warnings);
        this.gains = gains;
        this.quality = quality;
    }

    /** Every image is where it belongs, and the axis in the middle. */
    public static Alignment none(double... tiltsDeg) {
        int n = tiltsDeg.length;
        return of(tiltsDeg, new double[n], new double[n], 0, 0, "none", new double[0], List.of());
    }

    /**
     * An alignment; the arrays are copied.
     *
     * @param residualsPx what the method could not explain, per image, pixels; empty if it has no such number
     */
    public static Alignment of(
            double[] tiltsDeg,
            double[] shiftYPx,
            double[] shiftXPx,
            double axisOffsetPx,
            double axisRotationDeg,
            String method,
            double[] residualsPx,
            List<String> warnings) {
        int n = tiltsDeg.length;
        if (n == 0) {
            throw new IllegalArgumentException("an alignment without tilts");
        }
        if (shiftYPx.length != n || shiftXPx.length != n || residualsPx.length != n && residualsPx.length != 0) {
            throw new IllegalArgumentException(shiftYPx.length + " y-shifts, " + shiftXPx.length + " x-shifts and "
                    + residualsPx.length + " residuals for " + n + " tilts");
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(tiltsDeg[i]) || !Double.isFinite(shiftYPx[i]) || !Double.isFinite(shiftXPx[i])) {
                throw new IllegalArgumentException("image " + i + " has tilt " + tiltsDeg[i] + "°, shifts "
                        + shiftYPx[i] + " and " + shiftXPx[i] + " px");
            }
        }
        if (!Double.isFinite(axisOffsetPx) || !(Math.abs(axisRotationDeg) <= 45)) {
            throw new IllegalArgumentException(
                    "axis offset " + axisOffsetPx + " px, rotation " + axisRotationDeg + "° (within ±45°)");
        }
        return new Alignment(
                tiltsDeg.clone(),
                shiftYPx.clone(),
                shiftXPx.clone(),
                axisOffsetPx,
                axisRotationDeg,
                method,
                residualsPx.clone(),
                warnings,
                new double[0],
                Optional.empty());
    }

    /** This alignment with another axis. */
    public Alignment withAxis(double offsetPx, double rotationDeg) {
        return of(tiltsDeg, shiftYPx, shiftXPx, offsetPx, rotationDeg, method, residualsPx, warnings)
                .withGains(gains)
                .with(quality);
    }

    /** This alignment with other shifts. */
    Alignment withShifts(double[] otherYPx, double[] otherXPx) {
        return of(tiltsDeg, otherYPx, otherXPx, axisOffsetPx, axisRotationDeg, method, residualsPx, warnings)
                .withGains(gains)
                .with(quality);
    }

    /** This alignment, said to be found otherwise. */
    Alignment withMethod(String other, double[] otherResidualsPx, List<String> otherWarnings) {
        return of(tiltsDeg, shiftYPx, shiftXPx, axisOffsetPx, axisRotationDeg, other, otherResidualsPx, otherWarnings)
                .withGains(gains)
                .with(quality);
    }

    /** This alignment with what is known of its errors. */
    Alignment withQuality(AlignmentQuality known) {
        return with(Optional.of(known));
    }

    private Alignment with(Optional<AlignmentQuality> known) {
        return new Alignment(
                tiltsDeg,
                shiftYPx,
                shiftXPx,
                axisOffsetPx,
                axisRotationDeg,
                method,
                residualsPx,
                warnings,
                gains,
                known);
    }

    /** This alignment with one detector gain per image beside it, NaN where none is known, or none (an empty array). */
    public Alignment withGains(double... perImage) {
        if (perImage.length != 0 && perImage.length != tiltsDeg.length) {
            throw new IllegalArgumentException(perImage.length + " gains for " + tiltsDeg.length + " tilts");
        }
        return new Alignment(
                tiltsDeg,
                shiftYPx,
                shiftXPx,
                axisOffsetPx,
                axisRotationDeg,
                method,
                residualsPx,
                warnings,
                perImage.clone(),
                quality);
    }

    public int count() {
        return tiltsDeg.length;
    }

    /** A copy of the tilts, degrees. */
    public double[] tiltsDeg() {
        return tiltsDeg.clone();
    }

    /** A copy of what each image's content is moved by along y, pixels. */
    public double[] shiftYPx() {
        return shiftYPx.clone();
    }

    /** A copy of what each image's content is moved by along x, pixels. */
    public double[] shiftXPx() {
        return shiftXPx.clone();
    }

    /** Column of the tilt axis from the image's centre, pixels. */
    public double axisOffsetPx() {
        return axisOffsetPx;
    }

    /** Angle of the tilt axis from y towards x, degrees. */
    public double axisRotationDeg() {
        return axisRotationDeg;
    }

    /** How it was found, for people. */
    public String method() {
        return method;
    }

    /** A copy of what the method could not explain, per image, pixels; empty if it has no such number. */
    public double[] residualsPx() {
        return residualsPx.clone();
    }

    /** What a user should know. */
    public List<String> warnings() {
        return warnings;
    }

    /** A copy of the detector gains that came with it, one per image; NaN where none is given. */
    public Optional<double[]> gains() {
        return gains.length == 0 ? Optional.empty() : Optional.of(gains.clone());
    }

    /** What is known of its errors; empty where nothing is. */
    public Optional<AlignmentQuality> quality() {
        return quality;
    }

    /**
     * The alignment of other images of the same tilts, in their order; each takes the entry of the nearest tilt.
     *
     * @throws IllegalArgumentException if a tilt has no entry within 0.5°, naming it
     */
    public Alignment forTilts(double... wantedDeg) {
        int[] chosen = new int[wantedDeg.length];
        for (int i = 0; i < wantedDeg.length; i++) {
            int best = 0;
            for (int j = 1; j < tiltsDeg.length; j++) {
                if (Math.abs(tiltsDeg[j] - wantedDeg[i]) < Math.abs(tiltsDeg[best] - wantedDeg[i])) {
                    best = j;
                }
            }
            if (!(Math.abs(tiltsDeg[best] - wantedDeg[i]) <= SAME_ANGLE_DEG)) {
                throw new IllegalArgumentException("tilt " + wantedDeg[i] + "° is not in the alignment; the nearest is "
                        + tiltsDeg[best] + "°, tilts " + Arrays.toString(tiltsDeg));
            }
            chosen[i] = best;
        }
        return new Alignment(
                wantedDeg.clone(),
                pick(shiftYPx, chosen),
                pick(shiftXPx, chosen),
                axisOffsetPx,
                axisRotationDeg,
                method,
                pick(residualsPx, chosen),
                warnings,
                pick(gains, chosen),
                quality.map(q -> q.select(chosen)));
    }

    private static double[] pick(double[] from, int[] chosen) {
        return from.length == 0
                ? from
                : Arrays.stream(chosen).mapToDouble(i -> from[i]).toArray();
    }

    /**
     * What of the alignment a projector takes: tilts, the x-shifts in the turned frame, the axis offset. What it does not
     * take, the rotation and the movement along y, {@link #applyTo} puts into the pixels.
     */
    public TiltGeometry geometry() {
        double[] x = new double[tiltsDeg.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = turned(i)[1];
        }
        return TiltGeometry.of(tiltsDeg, x, axisOffsetPx);
    }

    /** {@code R⁻¹ s} of image {@code i}: (y, x). */
    private double[] turned(int i) {
        if (axisRotationDeg == 0) {
            return new double[] {shiftYPx[i], shiftXPx[i]};
        }
        double cos = Math.cos(Math.toRadians(axisRotationDeg));
        double sin = Math.sin(Math.toRadians(axisRotationDeg));
        return new double[] {cos * shiftYPx[i] + sin * shiftXPx[i], cos * shiftXPx[i] - sin * shiftYPx[i]};
    }

    /** {@link #applyTo(TiltSeries, Resampling)} for a free particle. */
    public TiltSeries applyTo(TiltSeries recorded) {
        return applyTo(recorded, Resampling.FREE);
    }

    /**
     * A series as recorded, {@code [tilt, y, x]}, brought to the tilt axis; its images are matched by tilt angle. They are
     * interpolated at most once, for rotation and movement along y together; movements along x and the axis offset stay
     * numbers in the geometry of what is returned. Without rotation and with whole y-shifts no value changes.
     *
     * @throws IllegalArgumentException if a tilt has no entry, or if the series' geometry already holds shifts
     */
    public TiltSeries applyTo(TiltSeries recorded, Resampling how) {
        requireAsRecorded(recorded.geometry());
        Alignment matched = forTilts(recorded.geometry().tiltsDeg());
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < recorded.tilts(); i++) {
            images.add(Resampler.resample(recorded.image(i), axisRotationDeg, matched.turned(i)[0], how));
        }
        return TiltSeries.of(matched.geometry(), images);
    }

    /**
     * The variances of a recorded series, moved as {@link #applyTo} moves the values. They are interpolated linearly like a
     * density, so that the variance of a sum over a region stays right; a single pixel's is thereby stated too large, as
     * interpolation makes neighbours alike.
     */
    public TiltSeries applyToVariance(TiltSeries recorded) {
        return applyTo(recorded, Resampling.NON_NEGATIVE);
    }

    private static void requireAsRecorded(TiltGeometry geometry) {
        boolean shifted = geometry.axisOffsetPx() != 0;
        for (double shift : geometry.shiftsXPx()) {
            shifted |= shift != 0;
        }
        if (shifted) {
            throw new IllegalArgumentException("the series holds shifts already; an alignment is applied once");
        }
    }

    /**
     * The rows of {@code ny} that every image has recorded after the movement along y: first (included) and last (not
     * included); without regard to the corners that a rotation leaves empty. Both are equal if there are none.
     */
    public int[] commonRows(int ny) {
        int first = 0;
        int end = ny;
        for (int i = 0; i < tiltsDeg.length; i++) {
            double dy = turned(i)[0];
            first = Math.max(first, (int) Math.ceil(dy));
            end = Math.min(end, ny + (int) Math.floor(dy));
        }
        return new int[] {Math.min(first, ny), Math.max(Math.min(first, ny), end)};
    }

    /** The table {@code tilt_deg,shift_y_px,shift_x_px,gain}; the gain is blank where none is known. */
    public String toCsv() {
        StringBuilder text = new StringBuilder("tilt_deg,shift_y_px,shift_x_px,gain\n");
        for (int i = 0; i < tiltsDeg.length; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%.4f,%.4f,%s%n",
                    tiltsDeg[i],
                    shiftYPx[i],
                    shiftXPx[i],
                    gains.length == 0 || Double.isNaN(gains[i]) ? "" : String.format(Locale.ROOT, "%.6f", gains[i])));
        }
        return text.toString().replace("\r\n", "\n");
    }

    /**
     * The alignment of a table as {@link #toCsv} writes it; the column {@code gain} may be missing or blank. The axis is taken to
     * stand upright in the middle: see {@link #withAxis}.
     *
     * @param sourceName what the text is called in messages, for example the file
     * @throws IllegalArgumentException if a line is not such a row, naming source and line
     */
    public static Alignment fromCsv(String text, String sourceName) {
        return AlignmentTable.read(text, sourceName);
    }
}
