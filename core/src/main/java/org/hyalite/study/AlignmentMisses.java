package org.hyalite.study;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hyalite.align.Alignment;
import org.hyalite.align.AlignmentQuality;
import org.hyalite.phantom.TrueAlignment;
import tools.jackson.databind.node.ObjectNode;

/**
 * By how much an alignment misses the truth, without what no image shows: in the frame turned to the axis the columns of
 * the axis, {@code offset − shift}, less {@code a cos θ + b sin θ}; the shifts along the axis, less their mean.
 *
 * @param rmsX of the columns, pixels
 * @param rmsY of the shifts along the axis, pixels
 * @param axisPx the constant of the columns beside {@code a cos θ + b sin θ}, pixels
 * @param rotationDeg found less true
 * @param statedX root mean square of the stated errors, pixels; not a number where none are stated
 * @param statedY likewise
 * @param statedRotationDeg likewise
 */
record AlignmentMisses(
        double rmsX,
        double rmsY,
        double axisPx,
        double rotationDeg,
        double statedX,
        double statedY,
        double statedRotationDeg) {
    private static final int FEWEST = 4;

    static AlignmentMisses of(Alignment found, TrueAlignment truth) {
        return of(
                found,
                Alignment.of(
                        truth.tiltsDeg(),
                        truth.shiftYPx(),
                        truth.shiftXPx(),
                        truth.axisOffsetPx(),
                        truth.axisRotationDeg(),
                        "truth",
                        new double[0],
                        List.of()));
    }

    /** @throws IllegalArgumentException if the tilts are too few to tell the axis from shifts */
    static AlignmentMisses of(Alignment found, Alignment truth) {
        Alignment known = truth.forTilts(found.tiltsDeg());
        if (found.count() < FEWEST) {
            throw new IllegalArgumentException(found.count() + " tilts are too few to tell an axis from shifts");
        }
        int n = found.count();
        double[] x = new double[n];
        double[] y = new double[n];
        double[][] flat = new double[n][];
        double[][] wave = new double[n][];
        double[][] both = new double[n][];
        double[][] a = turned(found);
        double[][] b = turned(known);
        for (int i = 0; i < n; i++) {
            x[i] = a[1][i] - b[1][i];
            y[i] = a[0][i] - b[0][i];
            double theta = Math.toRadians(found.tiltsDeg()[i]);
            flat[i] = new double[] {1};
            wave[i] = new double[] {Math.cos(theta), Math.sin(theta)};
            both[i] = new double[] {1, Math.cos(theta), Math.sin(theta)};
        }
        AlignmentQuality quality = found.quality().orElse(null);
        return new AlignmentMisses(
                rmsWithout(wave, x),
                rmsWithout(flat, y),
                fit(both, x)[0],
                found.axisRotationDeg() - known.axisRotationDeg(),
                quality == null ? Double.NaN : rms(quality.errorXPx()),
                quality == null ? Double.NaN : rms(quality.errorYPx()),
                quality == null ? Double.NaN : quality.rotationErrorDeg());
    }

    /** Shifts along the axis and columns of the axis, in the frame turned to it. */
    private static double[][] turned(Alignment alignment) {
        double cos = Math.cos(Math.toRadians(alignment.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(alignment.axisRotationDeg()));
        double[][] places = new double[2][alignment.count()];
        double[] y = alignment.shiftYPx();
        double[] x = alignment.shiftXPx();
        for (int i = 0; i < y.length; i++) {
            places[0][i] = cos * y[i] + sin * x[i];
            places[1][i] = alignment.axisOffsetPx() - (cos * x[i] - sin * y[i]);
        }
        return places;
    }

    private static double rmsWithout(double[][] basis, double... values) {
        double[] part = fit(basis, values);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double left = values[i];
            for (int k = 0; k < part.length; k++) {
                left -= part[k] * basis[i][k];
            }
            sum += left * left / values.length;
        }
        return Math.sqrt(sum);
    }

    /** Least squares, by elimination; the columns are few and apart. */
    private static double[] fit(double[][] basis, double... values) {
        int m = basis[0].length;
        double[][] normal = new double[m][m + 1];
        for (int i = 0; i < values.length; i++) {
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    normal[a][b] += basis[i][a] * basis[i][b];
                }
                normal[a][m] += basis[i][a] * values[i];
            }
        }
        for (int c = 0; c < m; c++) {
            for (int r = 0; r < m; r++) {
                double factor = normal[r][c] / normal[c][c];
                for (int k = c; r != c && k <= m; k++) {
                    normal[r][k] -= factor * normal[c][k];
                }
            }
        }
        double[] solution = new double[m];
        for (int a = 0; a < m; a++) {
            solution[a] = normal[a][m] / normal[a][a];
        }
        return solution;
    }

    private static double rms(double... values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return values.length == 0 ? Double.NaN : Math.sqrt(sum / values.length);
    }

    double ratioX() {
        return rmsX / statedX;
    }

    double ratioY() {
        return rmsY / statedY;
    }

    double ratioRotation() {
        return rotationDeg / statedRotationDeg;
    }

    /** Root mean square of a ratio over several alignments. */
    static double ratio(List<AlignmentMisses> all, ToDoubleFunction<AlignmentMisses> of) {
        return rms(all.stream().mapToDouble(of).toArray());
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "shifts off by %.2f, %.2f px rms (y, x), axis by %+.2f px, its direction by %+.2f°",
                rmsY,
                rmsX,
                axisPx,
                rotationDeg);
    }

    /** Root mean square of a component of a shift, pixels. */
    double rms() {
        return Math.sqrt((rmsX * rmsX + rmsY * rmsY) / 2);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("shift_rms_px", rms());
        json.put("shift_x_rms_px", rmsX);
        json.put("shift_y_rms_px", rmsY);
        json.put("axis_px", axisPx);
        json.put("rotation_deg", rotationDeg);
        put(json, "stated_shift_x_px", statedX);
        put(json, "stated_shift_y_px", statedY);
        put(json, "stated_rotation_deg", statedRotationDeg);
        return json;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        }
    }
}
