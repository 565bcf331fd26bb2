package org.hyalite.tomo;

import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;

/** Two joined ellipsoids with a hole, and images of them: by formula where they must not come from our own projector. */
final class Particle {
    private Particle() {}

    static double[] tilts(int count) {
        double[] tilts = new double[count];
        for (int i = 0; i < count; i++) {
            tilts[i] = -70 + 140.0 * i / (count - 1);
        }
        return tilts;
    }

    /** Density 5 in a ball, 3 in a part of it, each voxel the mean of 27 samples. */
    static Volume volume(int n, double voxelNm) {
        Volume volume = Volume.zeros(n, n, n, voxelNm);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    double sum = 0;
                    for (int i = 0; i < 27; i++) {
                        double a = (x + (i % 3 - 1) / 3.0 - (n - 1) / 2.0) / n;
                        double b = (y + (i / 3 % 3 - 1) / 3.0 - (n - 1) / 2.0) / n;
                        double c = (z + (i / 9 - 1) / 3.0 - (n - 1) / 2.0) / n;
                        double outer = a * a / 0.1 + b * b / 0.14 + c * c / 0.08;
                        double inner = Math.pow(a - 0.1, 2) + b * b + c * c;
                        sum += outer > 1 ? 0 : inner < 0.012 ? 3 : 5;
                    }
                    volume.set(z, y, x, (float) (sum / 27));
                }
            }
        }
        return volume;
    }

    /** Adds noise of a counting experiment with {@code counts} counts in the brightest pixel. */
    static TiltSeries noisy(TiltSeries clean, double counts, long seed) {
        float brightest = 0;
        for (float[] block : clean.blocks()) {
            for (float value : block) {
                brightest = Math.max(brightest, value);
            }
        }
        Random random = new Random(seed);
        TiltSeries noisy = clean.copy();
        for (float[] block : noisy.blocks()) {
            for (int i = 0; i < block.length; i++) {
                double mean = block[i] * counts / brightest + 2;
                block[i] = (float) ((poisson(random, mean) - 2) * brightest / counts);
            }
        }
        return noisy;
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    static double error(Volume volume, Volume truth) {
        double difference = 0;
        double square = 0;
        for (int b = 0; b < volume.blocks().length; b++) {
            for (int i = 0; i < volume.blocks()[b].length; i++) {
                difference += Math.pow(volume.blocks()[b][i] - truth.blocks()[b][i], 2);
                square += Math.pow(truth.blocks()[b][i], 2);
            }
        }
        return Math.sqrt(difference / square);
    }

    static TiltGeometry geometry(int count) {
        return TiltGeometry.of(tilts(count));
    }
}
