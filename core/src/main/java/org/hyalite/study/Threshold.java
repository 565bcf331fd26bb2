package org.hyalite.study;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.grid.Volume;
import org.hyalite.study.recipe.InputException;

/**
 * The density above which a voxel of the sample is inside, and how it was found.
 *
 * @param value in the volume's unit, not negative
 * @param source {@code steepest_point} or {@code half_way} (see {@link EdgeSpreadFit}), {@code user}, {@code otsu}, or
 *     {@code none} where everything that holds atoms is inside
 * @param reason for that source, for people
 * @param warning what a user must know of it
 */
record Threshold(double value, String source, String reason, Optional<String> warning) {
    private static final String REMEDY = "; look at the diagram and set one with 'hyalite phases DIR --threshold N'";

    /**
     * The threshold of a total density. Where no particle stands out of vacuum, for there is none or for noise, a
     * specimen that fills the field is taken whole, and another is cut at Otsu's threshold.
     */
    static Threshold of(Volume total, boolean fillsField) {
        try {
            EdgeSpreadFit fit = EdgeSpreadFit.fit(total);
            return new Threshold(
                    Math.max(0, fit.threshold()),
                    fit.choice().name().toLowerCase(Locale.ROOT),
                    fit.reason(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            return without(total, fillsField, String.valueOf(e.getMessage()));
        }
    }

    private static Threshold without(Volume total, boolean fillsField, String why) {
        OptionalDouble otsu = fillsField ? OptionalDouble.empty() : EdgeSpreadFit.otsu(total);
        if (otsu.isPresent()) {
            String warning = "phase diagram: no edge between particle and vacuum was found (" + why
                    + "); Otsu's threshold is used" + REMEDY;
            return new Threshold(Math.max(0, otsu.getAsDouble()), "otsu", why, Optional.of(warning));
        }
        String warning =
                "phase diagram: no threshold was found (" + (fillsField ? "the specimen fills the field; " : "") + why
                        + "); every voxel with a density above 0 is inside" + REMEDY;
        return new Threshold(0, "none", why, Optional.of(warning));
    }

    /** The threshold that the user gives. */
    static Threshold byUser(double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new InputException("--threshold " + value + " is not a density; give a number of 0 or more");
        }
        return new Threshold(value, "user", "given", Optional.empty());
    }
}
