package org.hyalite.phase;

import java.util.Objects;

/**
 * Which element each voxel inside a particle belongs to most, of an element A and the rest: the two sides that a sharp
 * interface would part. For work that looks at neighbours.
 */
final class Sides {
    private static final int EVERY = 26;

    private final Lattice lattice;
    private final boolean[] inside;
    private final float[] a;
    private final float[] total;

    private Sides(Lattice lattice, boolean[] inside, float[] a, float[] total) {
        this.lattice = lattice;
        this.inside = inside;
        this.a = a;
        this.total = total;
    }

    static Sides of(PhaseDiagram diagram) {
        Lattice lattice = Lattice.of(diagram.density());
        return new Sides(
                lattice,
                lattice.flat(diagram.inside()),
                lattice.flat(Objects.requireNonNull(diagram.densities().get(diagram.numerator()))),
                lattice.flat(diagram.density()));
    }

    Lattice lattice() {
        return lattice;
    }

    boolean[] inside() {
        return inside;
    }

    float[] a() {
        return a;
    }

    float[] total() {
        return total;
    }

    /** X of a voxel inside, 0 … 1. */
    double fraction(int voxel) {
        return Math.max(0, Math.min(1, a[voxel] / (double) total[voxel]));
    }

    private boolean ofA(int voxel) {
        return 2 * a[voxel] > total[voxel];
    }

    /**
     * How deep each voxel lies within its side: 0 outside, 1 where a neighbour of the 26 lies outside or on the other side,
     * and so on up to {@code most}. What lies beyond the grid counts as inside. A voxel alone among others is noise and
     * takes their side.
     */
    int[] depths(int most) {
        boolean[][] side = {side(true), side(false)};
        int[] depth = new int[inside.length];
        for (boolean[] own : side) {
            boolean[] left = own;
            for (int d = 1; d <= most; d++) {
                boolean[] deeper = d == 1 ? left : lattice.eroded(left);
                for (int i = 0; i < depth.length; i++) {
                    if (deeper[i]) {
                        depth[i] = d;
                    }
                }
                left = deeper;
            }
        }
        return depth;
    }

    private boolean[] side(boolean wanted) {
        float[] own = new float[inside.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = inside[i] && ofA(i) == wanted ? 1 : 0;
        }
        float[] around = lattice.boxSums(own);
        boolean[] side = new boolean[own.length];
        for (int i = 0; i < own.length; i++) {
            int others = Math.round(around[i] - own[i]);
            side[i] = inside[i] && (own[i] > 0 ? others > 0 : others == EVERY);
        }
        return side;
    }
}
