package org.hyalite.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Joint refinement of shifts and axis by projection matching, coarse to fine: every image is laid on what a volume made of
 * the others foretells, and moved by what it misses, until nothing moves; then the axis is turned to where the images and
 * their volume agree best. Shifts stay numbers: every round starts from the images as recorded.
 *
 * <p>What no image can tell stays as it was: the image nearest zero tilt is not shifted, and the axis offset is the one
 * given ({@link Alignment}).
 */
final class Refiner {
    /** Longest edge of the images at the two levels, binned pixels. */
    static final int COARSE = 32;

    private static final int FINE = 64;

    private static final int MOST_ROUNDS = 8;

    /** Binned pixels; when no image moves by more, rms, a level is done. */
    private static final double STILL = 0.01;

    /** An image that explains itself this badly is not moved. */
    private static final double UNLIKE = 0.6;

    /** Shifts that differ by less than so many standard errors agree. */
    private static final double AGREEING = 2;

    /** A refinement that makes the share of the images that is not explained larger than this is not used. */
    private static final double WORSE = 1.05;

    private final ProjectionMatcher matcher;
    private final double[] tiltsDeg;
    private final int start;
    private final Progress progress;

    private Refiner(TiltSeries images, Reprojector reprojector, Resampling how, Progress progress) {
        this.matcher = new ProjectionMatcher(images, reprojector, how, progress);
        this.tiltsDeg = images.geometry().tiltsDeg();
        this.start = images.geometry().nearestZero();
        this.progress = progress;
    }

    /**
     * Refines an alignment.
     *
     * @param images as recorded, background off, the film too where it is known
     * @param guess within a few pixels of the truth; its quality's rotation error says how far the axis may still turn
     */
    static Alignment refine(
            TiltSeries images, Alignment guess, Reprojector reprojector, Resampling how, Progress progress) {
        return new Refiner(images, reprojector, how, progress).refined(guess);
    }

    private Alignment refined(Alignment guess) {
        int coarse = matcher.bin(COARSE);
        int fine = matcher.bin(FINE);
        Alignment now = guess;
        int rounds = 0;
        List<ImageMatch.Found> found = matcher.leftOut(now, fine);
        double[] before = residuals(found);
        double unexplainedBefore = unexplained(found);
        for (int bin = coarse; bin >= fine; bin /= 2) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                progress.report("projection matching, bin " + bin, (double) round / MOST_ROUNDS);
                found = matcher.leftOut(now, bin);
                double[][] step = visible(found);
                now = moved(now, step);
                rounds++;
                if (rms(step) < STILL * bin) {
                    break;
                }
            }
        }
        AxisTurn turn = AxisTurn.find(matcher, now, fine, progress);
        now = now.withAxis(now.axisOffsetPx(), turn.rotationDeg());
        now = moved(now, visible(matcher.leftOut(now, fine)));
        found = matcher.leftOut(now, fine);
        double[][] left = visible(found);
        if (guess.quality().isPresent()) {
            double[][] back = agreeing(guess.withAxis(now.axisOffsetPx(), turn.rotationDeg()), now, found);
            now = moved(now, back);
            for (int i = 0; i < now.count(); i++) {
                left[0][i] -= back[0][i];
                left[1][i] -= back[1][i];
            }
        }
        double[] after = lengths(left);
        if (unexplained(found) > WORSE * unexplainedBefore) {
            return kept(guess, unexplainedBefore, unexplained(found));
        }
        AlignmentQuality quality = new AlignmentQuality(
                before,
                after,
                found.stream().mapToDouble(ImageMatch.Found::errorY).toArray(),
                found.stream().mapToDouble(ImageMatch.Found::errorX).toArray(),
                turn.errorDeg(),
                found.stream().mapToDouble(ImageMatch.Found::unexplained).toArray());
        String method = String.format(
                Locale.ROOT,
                "%s; refined by projection matching, %d rounds: residual %.3f → %.3f px rms, axis rotation %.2f°"
                        + " (standard error %.2f°)",
                guess.method(),
                rounds + 2,
                rms(before),
                rms(after),
                now.axisRotationDeg(),
                turn.errorDeg());
        return now.withQuality(quality).withMethod(method, after, new ArrayList<>(guess.warnings()));
    }

    /** The alignment as it was: the volume of the refined one foretells its images no better. */
    private static Alignment kept(Alignment guess, double before, double after) {
        List<String> warnings = new ArrayList<>(guess.warnings());
        warnings.add(String.format(
                Locale.ROOT,
                "projection matching leaves more of the images unexplained than before (%.2f %%, before %.2f %%); its shifts"
                        + " are not used",
                100 * after,
                100 * before));
        return guess.withMethod(guess.method(), guess.residualsPx(), warnings);
    }

    private static double unexplained(List<ImageMatch.Found> found) {
        return found.stream()
                .mapToDouble(ImageMatch.Found::unexplained)
                .average()
                .orElse(0);
    }

    /** What images miss, (y, x), without what goes along with the specimen: a common y, and a cos θ + b sin θ in x. */
    private double[][] visible(List<ImageMatch.Found> found) {
        int n = found.size();
        double[] y = new double[n];
        double[] x = new double[n];
        double[] trust = new double[n];
        double[][] basis = new double[2][n];
        double meanY = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            boolean like = found.get(i).unexplained() < UNLIKE;
            y[i] = like ? found.get(i).dy() : 0;
            x[i] = like ? found.get(i).dx() : 0;
            trust[i] = like ? 1 : 1e-6;
            basis[0][i] = Math.cos(Math.toRadians(tiltsDeg[i]));
            basis[1][i] = Math.sin(Math.toRadians(tiltsDeg[i]));
            meanY += trust[i] * y[i];
            sum += trust[i];
        }
        double[] along = AxisGauge.regress(basis, x, trust);
        for (int i = 0; i < n; i++) {
            boolean like = found.get(i).unexplained() < UNLIKE;
            y[i] = like ? y[i] - meanY / sum : 0;
            x[i] = like ? x[i] - along[0] * basis[0][i] - along[1] * basis[1][i] : 0;
        }
        return new double[][] {y, x};
    }

    /**
     * How far each refined image lies from where it was, (y, x), where that is within its error: centres of mass are the
     * surer of the two then, and 0 elsewhere.
     */
    private double[][] agreeing(Alignment before, Alignment refined, List<ImageMatch.Found> found) {
        double[][] from = turned(before);
        double[][] to = turned(refined);
        int n = found.size();
        List<ImageMatch.Found> apart = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            apart.add(new ImageMatch.Found(to[0][i] - from[0][i], to[1][i] - from[1][i], 0, 0, 0, 0));
        }
        double[][] visible = visible(apart);
        for (int i = 0; i < n; i++) {
            boolean within = Math.abs(visible[0][i]) < AGREEING * found.get(i).errorY()
                    && Math.abs(visible[1][i]) < AGREEING * found.get(i).errorX();
            visible[0][i] = within ? visible[0][i] : 0;
            visible[1][i] = within ? visible[1][i] : 0;
        }
        return visible;
    }

    /** Shifts (y, x) in the frame turned to the axis. */
    private static double[][] turned(Alignment alignment) {
        double cos = Math.cos(Math.toRadians(alignment.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(alignment.axisRotationDeg()));
        double[][] turned = {alignment.shiftYPx(), alignment.shiftXPx()};
        for (int i = 0; i < turned[0].length; i++) {
            double y = turned[0][i];
            turned[0][i] = cos * y + sin * turned[1][i];
            turned[1][i] = cos * turned[1][i] - sin * y;
        }
        return turned;
    }

    private double[] residuals(List<ImageMatch.Found> found) {
        return lengths(visible(found));
    }

    private static double[] lengths(double[][] missed) {
        double[] lengths = new double[missed[0].length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Math.hypot(missed[0][i], missed[1][i]);
        }
        return lengths;
    }

    private static double rms(double[][] yx) {
        double sum = 0;
        for (int i = 0; i < yx[0].length; i++) {
            sum += (yx[0][i] * yx[0][i] + yx[1][i] * yx[1][i]) / yx[0].length;
        }
        return Math.sqrt(sum);
    }

    private static double rms(double... values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v / values.length;
        }
        return Math.sqrt(sum);
    }

    /** Each image moved by what it misses in the turned frame; the start's own part goes along with the specimen. */
    private Alignment moved(Alignment from, double[][] missed) {
        double cos = Math.cos(Math.toRadians(from.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(from.axisRotationDeg()));
        double[] shiftY = from.shiftYPx();
        double[] shiftX = from.shiftXPx();
        double cosStart = Math.cos(Math.toRadians(tiltsDeg[start]));
        for (int i = 0; i < shiftY.length; i++) {
            double y = missed[0][start] - missed[0][i];
            double x = missed[1][start] * Math.cos(Math.toRadians(tiltsDeg[i])) / cosStart - missed[1][i];
            shiftY[i] += cos * y - sin * x;
            shiftX[i] += sin * y + cos * x;
        }
        return from.withShifts(shiftY, shiftX);
    }
}
