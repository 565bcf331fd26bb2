package org.hyalite.spectra;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;

/**
 * Lines of one element that share one amplitude: a family, or the whole K shell of an element that is not quantified.
 * Its parts are bundles of lines that a detector can tell apart; their relative strengths are refined on the spectra,
 * because tables of L and M intensities are rough.
 *
 * @param name the name in reports
 * @param element whose lines they are; empty for a peak that nothing explains
 * @param quantified whether it is quantified
 * @param parts its parts, the strongest first
 */
record LineGroup(String name, Optional<Element> element, boolean quantified, List<Part> parts) {
    /**
     * Lines of fixed relative strength.
     *
     * @param lines the lines; weights add up to one
     * @param share counts of the part for one count of the group's amplitude, as the tables say
     * @param freedom relative standard deviation of that share; 0 ties it
     * @param hidden whether it lies under a quantified line, so that the sum spectrum cannot tell its share
     */
    record Part(List<XrayLine.Component> lines, double share, double freedom, boolean hidden) {
        double energyKeV() {
            return lines.stream().mapToDouble(l -> l.energyKeV() * l.weight()).sum();
        }
    }

    /** Kβ/Kα is known well; the shares within L and M shells are not. */
    private static final double K_FREEDOM = 0.05;

    private static final double LM_FREEDOM = 0.5;
    private static final double LEAST_WEIGHT = 1e-3;
    private static final double LEAST_FREE_SHARE = 0.005;
    private static final double BUNDLE_WIDTHS = 0.4;
    private static final double HIDDEN_WIDTHS = 0.7;
    private static final double TIED_WIDTHS = 3;
    private static final int KA_LINES = 3;
    private static final int K_LINES = 29;

    /**
     * Every group of the settings that lies within a range.
     *
     * @param lowKeV lowest energy of a group's strongest line, keV
     * @param highKeV likewise highest
     */
    static List<LineGroup> modelled(FitSettings settings, PeakWidth width, double lowKeV, double highKeV) {
        List<Element> elements = new ArrayList<>();
        settings.lines().forEach(l -> elements.add(l.element()));
        elements.addAll(settings.others());
        return modelled(settings.lines(), elements, settings.beamEnergyKeV(), width, lowKeV, highKeV);
    }

    /**
     * Every group of lines and elements that lies within a range.
     *
     * @param lines quantified ones; may be empty
     * @param elements all whose lines are modelled
     */
    static List<LineGroup> modelled(
            List<XrayLine> lines,
            List<Element> elements,
            double beamEnergyKeV,
            PeakWidth width,
            double lowKeV,
            double highKeV) {
        List<LineGroup> groups = new ArrayList<>();
        for (XrayLine line : lines) {
            groups.add(of(line, true, lines, width));
        }
        for (Element element : elements.stream().distinct().toList()) {
            boolean other = lines.stream().noneMatch(l -> l.element().equals(element));
            for (LineFamily family : LineFamily.values()) {
                Optional<XrayLine> found = XrayLine.find(element, family);
                if (found.isEmpty() || lines.contains(found.get())) {
                    continue;
                }
                XrayLine line = found.get();
                boolean visible = line.strongestKeV() >= lowKeV
                        && line.strongestKeV() <= highKeV
                        && line.edgeKeV() < beamEnergyKeV;
                boolean tied = family == LineFamily.KB && tied(element, other, lines, width);
                if (visible && !tied) {
                    groups.add(of(line, false, lines, width));
                }
            }
        }
        return groups;
    }

    /** Whether Kβ shares the amplitude of Kα. */
    private static boolean tied(Element element, boolean other, List<XrayLine> lines, PeakWidth width) {
        Optional<XrayLine> alpha = XrayLine.find(element, LineFamily.KA);
        Optional<XrayLine> beta = XrayLine.find(element, LineFamily.KB);
        if (alpha.isEmpty() || beta.isEmpty() || lines.contains(beta.get())) {
            return false;
        }
        double apart = beta.get().energyKeV() - alpha.get().energyKeV();
        return other || apart < TIED_WIDTHS * width.fwhmKeV(alpha.get().energyKeV());
    }

    private static LineGroup of(XrayLine line, boolean quantified, List<XrayLine> lines, PeakWidth width) {
        List<Part> parts = new ArrayList<>();
        String name = line.name();
        switch (line.family()) {
            case KA -> {
                parts.add(new Part(line.components(), 1, 0, false));
                boolean other = lines.stream().noneMatch(l -> l.element().equals(line.element()));
                if (tied(line.element(), other, lines, width)) {
                    XrayLine beta = XrayLine.of(line.element(), LineFamily.KB);
                    parts.add(new Part(beta.components(), betaToAlpha(line.element()), K_FREEDOM, false));
                    name = line.element().symbol() + "_K";
                }
            }
            case KB -> parts.add(new Part(line.components(), 1, 0, false));
            case LA, MA -> parts.addAll(bundles(line, lines, width));
        }
        if (quantified) {
            name = line.name();
        }
        return new LineGroup(name, Optional.of(line.element()), quantified, parts);
    }

    /** Kβ counts for one of Kα, from xraylib's radiative rates. */
    private static double betaToAlpha(Element element) {
        double alpha = 0;
        double beta = 0;
        for (int line = 1; line <= K_LINES; line++) {
            double rate;
            try {
                rate = Xraylib.RadRate(element.atomicNumber(), -line);
            } catch (IllegalArgumentException absent) {
                continue; // xraylib says so of a transition that the element does not have
            }
            if (line <= KA_LINES) {
                alpha += rate;
            } else {
                beta += rate;
            }
        }
        return beta / alpha;
    }

    /** The lines of an L or M shell in bundles that a detector can tell apart, each around its strongest line. */
    private static List<Part> bundles(XrayLine line, List<XrayLine> lines, PeakWidth width) {
        List<XrayLine.Component> left = new ArrayList<>(line.components().stream()
                .filter(c -> c.weight() > LEAST_WEIGHT)
                .sorted(Comparator.comparingDouble(XrayLine.Component::weight).reversed())
                .toList());
        List<Part> parts = new ArrayList<>();
        while (!left.isEmpty()) {
            double seed = left.get(0).energyKeV();
            double reach = BUNDLE_WIDTHS * width.fwhmKeV(seed);
            List<XrayLine.Component> bundle = left.stream()
                    .filter(c -> Math.abs(c.energyKeV() - seed) <= reach)
                    .toList();
            left.removeAll(bundle);
            double share =
                    bundle.stream().mapToDouble(XrayLine.Component::weight).sum();
            boolean hidden = lines.stream()
                    .filter(l -> !l.equals(line))
                    .anyMatch(l -> Math.abs(l.strongestKeV() - seed) < HIDDEN_WIDTHS * width.fwhmKeV(seed));
            boolean small = share < LEAST_FREE_SHARE;
            parts.add(new Part(
                    bundle.stream()
                            .map(c -> new XrayLine.Component(c.energyKeV(), c.weight() / share))
                            .toList(),
                    share,
                    hidden || small ? 0 : LM_FREEDOM,
                    hidden && !small));
        }
        parts.sort(Comparator.comparingDouble(Part::share).reversed());
        return parts;
    }

    /** A peak that no element of the settings explains. */
    static LineGroup unknown(double energyKeV) {
        XrayLine.Component line = new XrayLine.Component(energyKeV, 1);
        String name = String.format(Locale.ROOT, "unknown_%.2fkeV", energyKeV);
        return new LineGroup(name, Optional.empty(), false, List.of(new Part(List.of(line), 1, 0, false)));
    }

    /** Energy of the strongest part, keV. */
    double energyKeV() {
        return parts.get(0).energyKeV();
    }

    /** Whether one of an element's shells has its absorption edge between two energies. */
    static boolean hasEdge(Element element, double lowKeV, double highKeV) {
        for (LineFamily family : LineFamily.values()) {
            Optional<XrayLine> line = XrayLine.find(element, family);
            if (line.isPresent() && line.get().edgeKeV() > lowKeV && line.get().edgeKeV() < highKeV) {
                return true;
            }
        }
        return false;
    }

    /** The same group with the shares of its lesser parts as the tables have them. */
    LineGroup tied(double leastFreeShare) {
        return new LineGroup(
                name,
                element,
                quantified,
                parts.stream()
                        .map(p -> new Part(
                                p.lines(), p.share(), p.share() < leastFreeShare ? 0 : p.freedom(), p.hidden()))
                        .toList());
    }

    /** The same group with other shares, in the order of the parts. */
    LineGroup withShares(double[] shares) {
        List<Part> changed = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            changed.add(new Part(
                    parts.get(i).lines(),
                    shares[i],
                    parts.get(i).freedom(),
                    parts.get(i).hidden()));
        }
        return new LineGroup(name, element, quantified, List.copyOf(changed));
    }
}
