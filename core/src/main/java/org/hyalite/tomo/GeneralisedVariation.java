package org.hyalite.tomo;

import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.Volume;

/**
 * Total generalised variation of second order (Bredies, Kunisch and Pock 2010),
 * {@code min over w of Σ |∇x − w|₂ + 2 Σ |Ew|_F}. The slopes w, one per axis, are a primal variable of their own beside x:
 * w along an axis stands where the forward difference does, not at the axis' last voxel; E is the symmetrised backward
 * difference, whose entries are zero where their stencil leaves w's grid. So E∇ is the Hessian of {@link SecondOrder}, and
 * a linear ramp costs nothing. Its dual variables are p for the first term, r for the second (zz, yy, xx, √2 zy, √2 zx,
 * √2 yx).
 *
 * <p>Steps: {@code σ_p |∇x − w|² ≤ σ_p (1 + 1/θ) |∇x|² + σ_p (1 + θ) |w|²} and {@code |Ew|² ≤ 12 |w|²}, so that x sees a
 * total variation of step {@code σ = σ_p (1 + 1/θ)}, and w may go {@code τ_w = 1/(σ_p (1 + θ) + 12 σ_r)}.
 *
 * <p><b>The gap.</b> With w free the dual is infeasible unless {@code p = Eᵀr}. As {@link PrimalDual} does for x, it is taken
 * for a box around the iterate: |w' − w| ≤ h in each component, with h a quarter of the largest |w|. There, with |p| ≤ α and
 * |r| ≤ 2α, {@code α R(y, w') ≥ ⟨y, ∇ᵀp⟩ + ⟨w', Eᵀr − p⟩ ≥ ⟨y, ∇ᵀp⟩ + Σ w (Eᵀr − p) − h |Eᵀr − p|}. So
 * {@code Σ w (p − Eᵀr) + h |p − Eᵀr|} is added to the gap, which then bounds P(x, w) − P(y, w') for all (y, w') in both
 * boxes, and by convexity m gaps bound it in boxes m times as large. P(x, w) is never less than the least over w, P(x).
 */
final class GeneralisedVariation extends Penalty {
    private static final int FIRST = 3;
    private static final int SECOND = 6;
    private static final float MIXED = (float) Math.sqrt(0.5);
    /** The axes (0 z, 1 y, 2 x) of E's entries. */
    private static final int[][] AXES = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}};

    private static final float RATIO = (float) Regulariser.Tgv.RATIO;
    /** θ. */
    private static final float SHARE = 2;
    /** σ_r over σ_p. */
    private static final float STIFFNESS = 1.5f;

    /** h over the largest |w|. */
    private static final double HEADROOM = 0.25;

    /** The dual's components, w, and {@code Eᵀr − p}: by component, in blocks like a volume. */
    private final float[][][] p = new float[FIRST + SECOND][blocks][];

    private final float[][][] w = new float[FIRST][blocks][];
    private final float[][][] pull = new float[FIRST][blocks][];

    GeneralisedVariation(Projector projector) {
        super(projector, FIRST + SECOND);
        for (int b = 0; b < blocks; b++) {
            for (int c = 0; c < p.length; c++) {
                p[c][b] = dual[b][c];
            }
            for (int c = 0; c < FIRST; c++) {
                w[c][b] = new float[dual[b][c].length];
                pull[c][b] = new float[dual[b][c].length];
            }
        }
    }

    @Override
    int reach() {
        return 2;
    }

    @Override
    int order() {
        return 1;
    }

    @Override
    double normSquare() {
        return 12;
    }

    @Override
    double usualStep() {
        return 8;
    }

    /** w, z y x: the regulariser's own. */
    float[][][] slopes() {
        return w;
    }

    /** {@code Eᵀr − p}: the regulariser's own. */
    float[][][] pull() {
        return pull;
    }

    /** σ_p. */
    static float firstStep(float sigma) {
        return sigma * SHARE / (1 + SHARE);
    }

    /** σ_r. */
    static float secondStep(float sigma) {
        return STIFFNESS * firstStep(sigma);
    }

    /** τ_w; zero where nothing is to move. */
    static float slopeStep(float sigma) {
        return sigma > 0 ? 1 / (firstStep(sigma) * (1 + SHARE) + 12 * secondStep(sigma)) : 0f;
    }

    /** Rows of one column of voxels at a time: the loops over them share one index, so that the compiler can widen them. */
    private static final class Rows {
        final float[] own = new float[Blocks.WIDTH];
        final float[] other = new float[Blocks.WIDTH];
        final float[] scale = new float[Blocks.WIDTH];
        final float[][] d = new float[SECOND][Blocks.WIDTH];
    }

    /** {@code into += factor (a − a')} with a' one voxel further by {@code step} along the axis; beyond the grid a' is zero. */
    private void add(float[][] a, int b, int z, int x, int axis, int step, float factor, Rows rows, float[] into) {
        int n = Blocks.width(ny, b);
        System.arraycopy(a[b], (z * nx + x) * n, rows.own, 0, n);
        neighbour(a, b, axis == 0 ? z + step : z, axis == 2 ? x + step : x, axis == 1 ? step : 0, rows.other);
        float[] own = rows.own;
        float[] other = rows.other;
        for (int i = 0; i < n; i++) {
            into[i] += factor * (own[i] - other[i]);
        }
    }

    private void neighbour(float[][] a, int b, int z, int x, int shift, float[] into) {
        int n = Blocks.width(ny, b);
        if (z < 0 || z >= nz || x < 0 || x >= nx) {
            Arrays.fill(into, 0f);
            return;
        }
        int row = z * nx + x;
        System.arraycopy(a[b], row * n + Math.max(0, shift), into, Math.max(0, -shift), n - Math.abs(shift));
        if (shift < 0) {
            into[0] = b > 0 ? a[b - 1][row * Blocks.WIDTH + Blocks.WIDTH - 1] : 0f;
        } else if (shift > 0) {
            into[n - 1] = b + 1 < blocks ? a[b + 1][row * Blocks.width(ny, b + 1)] : 0f;
        }
    }

    /** {@code ∇u − w} of a row. */
    private void slopes(float[][] u, int b, int z, int x, Rows rows) {
        int n = Blocks.width(ny, b);
        for (int c = 0; c < FIRST; c++) {
            float[] into = rows.d[c];
            Arrays.fill(into, 0f);
            if (c == 0 ? z + 1 == nz : c == 2 && x + 1 == nx) {
                continue;
            }
            add(u, b, z, x, c, 1, -1f, rows, into);
            System.arraycopy(w[c][b], (z * nx + x) * n, rows.own, 0, n);
            for (int i = 0; i < n; i++) {
                into[i] -= rows.own[i];
            }
            if (c == 1 && b == blocks - 1) {
                into[n - 1] = 0f;
            }
        }
    }

    /** {@code Ew} of a row. */
    private void bends(int b, int z, int x, Rows rows) {
        int n = Blocks.width(ny, b);
        boolean insideZ = z > 0 && z < nz - 1;
        boolean insideX = x > 0 && x < nx - 1;
        for (int c = 0; c < SECOND; c++) {
            int i = AXES[c][0];
            int j = AXES[c][1];
            float[] into = rows.d[c];
            Arrays.fill(into, 0f);
            if (i == 0 && !insideZ || j == 2 && !insideX) {
                continue;
            }
            float factor = i == j ? 1f : MIXED;
            add(w[j], b, z, x, i, -1, factor, rows, into);
            if (i != j) {
                add(w[i], b, z, x, j, -1, factor, rows, into);
            }
            if (i == 1 || j == 1) {
                into[0] = b == 0 ? 0f : into[0];
                into[n - 1] = b == blocks - 1 ? 0f : into[n - 1];
            }
        }
    }

    @Override
    void dualPlane(Sweep s, int z) {
        Rows rows = new Rows();
        float first = firstStep(s.sigma());
        float second = secondStep(s.sigma());
        for (int b = 0; b < blocks; b++) {
            for (int x = 0; x < nx; x++) {
                slopes(s.u(), b, z, x, rows);
                move(b, z, x, 0, FIRST, first, s.bound(), s.rho(), rows);
                bends(b, z, x, rows);
                move(b, z, x, FIRST, SECOND, second, RATIO * s.bound(), s.rho(), rows);
            }
        }
    }

    /** {@code p += ρ (p' − p)}, where p' is {@code p + σ d}, shortened to the bound. */
    private void move(int b, int z, int x, int first, int count, float sigma, float bound, float rho, Rows rows) {
        int n = Blocks.width(ny, b);
        int o = (z * nx + x) * n;
        float[] own = rows.own;
        float[] scale = rows.scale;
        Arrays.fill(scale, 0f);
        for (int c = 0; c < count; c++) {
            float[] d = rows.d[c];
            System.arraycopy(p[first + c][b], o, own, 0, n);
            for (int i = 0; i < n; i++) {
                float moved = own[i] + sigma * d[i];
                d[i] = moved;
                scale[i] += moved * moved;
            }
        }
        for (int i = 0; i < n; i++) {
            scale[i] = Math.min(1f, bound / (float) Math.sqrt(scale[i]));
        }
        for (int c = 0; c < count; c++) {
            float[] d = rows.d[c];
            System.arraycopy(p[first + c][b], o, own, 0, n);
            for (int i = 0; i < n; i++) {
                own[i] += rho * (d[i] * scale[i] - own[i]);
            }
            System.arraycopy(own, 0, p[first + c][b], o, n);
        }
    }

    @Override
    void primalPlane(Sweep s, int z) {
        Rows rows = new Rows();
        float twice = 2f / s.rho();
        float tau = slopeStep(s.sigma());
        float[] change = rows.d[0];
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            for (int x = 0; x < nx; x++) {
                int o = (z * nx + x) * n;
                System.arraycopy(s.g()[b], o, change, 0, n);
                for (int c = 0; c < FIRST; c++) {
                    add(p[c], b, z, x, c, -1, -1f, rows, change);
                }
                descend(s.u()[b], s.v()[b], o, n, change, s.tau()[z * nx + x], s.rho(), twice);
                for (int c = 0; c < FIRST; c++) {
                    bendsAdjoint(c, b, z, x, rows, change);
                    slide(w[c][b], pull[c][b], o, n, change, s.rho() * tau, twice);
                }
            }
        }
    }

    /** {@code Eᵀr − p} of a row of w's component. */
    private void bendsAdjoint(int component, int b, int z, int x, Rows rows, float[] into) {
        int n = Blocks.width(ny, b);
        System.arraycopy(p[component][b], (z * nx + x) * n, rows.own, 0, n);
        for (int i = 0; i < n; i++) {
            into[i] = -rows.own[i];
        }
        for (int c = 0; c < SECOND; c++) {
            int i = AXES[c][0];
            int j = AXES[c][1];
            if (i == component || j == component) {
                add(p[FIRST + c], b, z, x, i == component ? j : i, 1, i == j ? 1f : MIXED, rows, into);
            }
        }
    }

    private static void descend(float[] u, float[] v, int o, int n, float[] change, float tau, float rho, float twice) {
        for (int i = 0; i < n; i++) {
            float old = v[o + i];
            float slope = old + twice * (change[i] - old);
            float step = Math.max(0f, u[o + i] - tau * slope);
            u[o + i] += rho * (step - u[o + i]);
            v[o + i] = change[i];
        }
    }

    private static void slide(float[] w, float[] pull, int o, int n, float[] change, float tau, float twice) {
        for (int i = 0; i < n; i++) {
            float old = pull[o + i];
            w[o + i] -= tau * (old + twice * (change[i] - old));
            pull[o + i] = change[i];
        }
    }

    @Override
    double norms(float[][][] us, int z, float[] into) {
        float[][] u = us[0];
        Rows rows = new Rows();
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            for (int x = 0; x < nx; x++) {
                slopes(u, b, z, x, rows);
                sum += length(rows.d, FIRST, n, into);
                bends(b, z, x, rows);
                sum += RATIO * length(rows.d, SECOND, n, into);
            }
        }
        return sum;
    }

    private static double length(float[][] d, int count, int n, float[] into) {
        Arrays.fill(into, 0, n, 0f);
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < n; i++) {
                into[i] += d[c][i] * d[c][i];
            }
        }
        for (int i = 0; i < n; i++) {
            into[i] = (float) Math.sqrt(into[i]);
        }
        return sum(into, n);
    }

    @Override
    double gapTerm() {
        double h = HEADROOM * steepest();
        return slabs.sum(blocks * FIRST, i -> {
            float[] slope = w[i % FIRST][i / FIRST];
            float[] rest = pull[i % FIRST][i / FIRST];
            double sum = 0;
            for (int k = 0; k < slope.length; k++) {
                sum += h * Math.abs(rest[k]) - (double) slope[k] * rest[k];
            }
            return sum;
        });
    }

    /** The largest |w|. */
    private double steepest() {
        float largest = 0;
        for (float[][] component : w) {
            for (float[] block : component) {
                for (float value : block) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        return largest;
    }

    @Override
    void scaleDual(float factor) {
        super.scaleDual(factor);
        for (float[][] component : pull) {
            for (float[] block : component) {
                for (int i = 0; i < block.length; i++) {
                    block[i] *= factor;
                }
            }
        }
    }

    @Override
    List<float[]> state() {
        List<float[]> state = super.state();
        for (float[][][] own : List.of(w, pull)) {
            for (float[][] component : own) {
                state.addAll(List.of(component));
            }
        }
        return state;
    }

    /** p and w stand between voxels, w is half as steep per voxel, and r, whose differences make p, is twice as large. */
    @Override
    void start(Penalty coarse, Volume coarseScratch, Volume scratch) {
        GeneralisedVariation from = (GeneralisedVariation) coarse;
        for (int c = 0; c < FIRST; c++) {
            Coarser.spread(from.volume(from.p[c]), volume(p[c]), c, 1f, slabs);
            Coarser.spread(from.volume(from.w[c]), volume(w[c]), c, 0.5f, slabs);
            clearOddLast(w[c]);
        }
        for (int c = FIRST; c < FIRST + SECOND; c++) {
            Coarser.spread(from.volume(from.p[c]), volume(p[c]), -1, 2f, slabs);
        }
        for (float[][] component : p) {
            clearOddLast(component);
        }
    }

    private Volume volume(float[][] component) {
        return Volume.of(nz, ny, nx, 1, component);
    }
}
