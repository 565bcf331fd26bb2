package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;

/** Two balls of an element each, one in the other's shade at high tilt, and what is counted of them. */
final class JointParticle {
    static final double VOXEL_NM = 2;
    final Projector projector;
    final Volume[] truth;

    private JointParticle(Projector projector, Volume[] truth) {
        this.projector = projector;
        this.truth = truth;
    }

    static JointParticle of(int n, int tilts) {
        Projector projector = Projector.of(Particle.geometry(tilts), n, n, n, VOXEL_NM, Slabs.of(2));
        Volume[] truth = {ball(n, 0.3, 0.16, 4), ball(n, 0.7, 0.19, 2.5)};
        return new JointParticle(projector, truth);
    }

    /** Centre and radius over the edge; each voxel the mean of 27 samples. */
    private static Volume ball(int n, double centreX, double radius, double density) {
        Volume ball = Volume.zeros(n, n, n, VOXEL_NM);
        for (int i = 0; i < 27 * n * n * n; i++) {
            int voxel = i / 27;
            int x = voxel % n;
            int y = voxel / n % n;
            int z = voxel / n / n;
            double a = (x + 0.5 + (i % 3 - 1) / 3.0) / n - centreX;
            double b = (y + 0.5 + (i / 3 % 3 - 1) / 3.0) / n - 0.5;
            double c = (z + 0.5 + (i / 9 % 3 - 1) / 3.0) / n - 0.5;
            if (a * a + b * b + c * c < radius * radius) {
                ball.set(z, y, x, ball.at(z, y, x) + (float) (density / 27));
            }
        }
        return ball;
    }

    TiltSeries image(int element) {
        return projector.forward(truth[element]);
    }

    /** Counts of both, with so many per unit of Ax. */
    List<JointData.Channel> channels(double countsPerUnit, long seed) {
        List<JointData.Channel> channels = new ArrayList<>();
        Random random = new Random(seed);
        for (int c = 0; c < truth.length; c++) {
            TiltSeries counts = image(c);
            TiltSeries background = counts.copy();
            for (int b = 0; b < counts.blocks().length; b++) {
                for (int i = 0; i < counts.blocks()[b].length; i++) {
                    background.blocks()[b][i] = 0.2f;
                    counts.blocks()[b][i] = poisson(random, countsPerUnit * counts.blocks()[b][i] + 0.2);
                }
            }
            double[] gains = new double[counts.tilts()];
            Arrays.fill(gains, countsPerUnit);
            channels.add(new JointData.Channel(c == 0 ? "Au" : "Ag", counts, background, gains));
        }
        return channels;
    }

    /** Images that answer by {@code response}, with an offset that rises from image to image, and noise of variance a + b I. */
    TiltSeries adf(double[] response, double empty, double perUnit, long seed) {
        Random random = new Random(seed);
        TiltSeries adf = image(0);
        TiltSeries second = image(1);
        for (int t = 0; t < adf.tilts(); t++) {
            for (int y = 0; y < adf.ny(); y++) {
                for (int x = 0; x < adf.nx(); x++) {
                    double clean = response[0] * adf.at(t, y, x) + response[1] * second.at(t, y, x);
                    double noise = Math.sqrt(empty + perUnit * clean) * random.nextGaussian();
                    adf.set(t, y, x, (float) (clean + noise + 5 + 3 * t));
                }
            }
        }
        return adf;
    }

    Problem problem(List<JointData.Channel> channels, ReconstructionSettings settings) {
        List<Observed> observed = new ArrayList<>();
        for (int c = 0; c < channels.size(); c++) {
            JointData.Channel own = channels.get(c);
            float[] response = new float[channels.size()];
            response[c] = 1;
            DataTerm term = new DataTerm.KullbackLeibler(own.background(), own.countsPerUnit());
            observed.add(new Observed(own.counts(), Optional.empty(), term, response, Optional.empty()));
        }
        return new Problem(projector, observed, settings);
    }

    static ReconstructionSettings settings() {
        return ReconstructionSettings.elements()
                .with(new Regulariser.CoupledTv(Regulariser.Coupling.NUCLEAR))
                .withThreads(2)
                .withGap(1e-2, 300);
    }

    /** Exactly while the mean is small; by the normal law beyond 200. */
    static int poisson(Random random, double mean) {
        if (mean > 200) {
            return (int) Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        int count = 0;
        double limit = Math.exp(-mean);
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
