package org.hyalite.quantify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;

/**
 * From net counts to atoms, Collins et al. (2019), APL Mater. 7, 091111, Eq. (1) solved for {@code ρ t}:
 * {@code b = I e / (σ τ i g)} in atoms/nm², g the detector's gain at that tilt. The lines of one element are combined as
 * {@code ΣI / Σσ}; weights from each pixel's own estimated variance would favour pixels that came out low.
 *
 * <p>Lines and cross sections are matched by {@link XrayLine}, never by order.
 */
public final class Quantifier {
    private final Map<XrayLine, CrossSection> crossSections;

    private Quantifier(Map<XrayLine, CrossSection> crossSections) {
        this.crossSections = crossSections;
    }

    /** Quantifies with these cross sections; the map is copied. */
    public static Quantifier of(Map<XrayLine, CrossSection> crossSections) {
        if (crossSections.isEmpty()) {
            throw new IllegalArgumentException("no cross sections; without a calibration use toRelative");
        }
        return new Quantifier(new LinkedHashMap<>(crossSections));
    }

    /** The cross sections used, a copy. */
    public Map<XrayLine, CrossSection> crossSections() {
        return new LinkedHashMap<>(crossSections);
    }

    /** The elements that have a cross section, in order. */
    public Set<Element> elements() {
        return crossSections.keySet().stream()
                .map(XrayLine::element)
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Areal density of one element at one tilt.
     *
     * @param maps net counts of lines of one tilt, {@code [y, x]}; those of other elements are left aside
     * @param dose what a pixel received
     * @param gain {@code g(θ)}, its standard error a part of the systematic error
     * @throws IllegalArgumentException if no map is of that element, a line stands twice or lacks a cross section, or
     *     sizes differ
     */
    public ArealDensity quantify(Element element, List<LineMap> maps, Dose dose, Uncertain gain) {
        requireGain(gain.value());
        List<LineMap> own = own(element, maps);
        double barn = 0;
        double error = 0;
        for (LineMap map : own) {
            CrossSection sigma = crossSection(map.line());
            barn += sigma.barn();
            // thickness and threshold move the cross sections of all lines together
            error += sigma.standardErrorBarn();
        }
        CrossSection sum = new CrossSection(barn, error);
        double perCount = 1 / (dose.electrons() * sum.nm2() * gain.value());
        double systematic = Math.hypot(sum.standardErrorBarn() / barn, gain.standardError() / gain.value());
        Image counts = counts(own, perCount);
        return new ArealDensity(element, counts, errors(own, perCount), systematic);
    }

    /** {@link #quantify(Element, List, Dose, Uncertain)} with an exact gain. */
    public ArealDensity quantify(Element element, List<LineMap> maps, Dose dose, double gain) {
        return quantify(element, maps, dose, new Uncertain(gain, 0));
    }

    /** The cross section of a line, or a refusal that names it. */
    private CrossSection crossSection(XrayLine line) {
        CrossSection found = crossSections.get(line);
        if (found == null) {
            throw new IllegalArgumentException("no cross section of " + line.name() + "; the calibration holds "
                    + crossSections.keySet().stream()
                            .sorted()
                            .map(XrayLine::name)
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }

    /**
     * What counts of a tilt are worth without a calibration: the sum of an element's lines over the gain, in counts.
     *
     * @throws IllegalArgumentException as {@link #quantify(Element, List, Dose, Uncertain)} does
     */
    public static RelativeCounts toRelative(Element element, List<LineMap> maps, double gain) {
        requireGain(gain);
        List<LineMap> own = own(element, maps);
        return new RelativeCounts(element, counts(own, 1 / gain), errors(own, 1 / gain));
    }

    private static void requireGain(double gain) {
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("tilt gain " + gain + " is not a positive number");
        }
    }

    private static List<LineMap> own(Element element, List<LineMap> maps) {
        List<LineMap> own = new ArrayList<>();
        Set<XrayLine> seen = new LinkedHashSet<>();
        for (LineMap map : maps) {
            if (!map.line().element().equals(element)) {
                continue;
            }
            if (!seen.add(map.line())) {
                throw new IllegalArgumentException("two maps of " + map.line().name() + " at one tilt");
            }
            Image first = own.isEmpty() ? map.counts() : own.get(0).counts();
            if (map.counts().ny() != first.ny() || map.counts().nx() != first.nx()) {
                throw new IllegalArgumentException("map of " + map.line().name() + " is "
                        + map.counts().ny() + " × " + map.counts().nx() + " pixels, expected ny × nx = " + first.ny()
                        + " × " + first.nx());
            }
            own.add(map);
        }
        if (own.isEmpty()) {
            throw new IllegalArgumentException("no map of a line of " + element.symbol() + "; there are "
                    + maps.stream().map(m -> m.line().name()).collect(Collectors.joining(", ")));
        }
        return own;
    }

    private static Image counts(List<LineMap> maps, double factor) {
        Image first = maps.get(0).counts();
        double[] sums = new double[first.values().length];
        for (LineMap map : maps) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += map.counts().values()[i];
            }
        }
        return scaled(first, sums, factor);
    }

    private static Image errors(List<LineMap> maps, double factor) {
        Image first = maps.get(0).counts();
        double[] sums = new double[first.values().length];
        for (LineMap map : maps) {
            for (int i = 0; i < sums.length; i++) {
                double error = map.standardError().values()[i];
                sums[i] += error * error;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.sqrt(sums[i]);
        }
        return scaled(first, sums, factor);
    }

    private static Image scaled(Image like, double[] values, double factor) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (values[i] * factor);
        }
        return Image.of(like.ny(), like.nx(), like.pixelNm(), floats);
    }
}
