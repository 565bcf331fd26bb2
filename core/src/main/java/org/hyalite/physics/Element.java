package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chemical element, with its numbers from xraylib.
 *
 * @param symbol the usual symbol, for example {@code Co}
 * @param atomicNumber Z
 */
public record Element(String symbol, int atomicNumber) implements Comparable<Element> {
    private static final int HEAVIEST = 98;

    public Element {
        if (atomicNumber < 1 || atomicNumber > HEAVIEST) {
            throw new IllegalArgumentException("atomic number " + atomicNumber + " is not within 1…" + HEAVIEST);
        }
    }

    /**
     * The element of a symbol.
     *
     * @throws IllegalArgumentException if there is none, naming the nearest symbols
     */
    public static Element of(String symbol) {
        for (int z = 1; z <= HEAVIEST; z++) {
            if (Xraylib.AtomicNumberToSymbol(z).equals(symbol)) {
                return new Element(symbol, z);
            }
        }
        throw new IllegalArgumentException("unknown element '" + symbol + "'" + hint(symbol));
    }

    /** The element of atomic number {@code z}. */
    public static Element of(int z) {
        return new Element(Xraylib.AtomicNumberToSymbol(z), z);
    }

    /** Molar mass, g/mol. */
    public double molarMass() {
        return Xraylib.AtomicWeight(atomicNumber);
    }

    @Override
    public int compareTo(Element other) {
        return Integer.compare(atomicNumber, other.atomicNumber);
    }

    @Override
    public String toString() {
        return symbol;
    }

    private static String hint(String wrong) {
        List<String> near = new ArrayList<>();
        String lower = wrong.toLowerCase(Locale.ROOT);
        for (int z = 1; z <= HEAVIEST; z++) {
            String known = Xraylib.AtomicNumberToSymbol(z);
            if (known.equalsIgnoreCase(wrong)) {
                return "; did you mean " + known + "?";
            }
            if (!lower.isEmpty() && known.toLowerCase(Locale.ROOT).charAt(0) == lower.charAt(0)) {
                near.add(known);
            }
        }
        return near.isEmpty() ? "" : "; symbols that begin alike: " + String.join(", ", near);
    }
}
