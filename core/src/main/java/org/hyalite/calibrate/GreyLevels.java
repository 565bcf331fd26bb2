package org.hyalite.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/**
 * The grey levels of a volume that holds a particle in vacuum. The vacuum's is the middle of the shortest interval that
 * holds an eighth of the voxels below the threshold; the particle's are the modes of its core, the voxels that lie at
 * least two (or one) below its surface, so that voxels the surface cuts do not pull them down. Threshold and levels are
 * found in turn until they agree, beginning at Otsu's threshold.
 */
final class GreyLevels {
    private static final int ROUNDS = 8;
    private static final int FEWEST_CORE_VOXELS = 64;
    private static final int DEEPEST = 2;

    /** A mode of the core counts if it holds this share of it … */
    private static final double LEAST_SHARE = 0.1;

    /** … and if the density of grey values falls below this share of its height towards a higher mode. */
    private static final double DEEPEST_SADDLE = 0.75;

    /** Vacuum and particle must differ by this many times the vacuum's spread. */
    private static final double LEAST_CONTRAST = 3;

    private final double vacuum;
    private final List<Double> levels;
    private final double main;
    private final double otsu;

    private GreyLevels(double vacuum, List<Double> levels, double main, double otsu) {
        this.vacuum = vacuum;
        this.levels = levels;
        this.main = main;
        this.otsu = otsu;
    }

    static GreyLevels of(Volume volume) {
        float[] values = sorted(volume);
        float low = values[0];
        float high = values[values.length - 1];
        if (!(high > low)) {
            throw new IllegalArgumentException(
                    "every voxel of the volume is " + low + ": there is no particle to tell from vacuum");
        }
        double otsu = Otsu.threshold(values);
        double threshold = otsu;
        GreyLevels found = null;
        for (int round = 0; round < ROUNDS; round++) {
            found = at(volume, values, threshold, otsu);
            double next = found.halfWay();
            if (Math.abs(next - threshold) <= 1e-3 * (found.main - found.vacuum)) {
                return found;
            }
            threshold = next;
        }
        return Objects.requireNonNull(found);
    }

    private static GreyLevels at(Volume volume, float[] sorted, double threshold, double otsu) {
        int above = above(sorted, threshold);
        int below = sorted.length - above;
        if (below == 0 || above == 0) {
            throw new IllegalArgumentException("no threshold divides the volume: " + (below == 0 ? "all" : "none")
                    + " of its voxels lie above " + threshold);
        }
        double vacuum = shortestEighth(sorted, below);
        double spread = spreadBelow(sorted, below, vacuum);
        float[] core = core(volume, threshold);
        Modes modes = Modes.of(core, vacuum);
        double lowest = modes.levels.get(0);
        if (!(lowest - vacuum > LEAST_CONTRAST * spread)) {
            throw new IllegalArgumentException("no particle stands out of the volume: its level " + lowest
                    + " lies within " + LEAST_CONTRAST + " times the spread " + spread + " of the vacuum at " + vacuum);
        }
        return new GreyLevels(vacuum, modes.levels, modes.main, otsu);
    }

    /** The vacuum's grey value. */
    double vacuum() {
        return vacuum;
    }

    /** The modes inside the particle, ascending; at least one. */
    List<Double> levels() {
        return levels;
    }

    /** The highest mode: the level that most of the particle has. */
    double main() {
        return main;
    }

    double otsu() {
        return otsu;
    }

    /** Half-way between the vacuum and the lowest mode inside: no phase of the particle is lost. */
    double halfWay() {
        return (vacuum + levels.get(0)) / 2;
    }

    /** Every grey value, ascending; refuses what is no finite number. */
    static float[] sorted(Volume volume) {
        float[] values = new float[Math.toIntExact(volume.size())];
        int at = 0;
        for (float[] block : volume.blocks()) {
            System.arraycopy(block, 0, values, at, block.length);
            at += block.length;
        }
        Arrays.sort(values);
        // NaN sorts to the end, infinities to either
        if (!Float.isFinite(values[0]) || !Float.isFinite(values[values.length - 1])) {
            throw new IllegalArgumentException("the volume holds voxels that are not finite numbers");
        }
        return values;
    }

    private static int above(float[] sorted, double threshold) {
        int lo = 0;
        int hi = sorted.length;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if (sorted[mid] > threshold) {
                hi = mid;
            } else {
                lo = mid + 1;
            }
        }
        return sorted.length - lo;
    }

    /** Mean of the shortest interval that holds an eighth of the first {@code count} values. */
    private static double shortestEighth(float[] sorted, int count) {
        int span = Math.max(1, count / 8);
        int best = 0;
        for (int i = 0; i + span <= count; i++) {
            if (sorted[i + span - 1] - sorted[i] < sorted[best + span - 1] - sorted[best]) {
                best = i;
            }
        }
        double sum = 0;
        for (int i = best; i < best + span; i++) {
            sum += sorted[i];
        }
        return sum / span;
    }

    /** Standard deviation of the vacuum from the voxels below its mode, which no particle disturbs. */
    private static double spreadBelow(float[] sorted, int count, double vacuum) {
        double sum = 0;
        int n = 0;
        while (n < count && sorted[n] < vacuum) {
            sum += (sorted[n] - vacuum) * (sorted[n] - vacuum);
            n++;
        }
        return n == 0 ? 0 : Math.sqrt(sum / n);
    }

    /** Grey values of the core, each the mean over a voxel and its neighbours, ascending; noise leaves pinholes, which are closed. */
    private static float[] core(Volume volume, double threshold) {
        VolumeMask inside = VolumeMask.above(volume, threshold);
        VolumeMask closed = inside.closed();
        for (int depth = DEEPEST; depth > 0; depth--) {
            VolumeMask core = closed.eroded(depth);
            if (core.count() >= FEWEST_CORE_VOXELS) {
                return values(volume, core, 1);
            }
        }
        return values(volume, inside, 0);
    }

    private static float[] values(Volume volume, VolumeMask mask, int reach) {
        float[] values = new float[mask.count()];
        int at = 0;
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (mask.contains(z, y, x)) {
                        values[at++] = mean(volume, z, y, x, reach);
                    }
                }
            }
        }
        Arrays.sort(values);
        return values;
    }

    private static float mean(Volume volume, int z, int y, int x, int reach) {
        double sum = 0;
        int n = 0;
        for (int k = Math.max(0, z - reach); k <= Math.min(volume.nz() - 1, z + reach); k++) {
            for (int j = Math.max(0, y - reach); j <= Math.min(volume.ny() - 1, y + reach); j++) {
                for (int i = Math.max(0, x - reach); i <= Math.min(volume.nx() - 1, x + reach); i++) {
                    sum += volume.at(k, j, i);
                    n++;
                }
            }
        }
        return (float) (sum / n);
    }

    /** The modes of a smoothed density of grey values. */
    private record Modes(List<Double> levels, double main) {
        private static final int POINTS = 512;

        static Modes of(float[] sorted, double vacuum) {
            int n = sorted.length;
            double median = sorted[n / 2];
            double iqr = sorted[(int) (0.75 * (n - 1))] - sorted[(int) (0.25 * (n - 1))];
            double mean = 0;
            for (float v : sorted) {
                mean += v;
            }
            mean /= n;
            double square = 0;
            for (float v : sorted) {
                square += (v - mean) * (v - mean);
            }
            double sd = Math.sqrt(square / n);
            double width = Math.max(
                    0.9 * Math.min(sd, iqr > 0 ? iqr / 1.34 : sd) * Math.pow(n, -0.2),
                    0.01 * Math.abs(median - vacuum));
            if (!(width > 0)) {
                return new Modes(List.of(median), median);
            }
            double low = sorted[(int) (0.001 * n)] - 3 * width;
            double high = sorted[n - 1 - (int) (0.001 * n)] + 3 * width;
            double step = (high - low) / POINTS;
            double[] raw = new double[POINTS];
            for (float v : sorted) {
                int i = (int) Math.floor((v - low) / step);
                if (i >= 0 && i < POINTS) {
                    raw[i]++;
                }
            }
            double[] smooth = smoothed(raw, width / step);
            return fromDensity(raw, smooth, low, step, n);
        }

        private static Modes fromDensity(double[] raw, double[] smooth, double low, double step, int n) {
            List<Integer> peaks = new ArrayList<>();
            for (int i = 1; i < smooth.length - 1; i++) {
                if (smooth[i] > smooth[i - 1] && smooth[i] >= smooth[i + 1]) {
                    peaks.add(i);
                }
            }
            int main = 0;
            for (int i = 0; i < smooth.length; i++) {
                main = smooth[i] > smooth[main] ? i : main;
            }
            List<Double> levels = new ArrayList<>();
            for (int peak : peaks) {
                if (peak == main || counts(raw, smooth, peak, n)) {
                    levels.add(low + (peak + 0.5) * step);
                }
            }
            double mainLevel = low + (main + 0.5) * step;
            return new Modes(levels.isEmpty() ? List.of(mainLevel) : List.copyOf(levels), mainLevel);
        }

        private static boolean counts(double[] raw, double[] smooth, int peak, int n) {
            int left = edge(smooth, peak, -1);
            int right = edge(smooth, peak, 1);
            double saddle = Math.max(left < 0 ? 0 : smooth[left], right >= smooth.length ? 0 : smooth[right]);
            double mass = 0;
            for (int i = Math.max(left, 0); i <= Math.min(right, raw.length - 1); i++) {
                mass += raw[i];
            }
            return saddle <= DEEPEST_SADDLE * smooth[peak] && mass >= LEAST_SHARE * n;
        }

        /** The lowest point on the way to a higher mode; off the array if there is none on that side. */
        private static int edge(double[] smooth, int peak, int way) {
            int lowest = peak;
            for (int i = peak + way; i >= 0 && i < smooth.length; i += way) {
                if (smooth[i] > smooth[peak]) {
                    return lowest;
                }
                lowest = smooth[i] < smooth[lowest] ? i : lowest;
            }
            return way < 0 ? -1 : smooth.length;
        }

        private static double[] smoothed(double[] raw, double sd) {
            int reach = (int) Math.ceil(4 * sd);
            double[] out = new double[raw.length];
            for (int i = 0; i < raw.length; i++) {
                if (raw[i] == 0) {
                    continue;
                }
                for (int k = Math.max(0, i - reach); k <= Math.min(raw.length - 1, i + reach); k++) {
                    double d = (k - i) / sd;
                    out[k] += raw[i] * Math.exp(-0.5 * d * d);
                }
            }
            return out;
        }
    }
}
