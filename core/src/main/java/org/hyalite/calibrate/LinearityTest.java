package org.hyalite.calibrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.Uncertain;

/**
 * Whether counts rise with thickness in a straight line from zero: a fit with a free intercept, and one through the
 * origin with a quadratic term, both by instruments (the mean thickness of a pixel's eight neighbours).
 *
 * @param interceptCounts intercept of the free fit, counts
 * @param freeSlopeBarn its slope
 * @param curvaturePerNm {@code c} of {@code k σ t (1 + c t)}
 */
record LinearityTest(Uncertain interceptCounts, double freeSlopeBarn, Uncertain curvaturePerNm) {
    private static final int FEWEST_PIXELS = 12;

    /** Edge of a patch of pixels whose residuals may go together. */
    private static final int PATCH = 8;

    /**
     * Two moment conditions in two unknowns, {@code Σ z x' p = Σ z i}. The variance of the solution is the larger of
     * that of independent pixels with their expected variances and that of the residuals summed over patches: a shift
     * or a wrong facet moves neighbouring pixels together.
     */
    private static final class Moments {
        private final double[][] m = new double[2][2];
        private final double[] q = new double[2];
        private final double[][] s = new double[2][2];
        private final Map<Long, double[]> patches = new HashMap<>();

        /** Adds a pixel of a patch. */
        void add(long patch, double[] instrument, double[] regressor, double value, double variance) {
            double[] p = patches.computeIfAbsent(patch, key -> new double[6]);
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 2; c++) {
                    m[r][c] += instrument[r] * regressor[c];
                    s[r][c] += instrument[r] * instrument[c] * variance;
                    p[2 * r + c] += instrument[r] * regressor[c];
                }
                q[r] += instrument[r] * value;
                p[4 + r] += instrument[r] * value;
            }
        }

        /** The solution and the three entries of its covariance, or nothing if there is none. */
        double[] solve() {
            double d = m[0][0] * m[1][1] - m[0][1] * m[1][0];
            if (!(Math.abs(d) > 1e-12 * Math.abs(m[0][0] * m[1][1]))) {
                return new double[0];
            }
            double[][] inverse = {{m[1][1] / d, -m[0][1] / d}, {-m[1][0] / d, m[0][0] / d}};
            double first = inverse[0][0] * q[0] + inverse[0][1] * q[1];
            double second = inverse[1][0] * q[0] + inverse[1][1] * q[1];
            double[][] t = new double[2][2];
            for (double[] p : patches.values()) {
                double[] g = {p[4] - p[0] * first - p[1] * second, p[5] - p[2] * first - p[3] * second};
                for (int r = 0; r < 2; r++) {
                    for (int c = 0; c < 2; c++) {
                        t[r][c] += g[r] * g[c];
                    }
                }
            }
            double[][] alone = sandwich(inverse, s);
            double[][] together = sandwich(inverse, t);
            double[][] larger = together[1][1] > alone[1][1] ? together : alone;
            return new double[] {first, second, larger[0][0], larger[0][1], larger[1][1]};
        }

        private static double[][] sandwich(double[][] inverse, double[][] middle) {
            double[][] cov = new double[2][2];
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 2; c++) {
                    for (int i = 0; i < 2; i++) {
                        for (int j = 0; j < 2; j++) {
                            cov[r][c] += inverse[r][i] * middle[i][j] * inverse[c][j];
                        }
                    }
                }
            }
            return cov;
        }
    }

    /** Empty if too few pixels lie inside, or all have one thickness. */
    static Optional<LinearityTest> of(
            List<StandardMap> maps, List<StandardRegions> regions, double sigma, CountVariance variance) {
        Moments free = new Moments();
        Moments bent = new Moments();
        int n = 0;
        for (int p = 0; p < maps.size(); p++) {
            StandardMap map = maps.get(p);
            boolean[] interior = regions.get(p).interior();
            int nx = map.counts().nx();
            int ny = map.counts().ny();
            double k = map.countsPerBarnNm();
            double tau = sigma * k * map.thicknessNm().pixelNm() * Math.sqrt(2.0 / 12);
            for (int y = 1; y < ny - 1; y++) {
                for (int x = 1; x < nx - 1; x++) {
                    if (!interior[y * nx + x]) {
                        continue;
                    }
                    double t = map.thicknessNm().at(y, x);
                    double around = (neighbours(map, y, x) - t) / 8;
                    double v = variance.at(sigma * k * around) + tau * tau;
                    if (!(v > 0)) {
                        continue;
                    }
                    double z = k * around;
                    double i = map.counts().at(y, x);
                    long patch = ((long) p << 40) + ((long) (y / PATCH) << 20) + x / PATCH;
                    free.add(patch, new double[] {1 / v, z / v}, new double[] {1, k * t}, i, v);
                    bent.add(patch, new double[] {z / v, z * around / v}, new double[] {k * t, k * t * t}, i, v);
                    n++;
                }
            }
        }
        double[] line = n < FEWEST_PIXELS ? new double[0] : free.solve();
        double[] curve = n < FEWEST_PIXELS ? new double[0] : bent.solve();
        if (line.length == 0 || curve.length == 0) {
            return Optional.empty();
        }
        double c = curve[1] / curve[0];
        double varianceOfC = (curve[4] - 2 * c * curve[3] + c * c * curve[2]) / (curve[0] * curve[0]);
        return Optional.of(new LinearityTest(
                new Uncertain(line[0], Math.sqrt(Math.max(0, line[2]))),
                line[1],
                new Uncertain(c, Math.sqrt(Math.max(0, varianceOfC)))));
    }

    private static double neighbours(StandardMap map, int y, int x) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                sum += map.thicknessNm().at(y + dy, x + dx);
            }
        }
        return sum;
    }
}
