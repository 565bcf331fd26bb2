package org.hyalite.align;

import java.util.Arrays;

/**
 * How one image lies on its reprojection: {@code image(p) ≈ g · model(p − d) + c₀ + c₁ y + c₂ x} by Gauss–Newton over the
 * specimen and a margin. Gain and plane are free, so that neither drifts of the detector nor what is left of a film move
 * the image. Standard errors by leaving out patches in turn (jackknife), since misfits of neighbouring pixels are alike.
 */
final class ImageMatch {
    /** Pixels brighter than this share of the model's brightest belong to the specimen. */
    private static final double SPECIMEN = 0.02;

    private static final int MARGIN_PX = 4;
    private static final int ROUNDS = 4;
    private static final int COLUMNS = 6;

    /** Patches along each axis. */
    private static final int PATCHES = 5;

    /** The longest step of one round, pixels. */
    private static final double LONGEST = 3;

    private static final int FEWEST_PIXELS = 30;

    private final int ny;
    private final int nx;
    private final double[] image;
    private final double[] model;
    private final boolean[] used;

    private ImageMatch(double[] image, double[] model, boolean[] used, int ny, int nx) {
        this.image = image;
        this.model = model;
        this.used = used;
        this.ny = ny;
        this.nx = nx;
    }

    /**
     * What was found.
     *
     * @param dy by how much the image's content lies further along y than the model's, pixels
     * @param dx likewise along x
     * @param errorY standard error of dy
     * @param errorX standard error of dx
     * @param squares sum of the squared misfits over the pixels used, in units of the model's brightest pixel
     * @param unexplained share of the image's variance about a plane that is left
     */
    record Found(double dy, double dx, double errorY, double errorX, double squares, double unexplained) {
        /** The images have nothing to do with each other. */
        static final Found NOTHING = new Found(0, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1);
    }

    /**
     * Lays an image on its model.
     *
     * @param seen pixels that the images really show
     * @param sigma of the Gaussian that both are smoothed with, pixels
     */
    static Found of(double[] image, double[] model, boolean[] seen, int ny, int nx, double sigma) {
        double[] smooth = Smoothing.gaussian(model, ny, nx, sigma);
        double brightest = Arrays.stream(smooth).max().orElse(0);
        if (!(brightest > 0)) {
            return Found.NOTHING;
        }
        boolean[] specimen = new boolean[smooth.length];
        for (int i = 0; i < specimen.length; i++) {
            specimen[i] = smooth[i] > SPECIMEN * brightest;
        }
        boolean[] used = Smoothing.grown(specimen, ny, nx, MARGIN_PX);
        int count = 0;
        for (int i = 0; i < used.length; i++) {
            used[i] &= seen[i];
            count += used[i] ? 1 : 0;
        }
        return count < FEWEST_PIXELS
                ? Found.NOTHING
                : new ImageMatch(
                                scaled(Smoothing.gaussian(image, ny, nx, sigma), brightest),
                                scaled(smooth, brightest),
                                used,
                                ny,
                                nx)
                        .fit();
    }

    private static double[] scaled(double[] values, double unit) {
        return Arrays.stream(values).map(v -> v / unit).toArray();
    }

    private Found fit() {
        double dy = 0;
        double dx = 0;
        double[][][] patches = normal(dy, dx);
        for (int round = 0; round < ROUNDS; round++) {
            double[] step = step(solved(patches, -1));
            double length = Math.hypot(step[0], step[1]);
            double part = length > LONGEST ? LONGEST / length : 1;
            dy += part * step[0];
            dx += part * step[1];
            patches = normal(dy, dx);
            if (length < 1e-3) {
                break;
            }
        }
        double[] whole = solved(patches, -1);
        double[] last = step(whole);
        double varianceY = 0;
        double varianceX = 0;
        int blocks = 0;
        for (int b = 0; b < patches.length; b++) {
            if (patches[b][2][2] > 0) {
                double[] without = step(solved(patches, b));
                varianceY += (without[0] - last[0]) * (without[0] - last[0]);
                varianceX += (without[1] - last[1]) * (without[1] - last[1]);
                blocks++;
            }
        }
        double share = blocks < 2 ? Double.POSITIVE_INFINITY : (blocks - 1.0) / blocks;
        double[] left = left(patches, whole);
        boolean upright = whole[2] > 0;
        return upright && Double.isFinite(dy + dx)
                ? new Found(dy, dx, Math.sqrt(share * varianceY), Math.sqrt(share * varianceX), left[0], left[1])
                : Found.NOTHING;
    }

    /** Displacement of a solution, whose first two unknowns are gain times displacement. */
    private static double[] step(double... solution) {
        double gain = solution[2];
        return gain > 0 ? new double[] {solution[0] / gain, solution[1] / gain} : new double[2];
    }

    /** Normal equations of every patch, the model moved by (dy, dx): rows of coefficients, right side; last row Σ image². */
    private double[][][] normal(double dy, double dx) {
        double[][][] patches = new double[PATCHES * PATCHES][COLUMNS + 1][COLUMNS + 1];
        int[] box = box();
        double[] row = new double[COLUMNS + 1];
        for (int y = Math.max(1, box[0]); y < Math.min(ny - 1, box[1]); y++) {
            int py = (y - box[0]) * PATCHES / (box[1] - box[0]);
            for (int x = Math.max(1, box[2]); x < Math.min(nx - 1, box[3]); x++) {
                int i = y * nx + x;
                if (!used[i]) {
                    continue;
                }
                row[0] = -(moved(y + 1 - dy, x - dx) - moved(y - 1 - dy, x - dx)) / 2;
                row[1] = -(moved(y - dy, x + 1 - dx) - moved(y - dy, x - 1 - dx)) / 2;
                row[2] = moved(y - dy, x - dx);
                row[3] = 1;
                row[4] = (y - (ny - 1) / 2.0) / ny;
                row[5] = (x - (nx - 1) / 2.0) / nx;
                row[COLUMNS] = image[i];
                double[][] patch = patches[py * PATCHES + (x - box[2]) * PATCHES / (box[3] - box[2])];
                for (int a = 0; a <= COLUMNS; a++) {
                    for (int b = a; b <= COLUMNS; b++) {
                        patch[a][b] += row[a] * row[b];
                    }
                }
            }
        }
        return patches;
    }

    private int[] box() {
        int[] box = {ny, 0, nx, 0};
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                box[0] = Math.min(box[0], i / nx);
                box[1] = Math.max(box[1], i / nx + 1);
                box[2] = Math.min(box[2], i % nx);
                box[3] = Math.max(box[3], i % nx + 1);
            }
        }
        return box;
    }

    private double moved(double y, double x) {
        double inY = Math.min(ny - 1.0, Math.max(0, y));
        double inX = Math.min(nx - 1.0, Math.max(0, x));
        int row = Math.min(ny - 2, (int) inY);
        int column = Math.min(nx - 2, (int) inX);
        double ty = inY - row;
        double tx = inX - column;
        int i = row * nx + column;
        return (1 - ty) * ((1 - tx) * model[i] + tx * model[i + 1])
                + ty * ((1 - tx) * model[i + nx] + tx * model[i + nx + 1]);
    }

    /** The sum of all patches but one (−1: of all), both halves. */
    private static double[][] sum(double[][][] patches, int without) {
        double[][] sum = new double[COLUMNS + 1][COLUMNS + 1];
        for (int p = 0; p < patches.length; p++) {
            for (int a = 0; p != without && a <= COLUMNS; a++) {
                for (int b = a; b <= COLUMNS; b++) {
                    sum[a][b] += patches[p][a][b];
                }
            }
        }
        for (int a = 0; a <= COLUMNS; a++) {
            for (int b = 0; b < a; b++) {
                sum[a][b] = sum[b][a];
            }
        }
        return sum;
    }

    private static double[] solved(double[][][] patches, int without) {
        return Linear.solve(Arrays.copyOf(sum(patches, without), COLUMNS));
    }

    /** Squares left, and their share of those about a plane. */
    private static double[] left(double[][][] patches, double... solution) {
        double[][] sum = sum(patches, -1);
        double left = sum[COLUMNS][COLUMNS];
        for (int a = 0; a < COLUMNS; a++) {
            left -= solution[a] * sum[a][COLUMNS];
        }
        double[][] plane = new double[3][4];
        for (int a = 0; a < 3; a++) {
            System.arraycopy(sum[3 + a], 3, plane[a], 0, 4);
        }
        double[] flat = Linear.solve(plane);
        double about = sum[COLUMNS][COLUMNS];
        for (int a = 0; a < 3; a++) {
            about -= flat[a] * sum[3 + a][COLUMNS];
        }
        return new double[] {Math.max(0, left), about > 0 ? Math.min(1, Math.max(0, left / about)) : 1};
    }
}
