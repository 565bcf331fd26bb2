package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/** Takes an estimator over all pixels of a map. */
final class PixelMaps {
    /** Rows of a map that one thread takes at a time, with an estimator of its own. */
    private static final int ROWS = 4;

    /** One of an estimator's values, for every pixel of a map. */
    record Estimate(Image value, Image standardError) {}

    private PixelMaps() {}

    /**
     * @param values how many the estimator gives
     * @param estimators makes one for each thread's piece
     */
    static List<Estimate> of(
            SpectrumImage map,
            FitRange range,
            int values,
            Supplier<PixelEstimator> estimators,
            int threads,
            Progress progress) {
        List<Estimate> images = new ArrayList<>();
        for (int k = 0; k < values; k++) {
            images.add(new Estimate(
                    Image.zeros(map.ny(), map.nx(), map.pixelNm()), Image.zeros(map.ny(), map.nx(), map.pixelNm())));
        }
        int pieces = (map.ny() + ROWS - 1) / ROWS;
        AtomicInteger done = new AtomicInteger();
        Slabs.of(threads).run(pieces, piece -> {
            progress.check();
            PixelEstimator estimator = estimators.get();
            PixelReader reader = new PixelReader(map, range);
            double[] net = new double[values];
            double[] se = new double[values];
            for (int y = piece * ROWS; y < Math.min(map.ny(), (piece + 1) * ROWS); y++) {
                for (int x = 0; x < map.nx(); x++) {
                    int events = reader.read(y, x);
                    estimator.estimate(reader.channel, reader.counts, events, net, se);
                    for (int k = 0; k < values; k++) {
                        images.get(k).value().set(y, x, (float) net[k]);
                        images.get(k).standardError().set(y, x, (float) se[k]);
                    }
                }
            }
            progress.report("net counts", (double) done.incrementAndGet() / pieces);
        });
        return images;
    }
}
