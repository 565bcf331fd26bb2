package org.hyalite.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.hyalite.io.stored.AxisUnit;
import org.junit.jupiter.api.Test;

/** Protects pixel sizes: a unit means the same length whichever reader meets it; what is no length stays none. */
class LengthUnitTest {
    private static final Map<Double, List<String>> NM = Map.of(
            1e-3, List.of("pm", "picometer", "picometres"),
            0.1, List.of("A", "Å", "\u212b", "å", "angstrom", "Angstrom", "angstroms", "ångström"),
            1.0, List.of("nm", " nm ", "NM", "nanometer", "nanometers", "nanometre"),
            1e3,
                    List.of(
                            "um",
                            "\u00b5m",
                            "\u03bcm",
                            "\u00c2\u00b5m",
                            "\\u00B5m",
                            "micron",
                            "microns",
                            "micrometer",
                            "micrometers"),
            1e6, List.of("mm", "millimeter"),
            1e7, List.of("cm", "centimetre"),
            1e9, List.of("m", "meter", "metres"),
            2.54e7, List.of("in", "inch"));

    @Test
    void everySpellingIsItsLength() {
        NM.forEach((nm, names) -> names.forEach(name -> {
            assertThat(LengthUnit.nm(name)).as(name).isPresent();
            assertThat(LengthUnit.nm(name).getAsDouble() / nm).as(name).isCloseTo(1, within(1e-12));
            AxisUnit unit = AxisUnit.of(name).orElseThrow();
            assertThat(unit.kind()).as(name).isEqualTo(AxisUnit.Kind.LENGTH);
            assertThat(unit.factor()).as(name).isEqualTo(LengthUnit.nm(name).getAsDouble());
        }));
    }

    @Test
    void whatIsNoLengthIsNone() {
        for (String name : List.of("", "a", "px", "1/nm", "keV", "s", "deg", "\u00b5", "<undefined>")) {
            assertThat(LengthUnit.nm(name)).as(name).isEmpty();
        }
        assertThat(AxisUnit.of("keV").orElseThrow().kind()).isEqualTo(AxisUnit.Kind.ENERGY);
        assertThat(AxisUnit.of("MeV").orElseThrow().factor()).isEqualTo(1000);
        assertThat(AxisUnit.of("meV")).isEmpty();
        assertThat(AxisUnit.of("deg").orElseThrow().kind()).isEqualTo(AxisUnit.Kind.ANGLE);
    }
}
