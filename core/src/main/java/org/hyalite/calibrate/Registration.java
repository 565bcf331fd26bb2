package org.hyalite.calibrate;

import java.util.Optional;
import org.hyalite.grid.Image;

/**
 * How far the counts of a standard lie beside its thickness map; moving the thickness map's content by this lays it
 * onto the counts.
 *
 * @param shiftYPx pixels along y
 * @param shiftXPx pixels along x
 * @param standardErrorPx the larger of their standard errors, pixels
 */
public record Registration(double shiftYPx, double shiftXPx, double standardErrorPx) {
    private static final int SMOOTHINGS = 2;

    /**
     * Least squares for a small shift d in {@code I − s·t ≈ −s·∇t · d}, both maps smoothed alike, with the gradient of
     * their mean; good to a few hundredths of a pixel for shifts below one pixel.
     *
     * @param countsPerNm {@code s}, counts per nm of thickness
     */
    static Optional<Registration> of(StandardMap map, double countsPerNm) {
        int ny = map.counts().ny();
        int nx = map.counts().nx();
        double[] counts = smoothed(map.counts());
        double[] model = smoothed(map.thicknessNm());
        double yy = 0;
        double xy = 0;
        double xx = 0;
        double ry = 0;
        double rx = 0;
        double rr = 0;
        for (int y = 1; y < ny - 1; y++) {
            for (int x = 1; x < nx - 1; x++) {
                int i = y * nx + x;
                double gy = -gradient(counts, model, countsPerNm, i, nx);
                double gx = -gradient(counts, model, countsPerNm, i, 1);
                double r = counts[i] - countsPerNm * model[i];
                yy += gy * gy;
                xy += gy * gx;
                xx += gx * gx;
                ry += gy * r;
                rx += gx * r;
                rr += r * r;
            }
        }
        double determinant = yy * xx - xy * xy;
        if (!(determinant > 0)) {
            return Optional.empty();
        }
        double dy = (ry * xx - rx * xy) / determinant;
        double dx = (rx * yy - ry * xy) / determinant;
        double left = Math.max(0, rr - dy * ry - dx * rx) / Math.max(1, (ny - 2) * (nx - 2) - 2);
        // smoothing correlates neighbours: an area of about 4π·variance pixels holds one independent value
        double correlated = 4 * Math.PI * SMOOTHINGS * 0.5;
        return Optional.of(new Registration(dy, dx, Math.sqrt(left * correlated * Math.max(yy, xx) / determinant)));
    }

    private static double gradient(double[] counts, double[] model, double s, int i, int stride) {
        return (counts[i + stride] - counts[i - stride] + s * (model[i + stride] - model[i - stride])) / 4;
    }

    /** Binomial 1-2-1 along both axes, twice; the edge pixel is repeated. */
    private static double[] smoothed(Image image) {
        int ny = image.ny();
        int nx = image.nx();
        double[] v = new double[ny * nx];
        for (int i = 0; i < v.length; i++) {
            v[i] = image.values()[i];
        }
        double[] w = new double[v.length];
        for (int round = 0; round < SMOOTHINGS; round++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    w[y * nx + x] =
                            (v[y * nx + Math.max(0, x - 1)] + 2 * v[y * nx + x] + v[y * nx + Math.min(nx - 1, x + 1)])
                                    / 4;
                }
            }
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    v[y * nx + x] =
                            (w[Math.max(0, y - 1) * nx + x] + 2 * w[y * nx + x] + w[Math.min(ny - 1, y + 1) * nx + x])
                                    / 4;
                }
            }
        }
        return v;
    }
}
