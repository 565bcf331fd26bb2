package org.hyalite.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.special.Gamma;
import org.hyalite.grid.Image;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * What share of the X-rays the detectors see at each tilt, {@code g(θ)}, with g = 1 at the image nearest zero tilt, where
 * cross sections are measured. A free particle has the same atoms at every tilt; so each element's total counts go as
 * {@code N_e(θ) = T_e g(θ)}, one g for all elements since they share the detectors, fitted by least squares with the
 * counting errors as weights. Where the specimen fills the field nothing is conserved, and g = 1.
 */
public final class TiltGain {
    /** Where the gains came from. */
    public enum Source {
        /** From each element's total, which does not change with tilt. */
        CONSERVATION,
        /** Given by the user. */
        GIVEN,
        /** Nothing could be measured; all are 1. */
        ASSUMED_ONE
    }

    /** A misfit as large as this happens by chance once in so many. */
    private static final double UNLIKELY = 1e-4;

    /** Border counts per pixel, as a share of the field's mean, above which a specimen fills the field. */
    private static final double BORDER_SHARE = 0.25;

    private static final double FAR_FROM_ZERO_DEG = 2;

    private final double[] tiltsDeg;
    private final Uncertain[] gains;
    private final boolean[] users;
    private final Source source;
    private final double chiSquare;
    private final int freedom;
    private final List<String> warnings;

    private TiltGain(
            double[] tiltsDeg,
            Uncertain[] gains,
            boolean[] users,
            Source source,
            double chiSquare,
            int freedom,
            List<String> warnings) {
        this.tiltsDeg = tiltsDeg;
        this.gains = gains;
        this.users = users;
        this.source = source;
        this.chiSquare = chiSquare;
        this.freedom = freedom;
        this.warnings = List.copyOf(warnings);
    }

    /** Gains that the user gives, one per tilt. */
    public static TiltGain given(double[] tiltsDeg, double[] gains) {
        if (gains.length != tiltsDeg.length) {
            throw new IllegalArgumentException(gains.length + " gains for " + tiltsDeg.length + " tilts");
        }
        Uncertain[] exact = new Uncertain[gains.length];
        for (int i = 0; i < gains.length; i++) {
            exact[i] = exact(gains[i], tiltsDeg[i]);
        }
        boolean[] users = new boolean[gains.length];
        Arrays.fill(users, true);
        return new TiltGain(tiltsDeg.clone(), exact, users, Source.GIVEN, 0, 0, List.of());
    }

    /**
     * The same with some gains that the user gives in place of those found; these are taken as exact.
     *
     * @param given one per tilt, NaN for those that stay as found
     * @throws IllegalArgumentException if their number is another, or one is not positive
     */
    public TiltGain withGiven(double... given) {
        if (given.length != tiltsDeg.length) {
            throw new IllegalArgumentException(given.length + " gains for " + tiltsDeg.length + " tilts");
        }
        if (Arrays.stream(given).noneMatch(Double::isNaN)) {
            return given(tiltsDeg, given);
        }
        Uncertain[] mixed = gains.clone();
        boolean[] users = new boolean[given.length];
        for (int i = 0; i < given.length; i++) {
            if (!Double.isNaN(given[i])) {
                mixed[i] = exact(given[i], tiltsDeg[i]);
                users[i] = true;
            }
        }
        return new TiltGain(tiltsDeg, mixed, users, source, chiSquare, freedom, warnings);
    }

    private static Uncertain exact(double gain, double tiltDeg) {
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain " + gain + " at tilt " + tiltDeg + "° is not a positive number");
        }
        return new Uncertain(gain, 0);
    }

    /** All gains 1, and why. */
    public static TiltGain one(double[] tiltsDeg, String why) {
        Uncertain[] ones = new Uncertain[tiltsDeg.length];
        Arrays.fill(ones, new Uncertain(1, 0));
        return new TiltGain(
                tiltsDeg.clone(),
                ones,
                new boolean[ones.length],
                Source.ASSUMED_ONE,
                0,
                0,
                List.of("tilt gains are taken as 1: " + why));
    }

    /**
     * Whether counts reach the border of a map as if the specimen went on beyond it: the mean of the outermost pixels (a
     * sixteenth of the field wide) exceeds a quarter of the whole map's mean.
     */
    public static boolean fillsField(Image counts) {
        int ny = counts.ny();
        int nx = counts.nx();
        int width = Math.max(1, Math.min(ny, nx) / 16);
        double border = 0;
        double all = 0;
        int n = 0;
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                all += counts.at(y, x);
                if (y < width || x < width || y >= ny - width || x >= nx - width) {
                    border += counts.at(y, x);
                    n++;
                }
            }
        }
        return all > 0 && border / n > BORDER_SHARE * all / ((double) ny * nx);
    }

    /** The sum of a map with its standard error, counts: what {@link #estimate} takes. */
    public static Uncertain total(Image counts, Image standardError) {
        double variance = 0;
        for (float e : standardError.values()) {
            variance += (double) e * e;
        }
        return new Uncertain(counts.sum(), Math.sqrt(variance));
    }

    /**
     * The gains from the totals of each element over the tilts, after the dose has been divided out if it changed.
     *
     * @param totals per element one total per tilt, counts, with standard errors
     * @param fillsField whether the specimen goes on beyond the field, so that nothing is conserved
     * @throws IllegalArgumentException if the number of totals differs from the number of tilts
     */
    public static TiltGain estimate(double[] tiltsDeg, Map<Element, List<Uncertain>> totals, boolean fillsField) {
        for (Map.Entry<Element, List<Uncertain>> entry : totals.entrySet()) {
            if (entry.getValue().size() != tiltsDeg.length) {
                throw new IllegalArgumentException(entry.getValue().size() + " totals of "
                        + entry.getKey().symbol() + " for " + tiltsDeg.length + " tilts");
            }
        }
        if (fillsField) {
            return one(tiltsDeg, "the specimen fills the field, so that no total is conserved over tilts");
        }
        List<String> warnings = new ArrayList<>();
        Map<Element, List<Uncertain>> usable = new TreeMap<>();
        for (Map.Entry<Element, List<Uncertain>> entry : totals.entrySet()) {
            boolean seen =
                    entry.getValue().stream().allMatch(t -> t.value() > 3 * t.standardError() && t.standardError() > 0);
            if (seen) {
                usable.put(entry.getKey(), entry.getValue());
            } else {
                warnings.add(entry.getKey().symbol()
                        + " is too weak at some tilt to help with the tilt gains; the other elements give them");
            }
        }
        if (usable.isEmpty()) {
            return one(tiltsDeg, "no element's total exceeds three standard errors at every tilt");
        }
        TiltGainFit fit = TiltGainFit.of(tiltsDeg, usable);
        judge(fit, warnings);
        return new TiltGain(
                tiltsDeg.clone(),
                fit.gains(),
                new boolean[tiltsDeg.length],
                Source.CONSERVATION,
                fit.chiSquare(),
                fit.freedom(),
                warnings);
    }

    /** How often counting alone makes χ² at least this large. */
    private static double chance(double chiSquare, int freedom) {
        return freedom > 0 ? Gamma.regularizedGammaQ(freedom / 2.0, chiSquare / 2) : 1;
    }

    private static void judge(TiltGainFit fit, List<String> warnings) {
        if (chance(fit.chiSquare(), fit.freedom()) < UNLIKELY) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the elements %s do not share one tilt gain within their counting errors (χ² = %.1f for %d degrees of"
                            + " freedom), so that it is not the detectors' alone: absorption, a background left over, or"
                            + " mass outside the field; 'alignment: {gains: per_element}' gives each its own",
                    fit.elements(),
                    fit.chiSquare(),
                    fit.freedom()));
        }
        if (Math.abs(fit.referenceDeg()) > FAR_FROM_ZERO_DEG) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "no image near zero tilt: the gain is 1 at %.1f°, but cross sections are measured at 0°",
                    fit.referenceDeg()));
        }
    }

    /** A copy of the tilts, degrees. */
    public double[] tiltsDeg() {
        return tiltsDeg.clone();
    }

    /** g at image i, with its standard error; exactly 1 at the image nearest zero tilt. */
    public Uncertain gain(int i) {
        return gains[i];
    }

    /** A copy of the gains without their errors. */
    public double[] gains() {
        return Arrays.stream(gains).mapToDouble(Uncertain::value).toArray();
    }

    /** Whether the user gave the gain of image i. */
    public boolean isGiven(int i) {
        return users[i];
    }

    /** How often counting errors alone make the elements disagree as much; 1 if one element alone gave the gains. */
    public double chanceOfDisagreement() {
        return chance(chiSquare, freedom);
    }

    public Source source() {
        return source;
    }

    /** How far the elements disagree on one gain, in squared standard errors. */
    public double chiSquare() {
        return chiSquare;
    }

    /** Degrees of freedom of {@link #chiSquare}; 0 if one element alone gave the gains. */
    public int freedom() {
        return freedom;
    }

    /** What a user should know. */
    public List<String> warnings() {
        return warnings;
    }
}
