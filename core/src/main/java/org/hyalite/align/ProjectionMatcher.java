package org.hyalite.align;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Compares the images of a series with the reprojections of a volume made of the others: every third image is left out in
 * turn, so that none is compared with itself. Images are binned first.
 */
final class ProjectionMatcher {
    private static final int GROUPS = 3;

    /** Both sides are smoothed by so many binned pixels. */
    private static final double SMOOTH_PX = 1;

    /** A row of a resampled image counts where at least so much of it was recorded. */
    private static final double RECORDED = 0.999;

    private final TiltSeries images;
    private final Reprojector reprojector;
    private final Resampling how;
    private final Progress progress;
    private final int[] order;

    /** @param images as recorded, background off, the film too where it is known */
    ProjectionMatcher(TiltSeries images, Reprojector reprojector, Resampling how, Progress progress) {
        this.images = images;
        this.reprojector = reprojector;
        this.how = how;
        this.progress = progress;
        this.order = ProfileRegistration.byTilt(images.geometry().tiltsDeg());
    }

    int tilts() {
        return images.tilts();
    }

    /** The least power of two that makes both edges of an image no longer than {@code most}. */
    int bin(int most) {
        int bin = 1;
        while (Math.max(images.ny(), images.nx()) / bin > most) {
            bin *= 2;
        }
        return bin;
    }

    /** Every image against what the others foretell; distances in pixels as recorded, in the turned frame. */
    List<ImageMatch.Found> leftOut(Alignment alignment, int bin) {
        TiltSeries aligned = aligned(alignment, bin);
        ImageMatch.Found[] found = new ImageMatch.Found[images.tilts()];
        boolean[] rows = recordedRows(alignment, bin);
        int groups = Math.min(GROUPS, images.tilts());
        for (int g = 0; g < groups; g++) {
            List<Integer> kept = new ArrayList<>();
            List<Integer> out = new ArrayList<>();
            for (int k = 0; k < order.length; k++) {
                (k % groups == g ? out : kept).add(order[k]);
            }
            match(aligned, indices(kept), indices(out), rows, found);
        }
        return List.of(found).stream().map(f -> scaled(f, bin)).toList();
    }

    /** Every image against a volume that all of them made. */
    List<ImageMatch.Found> together(Alignment alignment, int bin) {
        TiltSeries aligned = aligned(alignment, bin);
        ImageMatch.Found[] found = new ImageMatch.Found[images.tilts()];
        match(aligned, order, order, recordedRows(alignment, bin), found);
        return List.of(found).stream().map(f -> scaled(f, bin)).toList();
    }

    private void match(TiltSeries aligned, int[] kept, int[] out, boolean[] rows, ImageMatch.Found[] found) {
        progress.check();
        TiltSeries shown =
                reprojector.images(aligned.select(kept), aligned.geometry().select(out), Progress.NONE);
        for (int k = 0; k < out.length; k++) {
            found[out[k]] = ImageMatch.of(
                    Smoothing.values(aligned.image(out[k])),
                    Smoothing.values(shown.image(k)),
                    rows,
                    aligned.ny(),
                    aligned.nx(),
                    SMOOTH_PX);
        }
    }

    private static ImageMatch.Found scaled(ImageMatch.Found f, int bin) {
        return new ImageMatch.Found(
                bin * f.dy(), bin * f.dx(), bin * f.errorY(), bin * f.errorX(), f.squares(), f.unexplained());
    }

    private static int[] indices(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private TiltSeries aligned(Alignment alignment, int bin) {
        return binned(alignment.applyTo(images, how), bin);
    }

    /** Pixels of the binned images whose rows every image has recorded, all of them but the corners. */
    private boolean[] recordedRows(Alignment alignment, int bin) {
        List<Image> full = new ArrayList<>();
        for (int t = 0; t < images.tilts(); t++) {
            Image one = Image.zeros(images.ny(), images.nx(), images.pixelNm());
            java.util.Arrays.fill(one.values(), 1f);
            full.add(one);
        }
        TiltSeries moved =
                binned(alignment.applyTo(TiltSeries.of(images.geometry(), full), Resampling.NON_NEGATIVE), bin);
        boolean[] seen = new boolean[moved.ny() * moved.nx()];
        for (int y = 0; y < moved.ny(); y++) {
            for (int x = 0; x < moved.nx(); x++) {
                boolean all = true;
                for (int t = 0; t < moved.tilts(); t++) {
                    all &= moved.at(t, y, x) >= RECORDED;
                }
                seen[y * moved.nx() + x] = all;
            }
        }
        return seen;
    }

    /** Means of bin × bin pixels; what is left over at the far edges is left away, and the axis offset follows. */
    private static TiltSeries binned(TiltSeries fine, int bin) {
        if (bin == 1) {
            return fine;
        }
        int ny = fine.ny() / bin;
        int nx = fine.nx() / bin;
        TiltGeometry geometry = fine.geometry();
        double[] shifts = geometry.shiftsXPx();
        for (int t = 0; t < shifts.length; t++) {
            shifts[t] /= bin;
        }
        double middle = (fine.nx() - nx * bin) / 2.0;
        TiltSeries coarse = TiltSeries.zeros(
                TiltGeometry.of(geometry.tiltsDeg(), shifts, (geometry.axisOffsetPx() + middle) / bin),
                ny,
                nx,
                fine.pixelNm() * bin);
        for (int t = 0; t < fine.tilts(); t++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    double sum = 0;
                    for (int k = 0; k < bin * bin; k++) {
                        sum += fine.at(t, y * bin + k / bin, x * bin + k % bin);
                    }
                    coarse.set(t, y, x, (float) (sum / (bin * bin)));
                }
            }
        }
        return coarse;
    }
}
