package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;

/**
 * What would have been recorded of other volumes at the same dose, geometry, background and noise: counts drawn from
 * Poisson's distribution of mean {@code c Ax + r}, ADF intensities {@code Σ R_i A x_i} with normal noise as the images have.
 */
final class NullData {
    private final JointData measured;
    private final List<Double> response;
    private final Optional<ImageNoise> noise;

    /** @param response intensity of the ADF images per unit of each volume's Ax; not looked at where there are none */
    NullData(JointData measured, List<Double> response) {
        this.measured = measured;
        this.response = List.copyOf(response);
        this.noise = measured.adf().map(ImageNoise::of);
    }

    /** One draw. @param volumes in the channels' order */
    JointData draw(List<Volume> volumes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<JointData.Channel> channels = new ArrayList<>();
        Optional<TiltSeries> adf = measured.adf().map(NullData::empty);
        for (int c = 0; c < volumes.size(); c++) {
            JointData.Channel channel = measured.channels().get(c);
            Volume volume = volumes.get(c);
            TiltSeries cast = Projector.of(
                            channel.counts().geometry(), volume.nz(), volume.ny(), volume.nx(), volume.voxelNm())
                    .forward(volume);
            int own = c;
            adf.ifPresent(a -> add(a, cast, response.get(own)));
            channels.add(new JointData.Channel(
                    channel.name(), drawn(cast, channel, random), channel.background(), channel.countsPerUnit()));
        }
        adf.ifPresent(a -> addNoise(a, random));
        return new JointData(channels, adf);
    }

    private static TiltSeries empty(TiltSeries like) {
        return TiltSeries.zeros(like.geometry(), like.ny(), like.nx(), like.pixelNm());
    }

    private static void add(TiltSeries to, TiltSeries from, double factor) {
        for (int b = 0; b < to.blocks().length; b++) {
            for (int i = 0; i < to.blocks()[b].length; i++) {
                to.blocks()[b][i] += (float) (factor * from.blocks()[b][i]);
            }
        }
    }

    private static TiltSeries drawn(TiltSeries cast, JointData.Channel channel, SplittableRandom random) {
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < cast.tilts(); t++) {
            Image image = cast.image(t);
            float[] background = channel.background().image(t).values();
            for (int i = 0; i < background.length; i++) {
                double mean = channel.countsPerUnit()[t] * Math.max(0, image.values()[i]) + background[i];
                image.values()[i] = (float) Draws.poisson(random, mean);
            }
            images.add(image);
        }
        return TiltSeries.of(cast.geometry(), images);
    }

    private void addNoise(TiltSeries adf, SplittableRandom random) {
        TiltSeries errors = noise.orElseThrow().errors(adf);
        for (int b = 0; b < adf.blocks().length; b++) {
            for (int i = 0; i < adf.blocks()[b].length; i++) {
                adf.blocks()[b][i] += (float) (errors.blocks()[b][i] * Draws.normal(random));
            }
        }
    }
}
