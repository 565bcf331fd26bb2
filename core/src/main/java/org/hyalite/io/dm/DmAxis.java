package org.hyalite.io.dm;

import java.util.Locale;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.physics.Units;

/**
 * One dimension of an image as its {@code Calibrations} state it: index {@code i} stands at
 * {@code (i − origin) · scale}, in the unit that is named.
 *
 * @param scale 1 where the file gives none
 * @param unit as it is written in the file
 */
record DmAxis(int size, double origin, double scale, String unit) {
    /** What a dimension measures. */
    enum Kind {
        LENGTH,
        ENERGY,
        ANGLE,
        OTHER
    }

    static DmAxis of(int size, DmTag.Group calibration, String unit) {
        double scale = calibration.number("Scale").orElse(0.0);
        double origin = calibration.number("Origin").orElse(0.0);
        boolean known = scale != 0 && Double.isFinite(scale) && Double.isFinite(origin * scale);
        return known ? new DmAxis(size, origin, scale, unit.strip()) : new DmAxis(size, 0, 1, "");
    }

    Kind kind() {
        if (isOne(nm())) {
            return Kind.LENGTH;
        }
        if (isOne(keV())) {
            return Kind.ENERGY;
        }
        return isOne(degrees()) ? Kind.ANGLE : Kind.OTHER;
    }

    /** The axis in our units; one of no unit of ours counts indices. */
    Axis named(String name) {
        return switch (kind()) {
            case LENGTH -> in(name, nm(), "nm");
            case ENERGY -> in(name, keV(), "keV");
            case ANGLE -> in(name, degrees(), "deg");
            case OTHER -> new Axis(name, size, 1, 0, "");
        };
    }

    private Axis in(String name, double factor, String ours) {
        double step = scale * factor;
        return new Axis(name, size, step, 0 - origin * step, ours);
    }

    private double nm() {
        return LengthUnit.nm(unit).orElse(Double.NaN);
    }

    private double keV() {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ev" -> 1 / Units.EV_PER_KEV;
            case "kev" -> 1;
            default -> Double.NaN;
        };
    }

    private double degrees() {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "deg", "degree", "degrees", "°" -> 1;
            case "rad" -> Math.toDegrees(1);
            case "mrad" -> Math.toDegrees(1e-3);
            default -> Double.NaN;
        };
    }

    private static boolean isOne(double factor) {
        return !Double.isNaN(factor);
    }
}
