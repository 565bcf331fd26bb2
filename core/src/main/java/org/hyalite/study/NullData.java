package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;

/**
 * What would have been recorded of other volumes than the measured ones at the same dose and geometry: counts drawn from Poisson's
 * distribution of mean {@code c Ax + r}, with the background r of those volumes and an estimate of it
 * ({@link BackgroundModel}); ADF intensities {@code Σ R_i A x_i} with normal noise as strong as that of the measured images.
 */
final class NullData {
    private static final long COUNTS = 11;
    private static final long ADF = 12;

    private final JointData measured;
    private final List<Double> response;
    private final Optional<ImageNoise> noise;
    private final List<BackgroundModel> backgrounds = new ArrayList<>();

    /**
     * @param volumes what was reconstructed of the measurement, in the channels' order
     * @param response intensity of the ADF images per unit of each volume's Ax; not looked at where there are none
     */
    NullData(JointData measured, List<Volume> volumes, List<Double> response) {
        this.measured = measured;
        this.response = List.copyOf(response);
        this.noise = measured.adf().map(ImageNoise::of);
        List<TiltSeries> casts = casts(volumes);
        for (JointData.Channel channel : measured.channels()) {
            backgrounds.add(BackgroundModel.fit(channel.background(), casts, channel.countsPerUnit()));
        }
    }

    /** Images on the measured grid, of volumes on that or on a finer one. */
    private List<TiltSeries> casts(List<Volume> volumes) {
        TiltSeries like = measured.channels().get(0).counts();
        List<TiltSeries> casts = new ArrayList<>();
        for (Volume volume : volumes) {
            int finer = volume.nx() / like.nx();
            Projector projector = Projector.of(
                    finer(like.geometry(), finer), volume.nz(), volume.ny(), volume.nx(), volume.voxelNm());
            casts.add(binned(projector.forward(volume), finer, like));
        }
        return casts;
    }

    private static TiltGeometry finer(TiltGeometry geometry, int factor) {
        double[] shifts = geometry.shiftsXPx();
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] *= factor;
        }
        return TiltGeometry.of(geometry.tiltsDeg(), shifts, factor * geometry.axisOffsetPx());
    }

    /** Means of {@code finer²} pixels. */
    private static TiltSeries binned(TiltSeries fine, int finer, TiltSeries like) {
        if (finer == 1) {
            return fine;
        }
        TiltSeries mean = TiltSeries.zeros(like.geometry(), like.ny(), like.nx(), like.pixelNm());
        for (int t = 0; t < like.tilts(); t++) {
            for (int y = 0; y < like.ny(); y++) {
                for (int x = 0; x < like.nx(); x++) {
                    double sum = 0;
                    for (int k = 0; k < finer * finer; k++) {
                        sum += fine.at(t, finer * y + k / finer, finer * x + k % finer);
                    }
                    mean.set(t, y, x, (float) (sum / (finer * finer)));
                }
            }
        }
        return mean;
    }

    /**
     * One draw.
     *
     * @param volumes in the channels' order
     */
    JointData draw(List<Volume> volumes, long seed) {
        List<TiltSeries> casts = casts(volumes);
        List<JointData.Channel> channels = new ArrayList<>();
        for (int c = 0; c < casts.size(); c++) {
            JointData.Channel channel = measured.channels().get(c);
            TiltSeries counts = backgrounds.get(c).expected(casts);
            add(counts, casts.get(c), channel.countsPerUnit());
            for (int b = 0; b < counts.blocks().length; b++) {
                Draws draws = Draws.of(seed, COUNTS, c, b);
                float[] block = counts.blocks()[b];
                for (int i = 0; i < block.length; i++) {
                    block[i] = draws.poisson(block[i]);
                }
            }
            channels.add(new JointData.Channel(
                    channel.name(), counts, backgrounds.get(c).estimated(casts), channel.countsPerUnit()));
        }
        return new JointData(channels, noise.map(n -> adf(casts, n, seed)));
    }

    private TiltSeries adf(List<TiltSeries> casts, ImageNoise noise, long seed) {
        TiltSeries like = casts.get(0);
        TiltSeries sum = TiltSeries.zeros(like.geometry(), like.ny(), like.nx(), like.pixelNm());
        for (int c = 0; c < casts.size(); c++) {
            double[] factor = new double[like.tilts()];
            java.util.Arrays.fill(factor, response.get(c));
            add(sum, casts.get(c), factor);
        }
        return Repetition.noisy(sum, noise.errors(sum), seed, ADF);
    }

    private static void add(TiltSeries to, TiltSeries from, double[] factor) {
        for (int b = 0; b < to.blocks().length; b++) {
            int size = to.blocks()[b].length / factor.length;
            for (int i = 0; i < to.blocks()[b].length; i++) {
                to.blocks()[b][i] += (float) (factor[i / size] * from.blocks()[b][i]);
            }
        }
    }

    /** Standard deviations of the Gaussians that smoothed the channels' backgrounds, pixels. */
    List<Double> widthsPx() {
        return backgrounds.stream().map(BackgroundModel::widthPx).toList();
    }
}
