package org.hyalite.io.stored;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.physics.Units;

/**
 * A unit as people and programs spell it, and what it is in ours.
 *
 * @param kind what it measures
 * @param factor one of it in nm, keV or degrees
 */
public record AxisUnit(Kind kind, double factor) {
    /** What an axis measures. */
    public enum Kind {
        LENGTH("nm"),
        ENERGY("keV"),
        ANGLE("deg");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        /** Our unit of it. */
        public String unit() {
            return unit;
        }
    }

    private static final double KEV_PER_MEV = 1000;

    private static final Map<String, AxisUnit> BY_NAME = Map.ofEntries(
            Map.entry("ev", new AxisUnit(Kind.ENERGY, 1 / Units.EV_PER_KEV)),
            Map.entry("kev", new AxisUnit(Kind.ENERGY, 1)),
            Map.entry("deg", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("degree", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("degrees", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("°", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("rad", new AxisUnit(Kind.ANGLE, Math.toDegrees(1))));

    /** The unit of a name, if it is a length, an energy or an angle. */
    public static Optional<AxisUnit> of(String name) {
        String plain = name.strip();
        if (plain.equals("MeV")) { // not meV, which no axis here has
            return Optional.of(new AxisUnit(Kind.ENERGY, KEV_PER_MEV));
        }
        OptionalDouble nm = LengthUnit.nm(plain);
        if (nm.isPresent()) {
            return Optional.of(new AxisUnit(Kind.LENGTH, nm.getAsDouble()));
        }
        return Optional.ofNullable(BY_NAME.get(plain.toLowerCase(Locale.ROOT)));
    }
}
