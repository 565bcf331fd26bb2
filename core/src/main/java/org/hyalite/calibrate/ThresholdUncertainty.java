package org.hyalite.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/**
 * How well a threshold is known, and what hangs on it. The volume is cut into cubes, at least four voxels and a twelfth of the
 * volume wide, so that most of what neighbours share stays together; cubes are drawn with replacement (block bootstrap, Künsch
 * 1989, Ann. Statist. 17, 1217), and from each draw the threshold is found again: T₀ from its ΔV curve where the fit took that,
 * else half-way between the draw's levels of vacuum and particle. The draws are named by the seed.
 *
 * <p>Beside that, the particle's volume is counted in two ways that hold the truth between them: by partial volumes near its
 * surface ({@link ThicknessMap#ofPartialVolumes}), which miss what noise and the missing wedge have carried further away, and
 * as all grey value above the vacuum's over the particle's, which counts every haze too. A truth anywhere between the two has
 * the standard deviation {@code difference/√12}.
 *
 * @param low 2.5th percentile of the draws' thresholds, in the volume's unit
 * @param high 97.5th percentile
 * @param sd their standard deviation
 * @param sigmoids share of the draws whose ΔV curve is a sigmoid with its steepest point on the flank
 * @param volumePerThreshold {@code dV/dT / V} at the threshold: relative change of the volume above it, per unit of T; negative
 * @param volumeRelativeSd relative standard deviation of the volume above the threshold by that of T
 * @param thicknessRelativeSd the same of the thickness by partial volumes, which moves less
 * @param surfaceRelativeSd relative standard deviation of the thickness by what lies near and far from the surface
 * @param alarms what a user must look at: no sigmoid, two modes
 */
public record ThresholdUncertainty(
        double low,
        double high,
        double sd,
        double sigmoids,
        double volumePerThreshold,
        double volumeRelativeSd,
        double thicknessRelativeSd,
        double surfaceRelativeSd,
        List<String> alarms) {
    private static final int DRAWS = 200;
    private static final int SEVERAL = 10;
    private static final int LEAST_EDGE = 4;
    private static final int CUBES_ALONG = 12;

    /** Of the contrast: how far the threshold is moved to see what moves with it. */
    private static final double STEP = 0.05;

    /** A second mode of the curve holds this share of the particle … */
    private static final double LEAST_SHARE = 0.05;

    /** … and stands out of the curve on both of its sides by this factor. */
    private static final double STANDS_OUT = 2;

    private static final double LEAST_EXPLAINED = 0.9;

    public ThresholdUncertainty {
        alarms = List.copyOf(alarms);
    }

    /**
     * Estimates.
     *
     * @param fit of this volume
     */
    public static ThresholdUncertainty of(Volume volume, EdgeSpreadFit fit, long seed) {
        Cubes cubes = new Cubes(volume, fit);
        SplittableRandom random = new SplittableRandom(seed);
        double[] thresholds = new double[DRAWS];
        boolean steepest = fit.choice() == EdgeSpreadFit.Choice.STEEPEST_POINT;
        int sigmoids = 0;
        int fitted = 0;
        int drawn = 0;
        for (int d = 0; d < DRAWS; d++) {
            int[] times = new int[cubes.count()];
            for (int i = 0; i < times.length; i++) {
                times[random.nextInt(times.length)]++;
            }
            // where no sigmoid is used, some are fitted to tell how often there is one
            boolean curve = steepest || d % SEVERAL == 0;
            Optional<Sigmoid> sigmoid = curve ? cubes.sigmoid(times) : Optional.empty();
            sigmoids += sigmoid.isPresent() ? 1 : 0;
            fitted += curve ? 1 : 0;
            double found = steepest
                    ? sigmoid.map(Sigmoid::centre).orElse(Double.NaN)
                    : cubes.halfWay(times);
            if (Double.isFinite(found)) {
                thresholds[drawn++] = found;
            }
        }
        double[] sorted = Arrays.copyOf(thresholds, drawn);
        Arrays.sort(sorted);
        double share = (double) sigmoids / fitted;
        double sd = sd(sorted);
        double contrast = fit.particleLevel() - fit.vacuumLevel();
        double t = fit.threshold();
        double step = STEP * contrast;
        double middle = EdgeSpreadFit.volumeAbove(volume, t);
        double slope = middle > 0
                ? (EdgeSpreadFit.volumeAbove(volume, t + step) - EdgeSpreadFit.volumeAbove(volume, t - step))
                        / (2 * step * middle)
                : 0;
        double partial = total(ThicknessMap.ofPartialVolumes(volume, fit));
        double thicknessSlope = partial > 0
                ? (total(ThicknessMap.ofPartialVolumes(volume, fit, t + step))
                                - total(ThicknessMap.ofPartialVolumes(volume, fit, t - step)))
                        / (2 * step * partial)
                : 0;
        double everything = everything(volume, fit) / (volume.voxelNm() * volume.voxelNm());
        double surface = partial > 0 ? Math.abs(everything - partial) / partial / Math.sqrt(12) : 0;
        return new ThresholdUncertainty(
                drawn == 0 ? t : sorted[(int) (0.025 * (drawn - 1))],
                drawn == 0 ? t : sorted[(int) Math.ceil(0.975 * (drawn - 1))],
                sd,
                share,
                slope,
                Math.abs(slope) * sd,
                Math.abs(thicknessSlope) * sd,
                surface,
                alarms(fit, share, volume.voxelNm3()));
    }

    private static List<String> alarms(EdgeSpreadFit fit, double share, double voxelNm3) {
        List<String> alarms = new ArrayList<>();
        if (fit.choice() == EdgeSpreadFit.Choice.HALF_WAY) {
            alarms.add("no edge-spread function describes the curve: " + fit.reason());
        } else if (share < LEAST_EXPLAINED) {
            alarms.add(String.format(
                    Locale.ROOT, "only %.0f %% of the resampled curves are sigmoids", 100 * share));
        }
        if (fit.particleLevels().size() > 1) {
            alarms.add("the particle has " + fit.particleLevels().size() + " grey levels: "
                    + fit.particleLevels().stream()
                            .map(l -> String.format(Locale.ROOT, "%.4g", l))
                            .toList());
        }
        secondMode(fit.curve().deltaNm3(), fit.volumeHalfWayNm3(), voxelNm3)
                .ifPresent(k -> alarms.add(String.format(
                        Locale.ROOT,
                        "the curve has a second mode at %.4g, between vacuum and particle: a film, another material or haze",
                        fit.curve().threshold()[k])));
        return alarms;
    }

    /** Where the curve, smoothed over five steps, has a hill between its falling and its rising end; empty if nowhere. */
    static Optional<Integer> secondMode(double[] delta, double volumeNm3, double voxelNm3) {
        int n = delta.length;
        double[] smooth = new double[n];
        for (int k = 0; k < n; k++) {
            int from = Math.max(0, k - 2);
            int to = Math.min(n - 1, k + 2);
            for (int i = from; i <= to; i++) {
                smooth[k] += delta[i] / (to - from + 1);
            }
        }
        for (int k = 3; k < n - 3; k++) {
            if (smooth[k] < smooth[k - 1] || smooth[k] <= smooth[k + 1]) {
                continue;
            }
            int left = k;
            double before = smooth[k];
            for (int i = k; i >= 0 && smooth[i] <= smooth[k]; i--) {
                left = smooth[i] < before ? i : left;
                before = Math.min(before, smooth[i]);
            }
            int right = k;
            double after = smooth[k];
            for (int i = k; i < n && smooth[i] <= smooth[k]; i++) {
                right = smooth[i] < after ? i : right;
                after = Math.min(after, smooth[i]);
            }
            double mass = 0;
            for (int i = left; i <= right; i++) {
                mass += Math.max(0, delta[i] - Math.max(before, after));
            }
            // voxels are counted: five standard deviations of the saddle's own
            double noise = 5 * Math.sqrt(Math.max(before, after) * voxelNm3 / 5);
            boolean stands = smooth[k] > STANDS_OUT * Math.max(before, after)
                    && smooth[k] - Math.max(before, after) > noise;
            if (stands && mass > LEAST_SHARE * volumeNm3) {
                return Optional.of(k);
            }
        }
        return Optional.empty();
    }

    private static double total(Image thickness) {
        double sum = 0;
        for (float v : thickness.values()) {
            sum += v;
        }
        return sum;
    }

    /** All that is brighter than the vacuum, as if it were particle, nm³. */
    private static double everything(Volume volume, EdgeSpreadFit fit) {
        double sum = 0;
        for (float[] block : volume.blocks()) {
            for (float v : block) {
                sum += v - fit.vacuumLevel();
            }
        }
        return sum / (fit.particleLevel() - fit.vacuumLevel()) * volume.voxelNm3();
    }

    private static double sd(double... values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return values.length < 2 ? 0 : Math.sqrt(sum / (values.length - 1));
    }

    /** What every cube adds to the curve and to the levels. */
    private static final class Cubes {
        private final EdgeSpreadFit fit;
        private final int[][] steps;
        private final double[] vacuum;
        private final long[] vacuumVoxels;
        private final double[] core;
        private final long[] coreVoxels;
        private final double meanVacuum;
        private final double meanCore;

        Cubes(Volume volume, EdgeSpreadFit fit) {
            this.fit = fit;
            int least = Math.min(volume.nz(), Math.min(volume.ny(), volume.nx()));
            int edge = Math.max(LEAST_EDGE, (least + CUBES_ALONG - 1) / CUBES_ALONG);
            int alongY = (volume.ny() + edge - 1) / edge;
            int alongX = (volume.nx() + edge - 1) / edge;
            int count = (volume.nz() + edge - 1) / edge * alongY * alongX;
            steps = new int[count][EdgeSpreadFit.STEPS];
            vacuum = new double[count];
            vacuumVoxels = new long[count];
            core = new double[count];
            coreVoxels = new long[count];
            double first = fit.curve().threshold()[0];
            double step = fit.curve().threshold()[1] - first;
            double nearVacuum = fit.vacuumLevel() + STEP * (fit.particleLevel() - fit.vacuumLevel());
            double lowest = fit.particleLevels().get(0);
            double upTo = fit.particleLevels().size() > 1
                    ? (lowest + fit.particleLevels().get(1)) / 2
                    : Double.POSITIVE_INFINITY;
            VolumeMask inside = VolumeMask.above(volume, fit.threshold());
            VolumeMask deep = inside.closed().eroded(2);
            VolumeMask held = deep.count() > 0 ? deep : inside;
            for (int z = 0; z < volume.nz(); z++) {
                for (int y = 0; y < volume.ny(); y++) {
                    for (int x = 0; x < volume.nx(); x++) {
                        int cube = (z / edge * alongY + y / edge) * alongX + x / edge;
                        double v = volume.at(z, y, x);
                        double place = (v - first) / step + 0.5;
                        if (place >= 0 && place < EdgeSpreadFit.STEPS) {
                            steps[cube][(int) place]++;
                        }
                        if (v < nearVacuum) {
                            vacuum[cube] += v;
                            vacuumVoxels[cube]++;
                        } else if (held.contains(z, y, x) && v < upTo) {
                            core[cube] += v;
                            coreVoxels[cube]++;
                        }
                    }
                }
            }
            int[] once = new int[count];
            Arrays.fill(once, 1);
            meanVacuum = mean(vacuum, vacuumVoxels, once);
            meanCore = mean(core, coreVoxels, once);
        }

        int count() {
            return steps.length;
        }

        private static double mean(double[] sums, long[] voxels, int[] times) {
            double sum = 0;
            double n = 0;
            for (int c = 0; c < sums.length; c++) {
                sum += times[c] * sums[c];
                n += (double) times[c] * voxels[c];
            }
            return n > 0 ? sum / n : Double.NaN;
        }

        /** The levels move as the means of the voxels near them do. */
        double halfWay(int... times) {
            double empty = mean(vacuum, vacuumVoxels, times) - meanVacuum;
            double full = mean(core, coreVoxels, times) - meanCore;
            double moved = (Double.isNaN(empty) ? 0 : empty) + full;
            return fit.halfWayThreshold() + moved / 2;
        }

        Optional<Sigmoid> sigmoid(int... times) {
            double[] delta = new double[EdgeSpreadFit.STEPS];
            for (int c = 0; c < steps.length; c++) {
                for (int k = 0; k < delta.length && times[c] > 0; k++) {
                    delta[k] += (double) times[c] * steps[c][k];
                }
            }
            int valley = EdgeSpreadFit.valley(delta);
            double[] t = Arrays.copyOf(fit.curve().threshold(), valley + 1);
            return Sigmoid.fit(t, Arrays.copyOf(delta, valley + 1))
                    .filter(s -> s.rSquared() >= LEAST_EXPLAINED && s.centre() >= t[0] && s.centre() <= t[valley]);
        }
    }
}
