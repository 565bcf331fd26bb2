package org.hyalite.quantify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * What one map is made of. All standard errors of pixels are those of the counts alone; what the factors' errors move all
 * pixels by together stands in the {@link Total}s.
 *
 * @param parts by element
 * @param massThickness kg/m², {@code [y, x]}; only with a dose and factors that have a scale
 * @param stated 1 where a pixel's mass exceeds the significance asked for, else 0; there the fractions are 0 and mean
 *     nothing
 * @param pixelsStated number of the former
 */
public record Composition(Map<Element, Part> parts, Optional<Measured> massThickness, Image stated, int pixelsStated) {
    public Composition {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A quantity of every pixel, {@code [y, x]}, with its standard error in the same unit. */
    public record Measured(Image value, Image standardError) {}

    /**
     * One element.
     *
     * @param weight weight fraction, 0 … 1 (noise may leave that range)
     * @param atomic atomic fraction, likewise
     * @param areal atoms/nm²; only with a dose and factors that have a scale
     */
    public record Part(Measured weight, Measured atomic, Optional<Measured> areal, Total total) {}

    /**
     * An element in the map as a whole, from the sums of all pixels' counts.
     *
     * @param counts net counts of its lines
     * @param weight weight fraction, its error that of the counts
     * @param weightSystematic error by the factors; empty if theirs are not known
     * @param atomic atomic fraction, likewise
     */
    public record Total(
            Uncertain counts,
            Uncertain weight,
            Optional<Double> weightSystematic,
            Uncertain atomic,
            Optional<Double> atomicSystematic) {}
}
