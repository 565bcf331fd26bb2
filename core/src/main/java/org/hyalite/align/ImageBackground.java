package org.hyalite.align;

import java.util.Arrays;
import org.hyalite.grid.Image;

/**
 * The background of one ADF image: a plane through the pixels that are as dark as the image's border, and how far the
 * rest stands out from it.
 */
final class ImageBackground {
    private static final double SMOOTH_PX = 1;
    private static final int ROUNDS = 10;
    private static final double CLIP = 3;

    /** A Gaussian's shortest half is 1.349 standard deviations wide. */
    private static final double HALF_WIDTH = 1.349;

    /** Standard deviations per median absolute deviation of a Gaussian. */
    private static final double PER_MAD = 1.4826;

    /** A piece of foreground lighter than this share of the heaviest is no particle. */
    private static final double LIGHTEST_PIECE = 0.05;

    /** What stands out by less than this share of the particle's brightness belongs to the background. */
    private static final double FAINTEST = 0.03;

    private static final int MARGIN_PX = 3;

    /** The background's spread is taken to be at least this share of the image's range. */
    private static final double LEAST_SPREAD = 1e-4;

    /** The background beside the particle is averaged over about so many pixels. */
    private static final double OUTLINE_PX = 2;

    final int ny;
    final int nx;
    final double[] raw;

    /** Constant, slope per pixel along y and along x, from the centre. */
    private final double[] plane = new double[3];

    /** Spread of the smoothed background about the plane. */
    private double spread;

    /** Images without noise would have none. */
    private double least;

    /** Pixels of the particle with a margin. */
    boolean[] particle;

    double borderShare;
    double backgroundShare;
    double darkShare;

    /** Brightness of the particle above the plane. */
    double contrast;

    private ImageBackground(Image image) {
        this.ny = image.ny();
        this.nx = image.nx();
        this.raw = Smoothing.values(image);
        this.particle = new boolean[raw.length];
    }

    static ImageBackground of(Image image) {
        ImageBackground found = new ImageBackground(image);
        double[] smooth = Smoothing.gaussian(found.raw, found.ny, found.nx, SMOOTH_PX);
        found.start(smooth);
        found.refine(smooth);
        found.judge(smooth);
        return found;
    }

    private void start(double[] smooth) {
        double[] border = new double[smooth.length];
        int n = 0;
        for (int i = 0; i < smooth.length; i++) {
            if (onBorder(i)) {
                border[n++] = smooth[i];
            }
        }
        border = Arrays.copyOf(border, n);
        Arrays.sort(border);
        int half = n / 2;
        int best = 0;
        for (int i = 0; i + half < n; i++) {
            if (border[i + half] - border[i] < border[best + half] - border[best]) {
                best = i;
            }
        }
        plane[0] = (border[best] + border[best + half]) / 2;
        double[] all = smooth.clone();
        Arrays.sort(all);
        least = LEAST_SPREAD * (all[all.length - 1] - all[0]);
        spread = Math.max(least, (border[best + half] - border[best]) / HALF_WIDTH);
    }

    private boolean onBorder(int i) {
        int width = Math.max(2, Math.min(ny, nx) / 16);
        int y = i / nx;
        int x = i % nx;
        return y < width || x < width || y >= ny - width || x >= nx - width;
    }

    /** The plane at a pixel. */
    double at(int i) {
        return plane[0] + plane[1] * (i / nx - (ny - 1) / 2.0) + plane[2] * (i % nx - (nx - 1) / 2.0);
    }

    private void refine(double[] smooth) {
        for (int round = 0; round < ROUNDS; round++) {
            double[] distances = new double[smooth.length];
            double[][] normal = new double[3][4];
            int n = 0;
            for (int i = 0; i < smooth.length; i++) {
                if (Math.abs(smooth[i] - at(i)) <= CLIP * spread) {
                    double[] row = {1, i / nx - (ny - 1) / 2.0, i % nx - (nx - 1) / 2.0, smooth[i]};
                    for (int a = 0; a < 3; a++) {
                        for (int b = 0; b < 4; b++) {
                            normal[a][b] += row[a] * row[b];
                        }
                    }
                    distances[n++] = Math.abs(smooth[i] - at(i));
                }
            }
            if (n < 10) {
                return;
            }
            if (n >= smooth.length / 4) {
                System.arraycopy(Linear.solve(normal), 0, plane, 0, 3);
            } else {
                plane[0] += (normal[0][3] - plane[0] * normal[0][0] - plane[1] * normal[0][1] - plane[2] * normal[0][2])
                        / normal[0][0];
            }
            distances = Arrays.copyOf(distances, n);
            Arrays.sort(distances);
            spread = Math.max(least, PER_MAD * distances[n / 2]);
        }
    }

    private void judge(double[] smooth) {
        double[] above = new double[smooth.length];
        for (int i = 0; i < above.length; i++) {
            above[i] = smooth[i] - at(i);
        }
        double[] sorted = above.clone();
        Arrays.sort(sorted);
        contrast = sorted[(int) (0.98 * (sorted.length - 1))];
        double level = Math.max(CLIP * spread, FAINTEST * contrast);
        boolean[] bright = new boolean[above.length];
        int dark = 0;
        int border = 0;
        int borderBackground = 0;
        for (int i = 0; i < above.length; i++) {
            bright[i] = above[i] > level;
            dark += above[i] < -4 * spread ? 1 : 0;
            if (onBorder(i)) {
                border++;
                borderBackground += Math.abs(above[i]) <= level ? 1 : 0;
            }
        }
        particle = Smoothing.grown(Smoothing.heavyPieces(bright, above, ny, nx, LIGHTEST_PIECE), ny, nx, MARGIN_PX);
        int background = 0;
        for (boolean p : particle) {
            background += p ? 0 : 1;
        }
        darkShare = (double) dark / above.length;
        borderShare = (double) borderBackground / border;
        backgroundShare = (double) background / above.length;
    }

    /**
     * Whether there is a background from which a particle stands out: at least half of the border and a tenth of the image
     * lie on it, at most 2 % of the image below it, and the particle's brightness is at least five times its spread.
     */
    boolean exists() {
        return borderShare >= 0.5 && backgroundShare >= 0.1 && darkShare <= 0.02 && standsOut();
    }

    /** Whether a particle is brighter than what the background's unevenness could feign. */
    boolean standsOut() {
        return contrast >= 5 * spread && contrast > 0;
    }

    /** Mean of the pixels outside the particle, with its standard error from the spread over 8 × 8 patches. */
    double[] level() {
        double sum = 0;
        int n = 0;
        int patchesX = (nx + 7) / 8;
        double[] patch = new double[patchesX * ((ny + 7) / 8)];
        int[] members = new int[patch.length];
        for (int i = 0; i < raw.length; i++) {
            if (!particle[i]) {
                int p = i / nx / 8 * patchesX + i % nx / 8;
                patch[p] += raw[i];
                members[p]++;
                sum += raw[i];
                n++;
            }
        }
        double mean = n == 0 ? 0 : sum / n;
        double squares = 0;
        int used = 0;
        for (int p = 0; p < patch.length; p++) {
            if (members[p] >= 16) {
                double d = patch[p] / members[p] - mean;
                squares += d * d;
                used++;
            }
        }
        return new double[] {mean, used < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (used - 1.0) / used)};
    }

    /** Standard deviation of a pixel's noise, from differences of neighbours outside the particle. */
    double noise() {
        double[] differences = new double[raw.length];
        int n = 0;
        for (int i = 0; i < raw.length; i++) {
            if (i % nx != 0 && !particle[i] && !particle[i - 1]) {
                differences[n++] = Math.abs(raw[i] - raw[i - 1]);
            }
        }
        if (n < 10) {
            return 0;
        }
        differences = Arrays.copyOf(differences, n);
        Arrays.sort(differences);
        return PER_MAD * differences[n / 2] / Math.sqrt(2);
    }

    /**
     * The image above the background that its surroundings let expect, and zero outside the particle. The unevenness of
     * the film is carried on under the particle as a membrane spanned over its outline.
     */
    double[] particleOnly() {
        double[] uneven = new double[raw.length];
        for (int i = 0; i < uneven.length; i++) {
            uneven[i] = raw[i] - at(i);
        }
        double[] under = Smoothing.membrane(uneven, particle, ny, nx, OUTLINE_PX);
        double[] only = new double[raw.length];
        for (int i = 0; i < only.length; i++) {
            only[i] = particle[i] ? uneven[i] - under[i] : 0;
        }
        return only;
    }

    /** How much the background of rows and columns may be off, relative to other images: noise and unevenness. */
    double unevenness() {
        return spread;
    }

    /** Mean brightness along the first and last rows (0) or columns (1), as a share of the brightest row or column. */
    double touches(int axis) {
        double[] sums = new double[axis == 0 ? ny : nx];
        double[] only = particleOnly();
        for (int i = 0; i < only.length; i++) {
            sums[axis == 0 ? i / nx : i % nx] += only[i];
        }
        double max = Arrays.stream(sums).max().orElse(0);
        int last = sums.length - 1;
        double ends = Math.max(Math.max(sums[0], sums[1]), Math.max(sums[last], sums[last - 1]));
        return max > 0 ? ends / max : 1;
    }
}
