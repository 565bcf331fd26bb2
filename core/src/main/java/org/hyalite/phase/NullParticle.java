package org.hyalite.phase;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * A particle as measured, but of pure phases: what a mixed one is held against. Its surface lies where the measured N
 * crosses the threshold and its interface where the measured X crosses one half, both sharp to a quarter of a voxel: they
 * are sought in 4³ points of each voxel, between which A and N go linearly. On the side of A all atoms are A, on the other
 * all are the other element. N is the measured one, taken from the nearest voxel that neither the surface nor the interface
 * blurs, and scaled so that the particle holds as many atoms as were measured. So the atoms of each element by itself are
 * kept as far as the measured particle is pure. The grid has twice as many voxels along each edge (up to 256³ measured ones):
 * images of voxels as large as the pixels would be blurred once more than those of a real particle.
 */
public final class NullParticle {
    private static final int POINTS = 4;
    private static final int FINER = 2;
    private static final int LARGEST_FINER = 256 * 256 * 256;
    private static final int BLURRED = 2;
    private static final int UNBLURRED = 3;
    private static final int FEWEST_UNBLURRED = 50;

    private final Map<Element, Volume> densities;

    private NullParticle(Map<Element, Volume> densities) {
        this.densities = densities;
    }

    /**
     * The pure particle of a measured one.
     *
     * @throws IllegalArgumentException if the diagram is not of two elements, or nothing lies inside its threshold
     */
    public static NullParticle of(PhaseDiagram diagram) {
        if (diagram.densities().size() != 2) {
            throw new IllegalArgumentException("a null control needs two elements, not "
                    + diagram.densities().keySet());
        }
        if (diagram.inside().count() == 0) {
            throw new IllegalArgumentException("nothing lies inside the threshold: no null control");
        }
        Sides sides = Sides.of(diagram);
        int finer = sides.lattice().size() <= LARGEST_FINER ? FINER : 1;
        float[][] pure = pure(sides, diagram.thresholdPerNm3(), finer);
        double scale = around(diagram) * finer * finer * finer / (sum(pure[0]) + sum(pure[1]));
        Lattice lattice = sides.lattice();
        Lattice fine = new Lattice(finer * lattice.nz(), finer * lattice.ny(), finer * lattice.nx());
        Map<Element, Volume> densities = new LinkedHashMap<>();
        for (Element element : diagram.densities().keySet()) {
            float[] values = pure[element.equals(diagram.numerator()) ? 0 : 1];
            Volume volume = fine.volume(values, diagram.density().voxelNm() / finer);
            for (float[] block : volume.blocks()) {
                for (int i = 0; i < block.length; i++) {
                    block[i] = (float) (block[i] * scale);
                }
            }
            densities.put(element, volume);
        }
        return new NullParticle(densities);
    }

    /** Atoms/nm³ of each element on the finer grid; the particle's own volumes. */
    public Map<Element, Volume> densities() {
        return densities;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum;
    }

    /** Atoms per voxel volume inside and within two voxels of it, where blur has carried some. */
    private static double around(PhaseDiagram diagram) {
        VolumeMask near = diagram.inside().dilated(BLURRED);
        Volume n = diagram.density();
        double sum = 0;
        for (int z = 0; z < n.nz(); z++) {
            for (int y = 0; y < n.ny(); y++) {
                for (int x = 0; x < n.nx(); x++) {
                    sum += near.contains(z, y, x) ? n.at(z, y, x) : 0;
                }
            }
        }
        return sum;
    }

    /** Densities of A and of the other element on the finer grid. */
    private static float[][] pure(Sides sides, double threshold, int finer) {
        Lattice lattice = sides.lattice();
        Lattice fine = new Lattice(finer * lattice.nz(), finer * lattice.ny(), finer * lattice.nx());
        float[] own = new float[fine.size()];
        float[] other = new float[fine.size()];
        float[][] unblurred = {unblurred(sides, true), unblurred(sides, false)};
        Points points = new Points(lattice, sides.a(), sides.total(), threshold, finer);
        for (int z = 0, i = 0; z < fine.nz(); z++) {
            for (int y = 0; y < fine.ny(); y++) {
                for (int x = 0; x < fine.nx(); x++, i++) {
                    points.count(z, y, x);
                    int voxel = ((z / finer) * lattice.ny() + y / finer) * lattice.nx() + x / finer;
                    own[i] = (float) (points.ofA * unblurred[0][voxel]);
                    other[i] = (float) (points.ofRest * unblurred[1][voxel]);
                }
            }
        }
        return new float[][] {own, other};
    }

    /** N of the nearest voxel deep within a side, for every voxel; where a side has none, of the nearest inside. */
    private static float[] unblurred(Sides sides, boolean ofA) {
        int[] depth = sides.depths(UNBLURRED);
        int[] from = new int[depth.length];
        for (int least = UNBLURRED; least >= 0; least--) {
            Arrays.fill(from, -1);
            int found = 0;
            for (int i = 0; i < from.length; i++) {
                boolean side = 2 * sides.a()[i] > sides.total()[i] == ofA;
                if (sides.inside()[i] && (least == 0 || side && depth[i] >= least)) {
                    from[i] = i;
                    found++;
                }
            }
            if (found >= FEWEST_UNBLURRED || least == 0) {
                break;
            }
        }
        boolean[] all = new boolean[from.length];
        Arrays.fill(all, true);
        sides.lattice().spread(from, all);
        float[] density = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            density[i] = sides.total()[from[i]];
        }
        return density;
    }

    /** The shares of a fine voxel's points that lie inside and on either side. */
    private static final class Points {
        private final Lattice lattice;
        private final float[] a;
        private final float[] total;
        private final double threshold;
        private final int finer;
        private final int across;
        double ofA;
        double ofRest;

        Points(Lattice lattice, float[] a, float[] total, double threshold, int finer) {
            this.lattice = lattice;
            this.a = a;
            this.total = total;
            this.threshold = threshold;
            this.finer = finer;
            this.across = POINTS / finer;
        }

        void count(int z, int y, int x) {
            int own = 0;
            int rest = 0;
            int all = across * across * across;
            for (int k = 0; k < all; k++) {
                double pz = place(z, k / (across * across));
                double py = place(y, k / across % across);
                double px = place(x, k % across);
                double n = lattice.between(total, pz, py, px);
                if (n > threshold) {
                    if (2 * lattice.between(a, pz, py, px) > n) {
                        own++;
                    } else {
                        rest++;
                    }
                }
            }
            ofA = own / (double) all;
            ofRest = rest / (double) all;
        }

        /** In the measured grid's voxels. */
        private double place(int fine, int k) {
            return (fine + (k + 0.5) / across) / finer - 0.5;
        }
    }
}
