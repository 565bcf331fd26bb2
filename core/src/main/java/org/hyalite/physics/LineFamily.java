package org.hyalite.physics;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A family of X-ray lines that is fitted and counted as one: the lines of {@link #KA} or {@link #KB}, or, since their
 * lines lie too close for a silicon detector, the whole L or M shell under the name of its strongest line.
 */
public enum LineFamily {
    KA("Ka"),
    KB("Kb"),
    LA("La"),
    MA("Ma");

    private final String label;

    LineFamily(String label) {
        this.label = label;
    }

    /** The name in files and reports: {@code Ka}. */
    public String label() {
        return label;
    }

    /** The family of a name as {@code Ka}. */
    public static LineFamily of(String label) {
        for (LineFamily family : values()) {
            if (family.label.equals(label)) {
                return family;
            }
        }
        throw new IllegalArgumentException("unknown line family '" + label + "'; known: "
                + Arrays.stream(values()).map(LineFamily::label).collect(Collectors.joining(", ")));
    }
}
