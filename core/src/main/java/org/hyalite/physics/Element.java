package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

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

    /** How many photons follow a hole in the K shell; 0 where the table has none. */
    public double fluorescenceYieldK() {
        return tabled(() -> Xraylib.FluorYield(atomicNumber, 0));
    }

    /** Ratio of the photo-ionisation just above the K edge to that just below it; 1 where the table has none. */
    public double jumpK() {
        double jump = tabled(() -> Xraylib.JumpFactor(atomicNumber, 0));
        return jump > 0 ? jump : 1;
    }

    private static double tabled(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (IllegalArgumentException absent) {
            return 0; // xraylib says so of what it does not know
        }
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
