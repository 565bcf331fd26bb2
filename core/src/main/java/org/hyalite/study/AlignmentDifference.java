package org.hyalite.study;

import java.nio.file.Path;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealVector;
import org.hyalite.align.Alignment;
import tools.jackson.databind.JsonNode;

/**
 * How far a found alignment lies from the true one, in what can be seen: of the differences across the axis the part
 * {@code a cos θ + b sin θ} (the specimen stands elsewhere) is taken out, of those along it a common one.
 *
 * @param shiftYRmsPx root mean square of what is left along the axis, pixels
 * @param shiftXRmsPx likewise across the axis, the axis' own error taken out
 * @param axisPx axis' place, found less true, pixels: what is left of the differences across the axis that is the same at all tilts
 * @param rotationDeg its direction, found less true, degrees
 */
record AlignmentDifference(double shiftYRmsPx, double shiftXRmsPx, double axisPx, double rotationDeg) {
    private static final int UNKNOWNS = 3;

    /** Root mean square of both directions, pixels: of a component of a shift. */
    double shiftRmsPx() {
        return Math.sqrt((shiftYRmsPx * shiftYRmsPx + shiftXRmsPx * shiftXRmsPx) / 2);
    }

    /**
     * The difference of two alignments of the same tilts.
     *
     * @throws IllegalArgumentException if the tilts differ, or are too few to tell the axis from shifts
     */
    static AlignmentDifference of(Alignment found, Alignment truth) {
        double[] tilts = truth.tiltsDeg();
        int n = tilts.length;
        Alignment same = found.forTilts(tilts);
        if (n <= UNKNOWNS) {
            throw new IllegalArgumentException(n + " tilts are too few to tell an axis from shifts");
        }
        double turn = Math.toRadians(same.axisRotationDeg());
        double[] along = new double[n];
        double[][] columns = new double[n][];
        double[] across = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            // the point that truly comes to lie in the middle
            double y = same.shiftYPx()[i] - truth.shiftYPx()[i];
            double x = same.shiftXPx()[i] - truth.shiftXPx()[i];
            along[i] = Math.cos(turn) * y + Math.sin(turn) * x;
            across[i] = -Math.sin(turn) * y + Math.cos(turn) * x - same.axisOffsetPx() + truth.axisOffsetPx();
            double theta = Math.toRadians(tilts[i]);
            columns[i] = new double[] {1, Math.cos(theta), Math.sin(theta)};
            mean += along[i] / n;
        }
        Array2DRowRealMatrix design = new Array2DRowRealMatrix(columns);
        RealVector values = new ArrayRealVector(across);
        RealVector fitted = new QRDecomposition(design).getSolver().solve(values);
        RealVector left = values.subtract(design.operate(fitted));
        double alongSquares = 0;
        for (double a : along) {
            alongSquares += (a - mean) * (a - mean);
        }
        return new AlignmentDifference(
                Math.sqrt(alongSquares / n),
                left.getNorm() / Math.sqrt(n),
                -fitted.getEntry(0),
                same.axisRotationDeg() - truth.axisRotationDeg());
    }

    /** The alignment of a results folder against a twin's truth. */
    static AlignmentDifference of(ResultFiles files, Path truth) {
        JsonNode sample = Json.read(truth.resolve(TwinTruth.FILE)).path("sample");
        Alignment should = AlignmentFiles.read(new StudyRecord(), truth.resolve("alignment.csv"), StackFrame.AS_STORED)
                .withAxis(
                        sample.path("axis_offset_px").asDouble(),
                        sample.path("axis_rotation_deg").asDouble());
        return of(AlignmentFiles.read(new StudyRecord(), files.sample("alignment.csv"), StackFrame.AS_STORED), should);
    }
}
