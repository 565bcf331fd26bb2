package org.hyalite.kernel;

/**
 * The hot loops, on rows of contiguous floats along the tilt axis; two twins, plain Java and the Vector API, give the
 * same bits. A row lies at {@code [offset, offset + n)} of its array. Nothing is checked and nothing is allocated here.
 *
 * <p>In the names of arguments {@code Zm}, {@code Zp}, {@code Xm}, {@code Xp} are the rows one plane or one column
 * before and after; where such a row does not exist, the caller passes one that makes the difference zero.
 */
public abstract class Kernels {
    private static final Kernels CHOSEN = choose();

    Kernels() {}

    /** The twin this machine runs: the Vector API's if its module is there, else plain Java. */
    public static Kernels get() {
        return CHOSEN;
    }

    /** The plain Java twin. */
    public static Kernels scalar() {
        return new ScalarKernels();
    }

    /** Which twin this is, and why, for the record of a study. */
    public abstract String name();

    /**
     * Sparse matrix times rows: for every r in {@code [from, to)}, the row {@code target[r]} of {@code out} (row r
     * where {@code target} is empty) becomes, or is added, {@code Σ weights[k] · in[index[k]]} over k in
     * {@code [start[r], start[r + 1])}, in this order.
     *
     * @param add keep what {@code out} holds and add to it
     */
    public abstract void rows(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            boolean add);

    /**
     * Dual step of total variation: {@code p += ρ (proj(p + σ ∇u) − p)}, where proj keeps |p|₂ ≤ bound, and ∇ are
     * forward differences.
     *
     * @param uNext the value of u after the row's last, in y
     */
    public abstract void tvDual(
            float[] u,
            int o,
            int oZp,
            int oXp,
            float uNext,
            float[] pz,
            float[] py,
            float[] px,
            int n,
            float sigma,
            float bound,
            float rho);

    /**
     * Primal step of total variation: {@code w = g + ∇ᵀp}, {@code u += ρ (max(0, u − τ (v + 2/ρ (w − v))) − u)},
     * {@code v = w}.
     *
     * @param pyPrevious the value of py before the row's first
     */
    public abstract void tvPrimal(
            float[] u,
            float[] v,
            float[] g,
            int o,
            float[] pz,
            int oZm,
            float[] py,
            float pyPrevious,
            float[] px,
            int oXm,
            int n,
            float tau,
            float rho);

    /** {@code norms[y] = |∇u|₂} along the row. */
    public abstract void tvNorm(float[] u, int o, int oZp, int oXp, float uNext, float[] norms, int n);

    /**
     * Dual step of several volumes' total variation together: {@code P += ρ (proj(P + σ [∇u₁ … ∇uₘ]) − P)}, where proj
     * keeps each voxel's 3 × m matrix within the bound: its Frobenius norm, or, for the nuclear norm of the gradients, its
     * largest singular value.
     *
     * @param u by volume
     * @param uNext by volume, the value of u after the row's last, in y
     * @param p by volume and axis: z, y, x of the first, then of the second
     */
    public abstract void coupledDual(
            float[][] u,
            int o,
            int oZp,
            int oXp,
            float[] uNext,
            float[][] p,
            int n,
            float sigma,
            float bound,
            float rho,
            boolean nuclear);

    /** Σ over a row of the norm of the matrix of gradients. */
    public final double coupledNorm(float[][] u, int o, int oZp, int oXp, float[] uNext, int n, boolean nuclear) {
        return CoupledRows.norm(u, o, oZp, oXp, uNext, n, nuclear);
    }

    /**
     * Dual step of second-order total variation with the symmetrised Hessian (zz, yy, xx, √2 zy, √2 zx, √2 yx).
     *
     * @param rows offsets of the first row's neighbours in u: centre, Zm, Zp, Xm, Xp, ZmXp, ZpXm
     * @param count so many rows that follow one another, by n floats each
     * @param p the six components; those of the row at o stand in {@code p[c]} at {@code o + c shift}
     * @param ends by row, values beside it: centre before and after, Zm after, Zp before, Xm after, Xp before
     * @param inner 1 where y has both neighbours, else 0; looked at only at a row's ends
     * @param sigmas steps of zz, xx and zx: zero where the stencil leaves the grid; then σ for yy, then zy and yx
     */
    public abstract void tv2Dual(
            float[] u,
            int[] rows,
            int count,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            float[] sigmas,
            float bound,
            float rho);

    /**
     * Primal step of second-order total variation, like {@link #tvPrimal} with the Hessian's adjoint.
     *
     * @param ends by row, values beside it: yy before, after; zy before, after, Zm after, Zp before; yx before, after,
     *     Xm after, Xp before
     * @param taus steps by row, the first row's at {@code tau}
     */
    public abstract void tv2Primal(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            int count,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            float[] taus,
            int tau,
            float rho);

    /** {@code norms[y] = |∇²u|_F}; {@code sigmas} are 1 or 0 here. */
    public abstract void tv2Norm(
            float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas);

    /**
     * Fused multiply-adds that touch no memory beyond the first-level cache, for the machine's limit.
     *
     * @return something that depends on all of them
     */
    public abstract float multiplyAdds(int rounds);

    /** How many fused multiply-adds a round of {@link #multiplyAdds} has. */
    public abstract int multiplyAddsPerRound();

    private static Kernels choose() {
        String missing = "scalar: the module jdk.incubator.vector is not there (start Java with"
                + " --add-modules jdk.incubator.vector)";
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new ScalarKernels(missing);
        }
        try {
            return (Kernels) Class.forName("org.hyalite.kernel.VectorKernels")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return new ScalarKernels("scalar: the Vector API's twin could not be loaded: " + e);
        }
    }
}
