package org.hyalite.io.stored;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static final double NM_PER_PM = 1e-3;
    private static final double NM_PER_CM = 1e7;
    private static final double KEV_PER_MEV = 1000;

    private static final Map<String, AxisUnit> BY_NAME = Map.ofEntries(
            Map.entry("pm", new AxisUnit(Kind.LENGTH, NM_PER_PM)),
            Map.entry("å", new AxisUnit(Kind.LENGTH, Units.NM_PER_ANGSTROM)),
            Map.entry("angstrom", new AxisUnit(Kind.LENGTH, Units.NM_PER_ANGSTROM)),
            Map.entry("nm", new AxisUnit(Kind.LENGTH, 1)),
            Map.entry("nanometer", new AxisUnit(Kind.LENGTH, 1)),
            Map.entry("um", new AxisUnit(Kind.LENGTH, Units.NM_PER_UM)),
            Map.entry("µm", new AxisUnit(Kind.LENGTH, Units.NM_PER_UM)),
            Map.entry("micron", new AxisUnit(Kind.LENGTH, Units.NM_PER_UM)),
            Map.entry("micrometer", new AxisUnit(Kind.LENGTH, Units.NM_PER_UM)),
            Map.entry("mm", new AxisUnit(Kind.LENGTH, Units.NM_PER_MM)),
            Map.entry("cm", new AxisUnit(Kind.LENGTH, NM_PER_CM)),
            Map.entry("m", new AxisUnit(Kind.LENGTH, Units.NM_PER_M)),
            Map.entry("ev", new AxisUnit(Kind.ENERGY, 1 / Units.EV_PER_KEV)),
            Map.entry("kev", new AxisUnit(Kind.ENERGY, 1)),
            Map.entry("deg", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("degree", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("degrees", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("°", new AxisUnit(Kind.ANGLE, 1)),
            Map.entry("rad", new AxisUnit(Kind.ANGLE, Math.toDegrees(1))));

    /** The unit of a name, if it is a length, an energy or an angle. */
    public static Optional<AxisUnit> of(String name) {
        String plain = name.strip().replace('\u03bc', 'µ').replace("Âµ", "µ").replace('\u212b', 'Å');
        if (plain.equals("MeV")) { // not meV, which no axis here has
            return Optional.of(new AxisUnit(Kind.ENERGY, KEV_PER_MEV));
        }
        if (plain.equals("A")) { // HyperSpy has no ampere along an axis
            return Optional.of(new AxisUnit(Kind.LENGTH, Units.NM_PER_ANGSTROM));
        }
        return Optional.ofNullable(BY_NAME.get(plain.toLowerCase(Locale.ROOT)));
    }
}
