package org.hyalite.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.grid.Volume;

/**
 * Where a particle ends in a reconstructed volume: the threshold of Collins et al. (2019), APL Mater. 7, 091111, found
 * from how the volume above a threshold changes with it, and held against the half-way level.
 *
 * <p>The vacuum's and the particle's grey level are found first. Then, over 100 steps from above the vacuum's level to
 * the particle's, {@code ΔV = V(T_k) − V(T_k+1)} is fitted, down to the valley between the two, with an edge-spread
 * function ({@link Sigmoid}), whose steepest point is {@code T₀}. {@code T₀} is used if the fit explains 90 % of the
 * curve, {@code T₀} lies within it, and the volume above it is within 3 % of the volume above the half-way level;
 * else the half-way level is. In a particle of several levels half-way means to the lowest.
 */
public final class EdgeSpreadFit {
    /** Which threshold was used. */
    public enum Choice {
        /** {@code T₀}, the steepest point of the edge-spread function. */
        STEEPEST_POINT,
        /** Half-way between the vacuum's and the particle's level. */
        HALF_WAY
    }

    /**
     * The curves over the threshold, one entry for each of the 100 steps; the arrays are the record's own.
     *
     * @param threshold {@code T}, the middle of the step, grey value
     * @param volumeNm3 {@code V(T)} above the step's lower end, nm³
     * @param deltaNm3 {@code ΔV} of the step, nm³
     * @param meanThicknessNm mean thickness above the step's lower end over those pixels of the projection along z
     *     that the particle covers at the half-way level, nm
     */
    public record Curve(double[] threshold, double[] volumeNm3, double[] deltaNm3, double[] meanThicknessNm) {}

    /** Steps of the threshold. */
    public static final int STEPS = 100;

    private static final double LARGEST_DIFFERENCE = 0.03;
    private static final double LEAST_EXPLAINED = 0.9;

    private final double vacuumLevel;
    private final List<Double> particleLevels;
    private final double particleLevel;
    private final double otsu;
    private final double halfWay;
    private final Optional<Sigmoid> sigmoid;
    private final Curve curve;
    private final Choice choice;
    private final String reason;
    private final double volumeHalfWayNm3;
    private final double volumeOtsuNm3;
    private final Optional<Double> volumeSteepestNm3;
    private final double thresholdRelativeSd;

    private EdgeSpreadFit(Volume volume, GreyLevels levels) {
        vacuumLevel = levels.vacuum();
        particleLevels = levels.levels();
        particleLevel = levels.main();
        otsu = levels.otsu();
        halfWay = levels.halfWay();
        double top = particleLevels.get(0);
        double step = (top - vacuumLevel) / (STEPS + 1);
        curve = curve(volume, vacuumLevel + step, step, halfWay);
        int valley = valley(curve.deltaNm3);
        sigmoid = Sigmoid.fit(Arrays.copyOf(curve.threshold, valley + 1), Arrays.copyOf(curve.deltaNm3, valley + 1));
        volumeHalfWayNm3 = volumeAbove(volume, halfWay);
        volumeOtsuNm3 = volumeAbove(volume, otsu);
        volumeSteepestNm3 = sigmoid.map(s -> volumeAbove(volume, s.centre()));
        double tenth = 0.1 * (top - vacuumLevel);
        thresholdRelativeSd = Math.abs(volumeAbove(volume, halfWay - tenth) - volumeAbove(volume, halfWay + tenth))
                / (2 * volumeHalfWayNm3);
        reason = judge(valley);
        choice = reason.isEmpty() ? Choice.STEEPEST_POINT : Choice.HALF_WAY;
    }

    /**
     * Finds the threshold of a volume.
     *
     * @param volume the particle, brighter than the vacuum around it, any unit
     * @throws IllegalArgumentException if the volume is constant, holds a voxel that is no finite number, or if no
     *     particle stands out of it
     */
    public static EdgeSpreadFit fit(Volume volume) {
        return new EdgeSpreadFit(volume, GreyLevels.of(volume));
    }

    /**
     * Otsu's threshold alone, for a volume in which no particle stands out; empty if every voxel is the same.
     *
     * @throws IllegalArgumentException if a voxel is no finite number
     */
    public static OptionalDouble otsu(Volume volume) {
        float[] values = GreyLevels.sorted(volume);
        return values[0] < values[values.length - 1]
                ? OptionalDouble.of(Otsu.threshold(values))
                : OptionalDouble.empty();
    }

    private String judge(int valley) {
        if (sigmoid.isEmpty()) {
            return "the curve is no sigmoid";
        }
        Sigmoid s = sigmoid.get();
        if (s.rSquared() < LEAST_EXPLAINED) {
            return String.format(Locale.ROOT, "the curve is no sigmoid: the fit explains %.2f of it", s.rSquared());
        }
        if (s.centre() < curve.threshold[0] || s.centre() > curve.threshold[valley]) {
            return String.format(
                    Locale.ROOT,
                    "the steepest point %.4g lies outside of the flank %.4g … %.4g",
                    s.centre(),
                    curve.threshold[0],
                    curve.threshold[valley]);
        }
        double ratio = volumeSteepestNm3.orElse(0.0) / volumeHalfWayNm3;
        if (!(Math.abs(ratio - 1) <= LARGEST_DIFFERENCE)) {
            return String.format(
                    Locale.ROOT, "the volume above the steepest point is %.3f of that above the half-way level", ratio);
        }
        return "";
    }

    /** The threshold to use, in the volume's unit: a voxel above it is inside. */
    public double threshold() {
        return choice == Choice.STEEPEST_POINT ? sigmoid.orElseThrow().centre() : halfWay;
    }

    /** Which threshold {@link #threshold()} is. */
    public Choice choice() {
        return choice;
    }

    /** Why, in words. */
    public String reason() {
        return choice == Choice.STEEPEST_POINT
                ? "the volume above the steepest point is within 3 % of that above the half-way level"
                : reason;
    }

    /** The vacuum's grey value. */
    public double vacuumLevel() {
        return vacuumLevel;
    }

    /** The grey value that most of the particle has. */
    public double particleLevel() {
        return particleLevel;
    }

    /** Every grey level of the particle, ascending; more than one if it has phases of different densities. */
    public List<Double> particleLevels() {
        return particleLevels;
    }

    /** Half-way between the vacuum's level and the particle's lowest. */
    public double halfWayThreshold() {
        return halfWay;
    }

    /** Otsu's threshold, for comparison. */
    public double otsuThreshold() {
        return otsu;
    }

    /** The fitted edge-spread function, if there is one; its centre is {@code T₀}. */
    public Optional<Sigmoid> sigmoid() {
        return sigmoid;
    }

    /** The curves over the threshold. */
    public Curve curve() {
        return curve;
    }

    /** Volume above the half-way level, nm³. */
    public double volumeHalfWayNm3() {
        return volumeHalfWayNm3;
    }

    /** Volume above Otsu's threshold, nm³. */
    public double volumeOtsuNm3() {
        return volumeOtsuNm3;
    }

    /** Volume above {@code T₀}, nm³, if there is a {@code T₀}. */
    public Optional<Double> volumeSteepestNm3() {
        return volumeSteepestNm3;
    }

    /**
     * How much the choice of a threshold matters: half the relative difference of the volumes at 40 % and 60 % of the
     * way from vacuum to particle. For the budget of a cross section.
     */
    public double thresholdRelativeSd() {
        return thresholdRelativeSd;
    }

    /** The volume above a threshold, nm³. */
    static double volumeAbove(Volume volume, double threshold) {
        long count = 0;
        for (float[] block : volume.blocks()) {
            for (float v : block) {
                if (v > threshold) {
                    count++;
                }
            }
        }
        return count * volume.voxelNm3();
    }

    private static Curve curve(Volume volume, double first, double step, double halfWay) {
        long[] within = new long[STEPS];
        long[] withinFootprint = new long[STEPS];
        long above = 0;
        long aboveFootprint = 0;
        int pixels = 0;
        for (int y = 0; y < volume.ny(); y++) {
            for (int x = 0; x < volume.nx(); x++) {
                boolean covered = false;
                for (int z = 0; z < volume.nz() && !covered; z++) {
                    covered = volume.at(z, y, x) > halfWay;
                }
                pixels += covered ? 1 : 0;
                for (int z = 0; z < volume.nz(); z++) {
                    double place = (volume.at(z, y, x) - first) / step;
                    if (place >= STEPS) {
                        above++;
                        aboveFootprint += covered ? 1 : 0;
                    } else if (place > 0) {
                        within[(int) place]++;
                        withinFootprint[(int) place] += covered ? 1 : 0;
                    }
                }
            }
        }
        double[] t = new double[STEPS];
        double[] v = new double[STEPS];
        double[] delta = new double[STEPS];
        double[] thickness = new double[STEPS];
        for (int k = STEPS - 1; k >= 0; k--) {
            above += within[k];
            aboveFootprint += withinFootprint[k];
            t[k] = first + (k + 0.5) * step;
            v[k] = above * volume.voxelNm3();
            delta[k] = within[k] * volume.voxelNm3();
            thickness[k] = pixels == 0 ? 0 : aboveFootprint * volume.voxelNm() / pixels;
        }
        return new Curve(t, v, delta, thickness);
    }

    /** Where the mean of five neighbouring steps is least. */
    static int valley(double[] delta) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < delta.length; k++) {
            int from = Math.max(0, k - 2);
            int to = Math.min(delta.length - 1, k + 2);
            double mean = 0;
            for (int i = from; i <= to; i++) {
                mean += delta[i] / (to - from + 1);
            }
            if (mean < least) {
                least = mean;
                best = k;
            }
        }
        return best;
    }
}
