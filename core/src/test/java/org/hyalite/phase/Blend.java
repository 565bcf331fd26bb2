package org.hyalite.phase;

import java.util.Map;
import java.util.Random;
import org.hyalite.calibrate.Synthetic;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/** A shard of Co and Zn whose phases are known, blurred and noisy as a reconstruction is. */
final class Blend {
    static final Element CO = Element.of("Co");
    static final Element ZN = Element.of("Zn");
    static final double VOXEL = 6;

    /** What the particle is made of at a place, voxels from the grid's centre. */
    interface Recipe {
        /** Number of the phase, 0 … */
        int phase(double z, double y, double x);
    }

    final Volume zn;
    final Volume co;
    final Volume density;
    private final Recipe recipe;
    private final Synthetic body;
    final int n;

    /**
     * Makes a blend.
     *
     * @param phases {X, N} of every phase
     * @param blur standard deviation of the blur, voxels
     * @param noise standard deviation of N over 5 atoms/nm³, correlated over neighbours
     */
    Blend(int n, long seed, double[][] phases, Recipe recipe, double blur, double noise) {
        this.n = n;
        this.recipe = recipe;
        body = Synthetic.shard(seed, 0.28 * n);
        Volume occupancy = body.occupancy(n, VOXEL);
        Volume a = Volume.zeros(n, n, n, VOXEL);
        Volume b = Volume.zeros(n, n, n, VOXEL);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    double[] p = phases[recipe.phase(z - n / 2.0, y - n / 2.0, x - n / 2.0)];
                    a.set(z, y, x, (float) (occupancy.at(z, y, x) * p[0] * p[1]));
                    b.set(z, y, x, (float) (occupancy.at(z, y, x) * (1 - p[0]) * p[1]));
                }
            }
        }
        Volume envelope = Synthetic.blur(occupancy, blur);
        zn = noisy(Synthetic.blur(a, blur), envelope, noise, seed);
        co = noisy(Synthetic.blur(b, blur), envelope, noise, seed + 1000);
        density = zn.plus(co);
    }

    private static Volume noisy(Volume v, Volume envelope, double noise, long seed) {
        Volume random = Synthetic.noise(v.nz(), VOXEL, 1, seed);
        Volume out = v.copy();
        for (int b = 0; b < v.blocks().length; b++) {
            for (int i = 0; i < v.blocks()[b].length; i++) {
                double sd = noise * 5 / Math.sqrt(2) * (0.15 + envelope.blocks()[b][i]);
                out.blocks()[b][i] = (float) Math.max(0, v.blocks()[b][i] + sd * random.blocks()[b][i]);
            }
        }
        return out;
    }

    PhaseDiagram diagram(double threshold) {
        return PhaseDiagram.of(ZN, Map.of(ZN, zn, CO, co), threshold);
    }

    /** The share of a phase's true voxels (by their centres) that a mask has, and of the mask's that are true. */
    double[] overlap(VolumeMask mask, int phase) {
        double truth = 0;
        double both = 0;
        Volume occupancy = body.occupancy(n, VOXEL);
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    boolean is =
                            occupancy.at(z, y, x) > 0.5 && recipe.phase(z - n / 2.0, y - n / 2.0, x - n / 2.0) == phase;
                    truth += is ? 1 : 0;
                    both += is && mask.contains(z, y, x) ? 1 : 0;
                }
            }
        }
        return new double[] {both / truth, both / mask.count()};
    }

    /** A plane that cuts the particle off its centre. */
    static Recipe cut(long seed) {
        Random random = new Random(seed);
        double ny = 0.6 * random.nextDouble();
        double offset = 1 + 3 * random.nextDouble();
        return (z, y, x) -> x + ny * y > offset ? 0 : 1;
    }

    /** A ball inside the particle. */
    static Recipe ball(double radius) {
        return (z, y, x) -> z * z + y * y + (x - 5) * (x - 5) < radius * radius ? 0 : 1;
    }
}
