package org.hyalite.phase;

/**
 * How mixed two kinds of atoms are within a particle: the mean of {@code 4 X (1 − X)} over its voxels, each weighted by
 * its atoms. It is 0 where every voxel holds atoms of one kind and 1 where all hold as many of both. Blur mixes what lies at an
 * interface, so that only voxels at least {@code depth} voxels within their side are asked (see {@link Sides}): depth 1
 * asks all, 3 leaves out two voxels to either side of the interface, and of the surface.
 *
 * @param value 0 … 1
 * @param voxels that were asked
 * @param depth voxels
 */
public record Mixedness(double value, int voxels, int depth) {
    private static final int FEWEST_VOXELS = 200;
    private static final double LEAST_SHARE = 0.05;

    /** The depth to ask at: as far as {@code wanted} while that leaves 200 voxels and 5 % of the particle. */
    public static int depth(PhaseDiagram diagram, int wanted) {
        Sides sides = Sides.of(diagram);
        int[] depths = sides.depths(wanted);
        int[] count = new int[wanted + 1];
        int all = 0;
        for (int d : depths) {
            for (int k = 1; k <= d; k++) {
                count[k]++;
            }
            all += d > 0 ? 1 : 0;
        }
        int depth = wanted;
        while (depth > 1 && count[depth] < Math.max(FEWEST_VOXELS, LEAST_SHARE * all)) {
            depth--;
        }
        return depth;
    }

    /** The mixedness of a particle; 0 of no voxels. */
    public static Mixedness of(PhaseDiagram diagram, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("mixedness at depth " + depth + ", expected at least 1");
        }
        Sides sides = Sides.of(diagram);
        int[] depths = sides.depths(depth);
        double mixed = 0;
        double atoms = 0;
        int voxels = 0;
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] >= depth) {
                double x = sides.fraction(i);
                mixed += sides.total()[i] * 4 * x * (1 - x);
                atoms += sides.total()[i];
                voxels++;
            }
        }
        return new Mixedness(atoms > 0 ? mixed / atoms : 0, voxels, depth);
    }
}
