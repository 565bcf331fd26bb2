package org.hyalite.tomo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/**
 * One part of a reconstruction by itself, for who measures it: a cube of {@code size³} voxels, tilts evenly from −70° to
 * 70°. It counts its own arithmetic and the bytes that must move, so that times can be held against a machine's limits.
 */
public final class Workload {
    /** What is measured. */
    public enum Part {
        FORWARD,
        BACK,
        /** A whole penalty sweep: dual and primal update. */
        TV,
        TV2,
        /** A whole iteration, the gap's evaluation shared over its interval. */
        ITERATION_TV,
        ITERATION_TV2;

        /** As in tables: {@code iteration-tv2}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether there are images. */
        public boolean projects() {
            return this != TV && this != TV2;
        }

        private boolean iterates() {
            return this == ITERATION_TV || this == ITERATION_TV2;
        }

        /** Iterations that one number of {@link Workload#seconds} is the mean of. */
        public int perRun() {
            return iterates() ? PrimalDual.EVERY : 1;
        }

        private boolean second() {
            return this == TV2 || this == ITERATION_TV2;
        }

        private Regulariser regulariser() {
            return second() ? new Regulariser.Tv2() : new Regulariser.Tv();
        }
    }

    private static final double SPAN_DEG = 140;
    /** Bytes per voxel of a sweep: u and v are read and written, g read, each of 3 (6) dual components read and written. */
    private static final double TV_BYTES = 44;

    private static final double TV2_BYTES = 68;
    /** Floating-point operations per voxel of a sweep, as the loops stand; a fused multiply-add is two. */
    private static final double TV_FLOP = 44;

    private static final double TV2_FLOP = 114;
    /** q is read and written, Ax and the data are read. */
    private static final double DATA_BYTES = 16;
    /** Index and weight, both of four bytes. */
    private static final double MATRIX_BYTES = 8;

    private final Part part;
    private final Projector projector;
    private final Runnable once;
    private final long voxels;
    private final long pixels;
    private int sweeps;

    private Workload(Part part, Projector projector) {
        this.part = part;
        this.projector = projector;
        this.voxels = (long) projector.nz() * projector.ny() * projector.nx();
        this.pixels = (long) projector.geometry().count() * projector.ny() * projector.nx();
        this.once = switch (part) {
            case FORWARD, BACK -> projection();
            case TV, TV2 -> sweep();
            case ITERATION_TV, ITERATION_TV2 -> () -> iterate(1, 0);
        };
    }

    /**
     * Prepares a part.
     *
     * @param size voxels along each edge
     * @param tilts number of images
     */
    public static Workload of(Part part, int size, int tilts, Slabs slabs, Kernels kernels) {
        double[] angles = new double[part.projects() ? tilts : 1];
        for (int t = 0; t < angles.length; t++) {
            angles[t] = angles.length == 1 ? 0 : SPAN_DEG * t / (angles.length - 1) - SPAN_DEG / 2;
        }
        return new Workload(part, Projector.of(TiltGeometry.of(angles), size, size, size, 1, slabs, kernels));
    }

    /** Bytes of memory that {@link #of} takes, from above. */
    public static long forecastBytes(Part part, int size, int tilts) {
        long volume = 4L * size * size * size;
        long series = 4L * tilts * size * size;
        int volumes = part.projects() && !part.iterates() ? 1 : part.second() ? 9 : 6;
        return volumes * volume + (part.projects() ? 4 * series + SliceMatrix.forecastBytes(size, size, tilts) : 0);
    }

    /** Does it once; of an iteration: ten of them and one projection more. */
    public void once() {
        once.run();
    }

    /**
     * Does it again and again, and returns the time of each, s; of an iteration: the mean of the ten between one
     * evaluation of the gap and the next.
     *
     * @param warm how often before the clock runs
     * @param times how often with the clock running
     */
    public double[] seconds(int warm, int times) {
        if (part.iterates()) {
            long[] at = iterate(warm + times + 1, warm);
            double[] seconds = new double[times];
            for (int i = 0; i < times; i++) {
                seconds[i] = (at[i + 1] - at[i]) * 1e-9 / PrimalDual.EVERY;
            }
            return seconds;
        }
        for (int i = 0; i < warm; i++) {
            once();
        }
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            once();
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        return seconds;
    }

    /** Floating-point operations of the projections alone. */
    public double projectionFlop() {
        double one = 2.0 * projector.matrix().voxelRay.length * projector.ny();
        return part.iterates() ? 2 * one : part.projects() ? one : 0;
    }

    /** Bytes that the penalty's sweep must move: 44 per voxel for TV, 68 for TV². */
    public double sweepBytes() {
        return part == Part.FORWARD || part == Part.BACK ? 0 : voxels * (part.second() ? TV2_BYTES : TV_BYTES);
    }

    /** All floating-point operations. */
    public double flop() {
        return projectionFlop()
                + (part == Part.FORWARD || part == Part.BACK ? 0 : voxels * (part.second() ? TV2_FLOP : TV_FLOP));
    }

    /** All bytes that must move: volume, series and matrix once per projection, and the sweep's. */
    public double bytes() {
        double one = 4.0 * (voxels + pixels) + MATRIX_BYTES * projector.matrix().voxelRay.length;
        double projections = part.iterates() ? 2 * one + DATA_BYTES * pixels : part.projects() ? one : 0;
        return projections + sweepBytes();
    }

    private Volume volume() {
        return Volume.zeros(projector.nz(), projector.ny(), projector.nx(), projector.pixelNm());
    }

    private Runnable projection() {
        Volume volume = volume();
        fill(volume.blocks(), 1, 0);
        TiltSeries images = projector.forward(volume);
        return part == Part.FORWARD ? () -> projector.forward(volume, images) : () -> projector.back(images, volume);
    }

    private Runnable sweep() {
        Penalty penalty = Penalty.of(part.regulariser(), projector, 1);
        Volume u = volume();
        Volume v = volume();
        Volume g = volume();
        fill(u.blocks(), 1, 0);
        fill(g.blocks(), 2, -0.5f);
        float[] tau = new float[projector.nz() * projector.nx()];
        // so short that u stays what it is: neither overflow nor numbers too small to be normal
        Arrays.fill(tau, 1e-6f);
        Penalty.Sweep relaxed = Penalty.Sweep.single(u.blocks(), v.blocks(), g.blocks(), tau, 0.1f, 0.3f, 1.7f);
        Penalty.Sweep plain = Penalty.Sweep.single(u.blocks(), v.blocks(), g.blocks(), tau, 0.1f, 0.3f, 1f);
        return () -> penalty.sweep(++sweeps % PrimalDual.EVERY == 0 ? plain : relaxed);
    }

    private static void fill(float[][] blocks, long seed, float least) {
        Random random = new Random(seed);
        float[] some = new float[4093];
        for (int i = 0; i < some.length; i++) {
            some[i] = least + random.nextFloat();
        }
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                block[i] = some[i % some.length];
            }
        }
    }

    /** Reconstructs the images of a ball; returns when each interval from {@code from} on ended, ns. */
    private long[] iterate(int intervals, int from) {
        Volume ball = volume();
        int n = projector.nx();
        double middle = (n - 1) / 2.0;
        for (int b = 0; b < ball.blocks().length; b++) {
            int width = Blocks.width(n, b);
            for (int i = 0; i < ball.blocks()[b].length; i++) {
                double y = b * Blocks.WIDTH + i % width - middle;
                double x = i / width % n - middle;
                double z = i / width / n - middle;
                ball.blocks()[b][i] = x * x + y * y + z * z < n * n / 9.0 ? 5 : 0;
            }
        }
        DataFit fit = DataFit.leastSquares(projector.forward(ball), projector.slabs());
        PrimalDual solver = PrimalDual.of(projector, Terms.single(fit), part.regulariser(), PrimalDual.Steps.USUAL);
        solver.weight(1e-2 * solver.scale());
        long[] ends = new long[intervals];
        int[] count = {0};
        Progress clock = new Progress() {
            @Override
            public void report(String task, double fraction) {
                ends[count[0]++] = System.nanoTime();
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        // a gap that no iteration with floats reaches
        solver.solve(Double.MIN_NORMAL, intervals * PrimalDual.EVERY, clock, part.label());
        return Arrays.copyOfRange(ends, from, intervals);
    }
}
