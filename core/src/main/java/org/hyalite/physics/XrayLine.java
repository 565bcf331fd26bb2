package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A family of characteristic X-ray lines of one element, such as {@code Co_Ka}: what is fitted, counted and given a
 * cross section. Energies and relative intensities come from xraylib: radiative rates of each subshell, and within L and M
 * the subshells' photons by ionisation, Coster–Kronig transitions and yields, see {@code Subshells}.
 */
public final class XrayLine implements Comparable<XrayLine> {
    /**
     * One line of a family.
     *
     * @param energyKeV its energy, keV
     * @param weight its share of the family's intensity; the weights of a family add up to one
     */
    public record Component(double energyKeV, double weight) {}

    private static final int MAX_LINE = 383;

    /** xraylib numbers its lines −1 … −383, ordered by the shell of the hole: K, L1, L2, L3, M1 … M5. */
    private static final int[] SHELL_END = {29, 58, 85, 113, 136, 158, 180, 200, 219};

    private static final int SHELL_K = 0;
    private static final int SHELL_L1 = 1;
    private static final int SHELL_L3 = 3;
    private static final int SHELL_M1 = 4;
    private static final int SHELL_M5 = 8;

    /** K lines −1 … −3 end on the L shell (Kα), the others on M and beyond (Kβ). */
    private static final int KA_LINES = 3;

    private final Element element;
    private final LineFamily family;
    private final List<Component> components;

    private XrayLine(Element element, LineFamily family, List<Component> components) {
        this.element = element;
        this.family = family;
        this.components = components;
    }

    /**
     * The line family of an element.
     *
     * @throws IllegalArgumentException if the element has no such line
     */
    public static XrayLine of(Element element, LineFamily family) {
        return find(element, family)
                .orElseThrow(() ->
                        new IllegalArgumentException("no " + family.label() + " line is known of " + element.symbol()));
    }

    /** The line of a name as {@code Co_Ka}. */
    public static XrayLine of(String name) {
        int underscore = name.indexOf('_');
        if (underscore <= 0) {
            throw new IllegalArgumentException("'" + name + "' is no X-ray line; write element and family as Co_Ka");
        }
        return of(Element.of(name.substring(0, underscore)), LineFamily.of(name.substring(underscore + 1)));
    }

    /** The line family of an element, or empty if the element has none. */
    public static Optional<XrayLine> find(Element element, LineFamily family) {
        List<Component> raw = switch (family) {
            case KA -> lines(element, SHELL_K, 1, KA_LINES, 1);
            case KB -> lines(element, SHELL_K, KA_LINES + 1, SHELL_END[SHELL_K], 1);
            case LA -> shells(element, SHELL_L1, Subshells.photonsOfL(element.atomicNumber()));
            case MA -> shells(element, SHELL_M1, Subshells.photonsOfM(element.atomicNumber()));
        };
        double total = raw.stream().mapToDouble(Component::weight).sum();
        if (!(total > 0)) {
            return Optional.empty();
        }
        List<Component> normalised = raw.stream()
                .map(c -> new Component(c.energyKeV(), c.weight() / total))
                .toList();
        return Optional.of(new XrayLine(element, family, normalised));
    }

    /** Every family of an element whose mean energy lies within {@code lowKeV … highKeV}. */
    public static List<XrayLine> within(Element element, double lowKeV, double highKeV) {
        List<XrayLine> found = new ArrayList<>();
        for (LineFamily family : LineFamily.values()) {
            find(element, family)
                    .filter(line -> line.energyKeV() >= lowKeV && line.energyKeV() <= highKeV)
                    .ifPresent(found::add);
        }
        return found;
    }

    public Element element() {
        return element;
    }

    public LineFamily family() {
        return family;
    }

    /** The lines of the family; weights add up to one. */
    public List<Component> components() {
        return components;
    }

    /** The intensity-weighted mean energy, keV. */
    public double energyKeV() {
        return components.stream().mapToDouble(c -> c.energyKeV() * c.weight()).sum();
    }

    /** The energy of the strongest line, keV. */
    public double strongestKeV() {
        Component best = components.get(0);
        for (Component c : components) {
            if (c.weight() > best.weight()) {
                best = c;
            }
        }
        return best.energyKeV();
    }

    /** The absorption edge that must be ionised, keV: the lowest of the shell's. */
    public double edgeKeV() {
        int z = element.atomicNumber();
        return switch (family) {
            case KA, KB -> Xraylib.EdgeEnergy(z, SHELL_K);
            case LA -> Xraylib.EdgeEnergy(z, SHELL_L3);
            case MA -> Xraylib.EdgeEnergy(z, SHELL_M5);
        };
    }

    /** The name in files: {@code Co_Ka}. */
    public String name() {
        return element.symbol() + "_" + family.label();
    }

    private static List<Component> shells(Element element, int first, double[] photons) {
        List<Component> all = new ArrayList<>();
        for (int s = 0; s < photons.length; s++) {
            if (photons[s] > 0) {
                int shell = first + s;
                all.addAll(lines(element, shell, SHELL_END[shell - 1] + 1, SHELL_END[shell], photons[s]));
            }
        }
        return all;
    }

    private static List<Component> lines(Element element, int shell, int first, int last, double factor) {
        List<Component> found = new ArrayList<>();
        for (int line = first; line <= Math.min(last, MAX_LINE); line++) {
            try {
                double rate = Xraylib.RadRate(element.atomicNumber(), -line);
                double energy = Xraylib.LineEnergy(element.atomicNumber(), -line);
                if (rate > 0 && energy > 0) {
                    found.add(new Component(energy, rate * factor));
                }
            } catch (IllegalArgumentException absent) {
                continue; // xraylib says so of a transition that the element does not have
            }
        }
        return found;
    }

    @Override
    public int compareTo(XrayLine other) {
        int byElement = element.compareTo(other.element);
        return byElement != 0 ? byElement : family.compareTo(other.family);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XrayLine line && element.equals(line.element) && family == line.family;
    }

    @Override
    public int hashCode() {
        return 31 * element.hashCode() + family.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
