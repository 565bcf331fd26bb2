package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight;

/**
 * Each inner tilt of a series left out in turn, and its image predicted twice: by the volume of all the others, and by
 * interpolation between its two neighbours.
 *
 * <p>What a detector gives of one and the same specimen changes from tilt to tilt (shadowing, channelling). Interpolation
 * has the mean of the neighbours' gains without being told; the volume is given the same: the gain of every image that it
 * is made of is what makes the volume's own image fit it best, the volume is made again of the images over their gains,
 * and the gain of the one left out is interpolated between its neighbours'. Nothing of the left-out image is used.
 */
final class TiltPrediction {
    /** Fewer leave no two neighbours and a third image. */
    static final int FEWEST_TILTS = 4;
    /** How often gains are fitted. */
    private static final int ROUNDS = 2;

    /** A prediction is as good long before a volume is. */
    private static final double GAP = 5e-3;

    private static final int ITERATIONS = 500;
    /** Gains of images are known before their details are. */
    private static final int ROUGH_ITERATIONS = 100;

    private final TiltSeries images;
    private final ReconstructionSettings settings;

    private TiltPrediction(TiltSeries images, ReconstructionSettings settings) {
        this.images = images;
        this.settings =
                settings.withGap(Math.max(GAP, settings.relativeGap()), Math.min(ITERATIONS, settings.maxIterations()));
    }

    /**
     * One tilt left out.
     *
     * @param volume with gains
     * @param ungained the volume's prediction with all gains 1
     * @param plain interpolation, see {@link NeighbourInterpolation}
     * @param slab the same for a slab; where the specimen fills the field
     * @param gain that the volume's image was multiplied by
     * @param weight relative, found without the tilt
     */
    record Row(
            double tiltDeg,
            Likeness volume,
            Likeness ungained,
            Likeness plain,
            Optional<Likeness> slab,
            double gain,
            double weight) {
        /** Of the two interpolations the one with the smaller error. */
        Likeness interpolation() {
            return slab.filter(s -> s.error() < plain.error()).orElse(plain);
        }
    }

    /**
     * Predicts every inner tilt.
     *
     * @param images aligned, tilts ascending
     */
    static List<Row> of(TiltSeries images, ReconstructionSettings settings, Progress progress) {
        if (images.tilts() < FEWEST_TILTS) {
            throw new IllegalArgumentException(images.tilts() + " tilts; at least " + FEWEST_TILTS
                    + " are needed to leave one out between two others");
        }
        TiltPrediction prediction = new TiltPrediction(images, settings);
        List<Row> rows = new ArrayList<>();
        for (int t = 1; t < images.tilts() - 1; t++) {
            progress.report("leaving out " + images.geometry().tiltDeg(t) + "°", (t - 1.0) / (images.tilts() - 2));
            rows.add(prediction.row(t, progress));
        }
        return rows;
    }

    private Row row(int out, Progress progress) {
        int[] kept = IntStream.range(0, images.tilts()).filter(t -> t != out).toArray();
        TiltSeries seen = images.select(kept);
        double[] gains = new double[kept.length];
        Arrays.fill(gains, 1);
        ReconstructionSettings own = settings;
        Image ungained = Image.zeros(1, 1, images.pixelNm());
        Image shown = ungained;
        double weight = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            TiltSeries data = over(seen, gains);
            Reconstruction made = Reconstructor.reconstruct(data, own, quiet(progress));
            weight = made.convergence().weight();
            // what one gain for all costs is not noise: where a weight is searched for, it is once more without that
            own = round < ROUNDS - 1
                    ? settings.with(new Weight.Relative(weight))
                            .withGap(GAP, Math.min(ROUGH_ITERATIONS, settings.maxIterations()))
                    : settings;
            shown = projector(images.geometry().select(out), made)
                    .forward(made.volume())
                    .image(0);
            if (round == 0) {
                ungained = shown;
            }
            if (round < ROUNDS) {
                refine(gains, data, projector(data.geometry(), made).forward(made.volume()));
            }
        }
        // the kept neighbours of the left-out image stand at out − 1 and out
        double upper = NeighbourInterpolation.upperShare(images.geometry(), out);
        double gain = (1 - upper) * gains[out - 1] + upper * gains[out];
        Image measured = images.image(out);
        return new Row(
                images.geometry().tiltDeg(out),
                Likeness.of(times(shown, gain), measured),
                Likeness.of(ungained, measured),
                Likeness.of(NeighbourInterpolation.plain(images, out), measured),
                settings.fillsField()
                        ? Optional.of(Likeness.of(NeighbourInterpolation.slab(images, out), measured))
                        : Optional.empty(),
                gain,
                weight);
    }

    private Projector projector(TiltGeometry geometry, Reconstruction made) {
        int beside = (made.volume().nx() - images.nx()) / 2;
        return Projector.of(
                geometry,
                made.volume().nz(),
                images.ny(),
                images.nx(),
                beside,
                images.pixelNm(),
                Slabs.of(settings.threads()));
    }

    /** Gains times what makes the volume's images fit best; their geometric mean stays 1. */
    private static void refine(double[] gains, TiltSeries data, TiltSeries shown) {
        double log = 0;
        for (int t = 0; t < gains.length; t++) {
            float[] a = shown.image(t).values();
            float[] b = data.image(t).values();
            double product = 0;
            double square = 0;
            for (int i = 0; i < a.length; i++) {
                product += (double) a[i] * b[i];
                square += (double) a[i] * a[i];
            }
            if (product > 0 && square > 0) {
                gains[t] *= product / square;
            }
            log += Math.log(gains[t]);
        }
        double mean = Math.exp(log / gains.length);
        for (int t = 0; t < gains.length; t++) {
            gains[t] /= mean;
        }
    }

    private static TiltSeries over(TiltSeries series, double[] gains) {
        TiltSeries out = series.copy();
        for (int t = 0; t < gains.length; t++) {
            out.setImage(t, times(series.image(t), 1 / gains[t]));
        }
        return out;
    }

    private static Image times(Image image, double factor) {
        Image out = Image.zeros(image.ny(), image.nx(), image.pixelNm());
        for (int i = 0; i < out.values().length; i++) {
            out.values()[i] = (float) (factor * image.values()[i]);
        }
        return out;
    }

    /** Single reconstructions are too many to be told of; cancelling reaches them. */
    private static Progress quiet(Progress progress) {
        return new Progress() {
            @Override
            public void report(String task, double fraction) {}

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }
}
