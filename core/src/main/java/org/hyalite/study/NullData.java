package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;

/**
 * What would have been recorded of other volumes than the measured ones at the same dose and geometry: counts drawn from Poisson's
 * distribution of mean {@code c Ax + r}, with the background r of those volumes and an estimate of it
 * ({@link BackgroundModel}); ADF intensities {@code Σ R_i A x_i} with normal noise as strong as that of the measured images.
 * Where the measurement was turned and moved along y, noise is drawn on the recorded pixels and moved likewise. Areal
 * densities of elements by themselves get normal noise of their standard errors.
 */
final class NullData {
    private static final long COUNTS = 11;
    private static final long ADF = 12;
    private static final long AREAL = 13;

    /**
     * What the noise is made of.
     *
     * @param adfResponse intensity of the ADF images per unit of each element's Ax; empty where they take no part
     * @param adfNoise of the recorded ADF images; empty where they take no part
     * @param alignment that the recorded images were moved by; empty if they lay as they should
     */
    record Noise(Map<Element, Double> adfResponse, Optional<ImageNoise> adfNoise, Optional<Moved> alignment) {
        static final Noise OF_COUNTS_ALONE = new Noise(Map.of(), Optional.empty(), Optional.empty());
    }

    /** How recorded images were moved. */
    record Moved(Alignment alignment, Resampling counts, Resampling adf) {}

    private final Repetition.Data measured;
    private final List<Element> elements;
    private final Noise noise;
    private final List<BackgroundModel> backgrounds = new ArrayList<>();

    /** @param volumes what was reconstructed of the measurement; the channels of joint data bear the elements' symbols */
    NullData(Repetition.Data measured, Map<Element, Volume> volumes, Noise noise) {
        this.measured = measured;
        this.noise = noise;
        if (measured instanceof Repetition.Data.Together together) {
            elements = together.joint().channels().stream()
                    .map(c -> Element.of(c.name()))
                    .toList();
            List<TiltSeries> casts = casts(volumes);
            for (JointData.Channel channel : together.joint().channels()) {
                backgrounds.add(BackgroundModel.fit(channel.background(), casts, channel.countsPerUnit()));
            }
        } else {
            elements = List.copyOf(volumes.keySet());
        }
    }

    /**
     * One draw.
     *
     * @param volumes by element, on the measured grid or one finer by a whole factor
     */
    Repetition.Data draw(Map<Element, Volume> volumes, long seed) {
        List<TiltSeries> casts = casts(volumes);
        if (measured instanceof Repetition.Data.Alone alone) {
            Map<Element, TiltSeries> areal = new LinkedHashMap<>(alone.areal());
            for (int e = 0; e < elements.size(); e++) {
                TiltSeries errors = Objects.requireNonNull(alone.errors().get(elements.get(e)));
                areal.put(elements.get(e), Repetition.noisy(casts.get(e), errors, seed, AREAL, e));
            }
            return new Repetition.Data.Alone(areal, alone.errors());
        }
        JointData joint = ((Repetition.Data.Together) measured).joint();
        List<JointData.Channel> channels = new ArrayList<>();
        for (int c = 0; c < casts.size(); c++) {
            JointData.Channel channel = joint.channels().get(c);
            TiltSeries mean = backgrounds.get(c).expected(casts);
            add(mean, casts.get(c), channel.countsPerUnit());
            channels.add(new JointData.Channel(
                    channel.name(),
                    counts(mean, seed, c),
                    backgrounds.get(c).estimated(casts),
                    channel.countsPerUnit()));
        }
        return new Repetition.Data.Together(
                new JointData(channels, noise.adfNoise().map(n -> adf(casts, n, seed))));
    }

    private TiltSeries counts(TiltSeries mean, long seed, int channel) {
        TiltSeries counts = noise.alignment().map(m -> recorded(mean, m)).orElseGet(mean::copy);
        for (int b = 0; b < counts.blocks().length; b++) {
            Draws draws = Draws.of(seed, COUNTS, channel, b);
            float[] block = counts.blocks()[b];
            for (int i = 0; i < block.length; i++) {
                block[i] = draws.poisson(block[i]);
            }
        }
        return noise.alignment()
                .map(m -> m.alignment().applyTo(counts, m.counts()))
                .orElse(counts);
    }

    private TiltSeries adf(List<TiltSeries> casts, ImageNoise strength, long seed) {
        TiltSeries like = casts.get(0);
        TiltSeries sum = TiltSeries.zeros(like.geometry(), like.ny(), like.nx(), like.pixelNm());
        for (int c = 0; c < casts.size(); c++) {
            double[] factor = new double[like.tilts()];
            Arrays.fill(factor, noise.adfResponse().getOrDefault(elements.get(c), 0.0));
            add(sum, casts.get(c), factor);
        }
        TiltSeries there = noise.alignment().map(m -> recorded(sum, m)).orElse(sum);
        TiltSeries noisy = Repetition.noisy(there, strength.errors(there), seed, ADF);
        return noise.alignment().map(m -> m.alignment().applyTo(noisy, m.adf())).orElse(noisy);
    }

    /** Aligned images where they were recorded: turned and moved back along y; x stays in the geometry. */
    private static TiltSeries recorded(TiltSeries aligned, Moved moved) {
        double[] tilts = aligned.geometry().tiltsDeg();
        Alignment there = moved.alignment().forTilts(tilts);
        double cos = Math.cos(Math.toRadians(there.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(there.axisRotationDeg()));
        double[] back = new double[tilts.length];
        for (int t = 0; t < back.length; t++) {
            back[t] = -(cos * there.shiftYPx()[t] + sin * there.shiftXPx()[t]) / cos;
        }
        Alignment inverse = Alignment.of(
                tilts, back, new double[tilts.length], 0, -there.axisRotationDeg(), "back", new double[0], List.of());
        Resampling how = new Resampling(Resampling.Kernel.CUBIC, Resampling.Outside.EDGE);
        TiltSeries images = inverse.applyTo(aligned.withGeometry(TiltGeometry.of(tilts)), how);
        return images.withGeometry(TiltGeometry.of(tilts)).copy();
    }

    /** Images on the measured grid. */
    private List<TiltSeries> casts(Map<Element, Volume> volumes) {
        TiltSeries like = measured.like();
        List<TiltSeries> casts = new ArrayList<>();
        for (Element element : elements) {
            Volume volume = Objects.requireNonNull(volumes.get(element), element + " has no volume");
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

    private static void add(TiltSeries to, TiltSeries from, double[] factor) {
        for (int b = 0; b < to.blocks().length; b++) {
            int size = to.blocks()[b].length / factor.length;
            for (int i = 0; i < to.blocks()[b].length; i++) {
                to.blocks()[b][i] += (float) (factor[i / size] * from.blocks()[b][i]);
            }
        }
    }
}
