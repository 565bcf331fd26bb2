package org.hyalite.io.format;

import java.util.Locale;
import java.util.OptionalDouble;
import org.hyalite.physics.Units;

/** Units of length as files spell them, for all readers. */
public final class LengthUnit {
    private static final double NM_PER_PM = 1e-3;
    private static final double NM_PER_CM = 1e7;
    private static final double NM_PER_INCH = 2.54e7;

    private LengthUnit() {}

    /** Nanometres in a unit; empty if it is no length. The sign of micro has two code points and is often garbled. */
    public static OptionalDouble nm(String name) {
        String plain = name.strip()
                .replace("\\u00B5", "µ")
                .replace("\\u00b5", "µ")
                .replace('\u03bc', 'µ')
                .replace("Âµ", "µ")
                .replace('\u212b', 'Å');
        if (plain.equals("A")) { // not a, which no axis has
            return OptionalDouble.of(Units.NM_PER_ANGSTROM);
        }
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case "pm", "picometer", "picometre", "picometers", "picometres" -> OptionalDouble.of(NM_PER_PM);
            case "å", "angstrom", "angstroms", "ångström" -> OptionalDouble.of(Units.NM_PER_ANGSTROM);
            case "nm", "nanometer", "nanometre", "nanometers", "nanometres" -> OptionalDouble.of(1);
            case "um", "µm", "micron", "microns", "micrometer", "micrometre", "micrometers", "micrometres" ->
                OptionalDouble.of(Units.NM_PER_UM);
            case "mm", "millimeter", "millimetre", "millimeters", "millimetres" -> OptionalDouble.of(Units.NM_PER_MM);
            case "cm", "centimeter", "centimetre", "centimeters", "centimetres" -> OptionalDouble.of(NM_PER_CM);
            case "m", "meter", "metre", "meters", "metres" -> OptionalDouble.of(Units.NM_PER_M);
            case "inch", "in" -> OptionalDouble.of(NM_PER_INCH);
            default -> OptionalDouble.empty();
        };
    }
}
