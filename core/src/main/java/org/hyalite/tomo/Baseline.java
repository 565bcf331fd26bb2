package org.hyalite.tomo;

import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;

/** Simple methods to compare with; their regulariser is that they are stopped early. */
public final class Baseline {
    private Baseline() {}

    /**
     * Simultaneous iterative reconstruction: {@code x ← max(0, x + C Aᵀ R (b − Ax))}, with C and R one over the sums of
     * A's columns and rows (Gregor and Benson 2008).
     *
     * @return a volume in the images' unit per nm
     */
    public static Volume sirt(Projector projector, TiltSeries data, int iterations, Progress progress) {
        Volume x = zeros(projector);
        Volume g = zeros(projector);
        TiltSeries s = data.copy();
        float[] rays = projector.matrix().raySum;
        float[] voxels = projector.matrix().voxelSum;
        for (int i = 0; i < iterations; i++) {
            progress.check();
            projector.forward(x, s);
            for (int b = 0; b < s.blocks().length; b++) {
                float[] values = s.blocks()[b];
                int width = values.length / rays.length;
                for (int k = 0; k < values.length; k++) {
                    float sum = rays[k / width];
                    values[k] = sum > 0 ? (data.blocks()[b][k] - values[k]) / sum : 0f;
                }
            }
            projector.back(s, g);
            for (int b = 0; b < x.blocks().length; b++) {
                float[] values = x.blocks()[b];
                int width = values.length / voxels.length;
                for (int k = 0; k < values.length; k++) {
                    float sum = voxels[k / width];
                    values[k] = sum > 0 ? Math.max(0f, values[k] + g.blocks()[b][k] / sum) : 0f;
                }
            }
            progress.report("SIRT", (i + 1.0) / iterations);
        }
        return x;
    }

    /**
     * Conjugate gradients on {@code ½ |Ax − b|²} (Hestenes and Stiefel 1952), without x ≥ 0.
     *
     * @return a volume in the images' unit per nm
     */
    public static Volume cgls(Projector projector, TiltSeries data, int iterations, Progress progress) {
        Volume x = zeros(projector);
        TiltSeries residual = data.copy();
        Volume gradient = projector.back(residual);
        Volume direction = gradient.copy();
        TiltSeries image = data.copy();
        double square = dot(gradient.blocks(), gradient.blocks());
        for (int i = 0; i < iterations && square > 0; i++) {
            progress.check();
            projector.forward(direction, image);
            double length = dot(image.blocks(), image.blocks());
            if (length == 0) {
                break;
            }
            double step = square / length;
            add(step, direction.blocks(), x.blocks());
            add(-step, image.blocks(), residual.blocks());
            projector.back(residual, gradient);
            double next = dot(gradient.blocks(), gradient.blocks());
            for (int b = 0; b < direction.blocks().length; b++) {
                float[] d = direction.blocks()[b];
                for (int k = 0; k < d.length; k++) {
                    d[k] = (float) (gradient.blocks()[b][k] + next / square * d[k]);
                }
            }
            square = next;
            progress.report("CGLS", (i + 1.0) / iterations);
        }
        return x;
    }

    private static Volume zeros(Projector projector) {
        return Volume.zeros(projector.nz(), projector.ny(), projector.nx(), projector.pixelNm());
    }

    private static double dot(float[][] a, float[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                sum += (double) a[i][k] * b[i][k];
            }
        }
        return sum;
    }

    private static void add(double factor, float[][] from, float[][] to) {
        for (int i = 0; i < to.length; i++) {
            for (int k = 0; k < to[i].length; k++) {
                to[i][k] += (float) (factor * from[i][k]);
            }
        }
    }
}
