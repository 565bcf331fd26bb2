package org.hyalite.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a user says of single images of a tilt series, in place of what is found: rows {@code tilt_deg, shift_y_px,
 * shift_x_px[, gain]}, a blank for what stays as found. Shifts are in pixels of the images that are aligned, in the sense
 * of {@link Alignment}.
 */
public final class ManualShifts {
    private static final double SAME_ANGLE_DEG = 0.5;

    private final String source;
    private final List<double[]> rows;

    private ManualShifts(String source, List<double[]> rows) {
        this.source = source;
        this.rows = rows;
    }

    /**
     * Reads the table's text.
     *
     * @param sourceName what the text is called in messages, for example the file
     * @throws IllegalArgumentException if a line is not such a row, naming source and line
     */
    public static ManualShifts read(String text, String sourceName) {
        return new ManualShifts(sourceName, AlignmentTable.rows(text, sourceName, AlignmentTable.Blanks.ANYWHERE));
    }

    /** One image's values; NaN for what stays as found. */
    public record Given(double tiltDeg, double shiftYPx, double shiftXPx, double gain) {}

    /** What is given, row by row. */
    public List<Given> given() {
        return rows.stream()
                .map(r -> new Given(r[0], r[1], r[2], r.length > 3 ? r[3] : Double.NaN))
                .toList();
    }

    /**
     * The alignment with these values in it; the others are as they were. Residual and errors of a moved image are NaN.
     *
     * @throws IllegalArgumentException if a tilt is none of the alignment's, or is named twice
     */
    public Alignment applyTo(Alignment found) {
        double[] tilts = found.tiltsDeg();
        double[] y = found.shiftYPx();
        double[] x = found.shiftXPx();
        double[] residuals = found.residualsPx();
        double[] gains = found.gains().orElseGet(() -> unknown(tilts.length));
        boolean[] taken = new boolean[tilts.length];
        boolean[] shifted = new boolean[tilts.length];
        List<String> moved = new ArrayList<>();
        for (Given row : given()) {
            int i = nearest(tilts, row.tiltDeg());
            if (taken[i]) {
                throw new IllegalArgumentException(
                        source + ": two rows for the image at tilt " + tilts[i] + "°; keep one");
            }
            taken[i] = true;
            if (!Double.isNaN(row.shiftYPx()) || !Double.isNaN(row.shiftXPx())) {
                y[i] = Double.isNaN(row.shiftYPx()) ? y[i] : row.shiftYPx();
                x[i] = Double.isNaN(row.shiftXPx()) ? x[i] : row.shiftXPx();
                shifted[i] = true;
                moved.add(String.format(Locale.ROOT, "%.1f°", tilts[i]));
                if (residuals.length > 0) {
                    residuals[i] = Double.NaN;
                }
            }
            gains[i] = Double.isNaN(row.gain()) ? gains[i] : row.gain();
        }
        String method = moved.isEmpty()
                ? found.method()
                : found.method() + "; shifts at " + String.join(", ", moved) + " from " + source;
        Alignment alignment = Alignment.of(
                tilts, y, x, found.axisOffsetPx(), found.axisRotationDeg(), method, residuals, found.warnings());
        boolean known = Arrays.stream(gains).anyMatch(g -> !Double.isNaN(g));
        Alignment gained = known ? alignment.withGains(gains) : alignment;
        return found.quality().map(q -> gained.withQuality(q.without(shifted))).orElse(gained);
    }

    private int nearest(double[] tilts, double wanted) {
        int best = 0;
        for (int i = 1; i < tilts.length; i++) {
            best = Math.abs(tilts[i] - wanted) < Math.abs(tilts[best] - wanted) ? i : best;
        }
        if (!(Math.abs(tilts[best] - wanted) <= SAME_ANGLE_DEG)) {
            throw new IllegalArgumentException(
                    source + ": no image was recorded at " + wanted + "°; the nearest is at " + tilts[best] + "°");
        }
        return best;
    }

    private static double[] unknown(int n) {
        double[] none = new double[n];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
