package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;

/**
 * Suggests elements for a spectrum: beginning with the continuum alone, the element whose decisive line family explains most
 * of what is left is added, axis and detector are fitted anew, and so on until nothing significant is left; then what has
 * lost its significance beside the others is taken out again. The decisive family is the highest in energy that the beam
 * excites well and a silicon detector sees: an element whose K lines would be seen is not suggested by its L lines.
 */
public final class ElementSearch {
    private static final double SIGNIFICANT = 5;
    private static final int MOST = 40;
    private static final int ROUNDS = 2;

    /** Axis and detector are fitted anew at these numbers of elements, and at the end. */
    private static final Set<Integer> REFIT = Set.of(1, 3, 8, 16);

    private static final int LIGHTEST = 4;
    private static final int HEAVIEST = 92;

    /** Elements that nobody has in a microscope by accident, and gases that do not stay in a specimen. */
    private static final Set<Integer> ABSENT = Set.of(10, 36, 43, 54, 61, 84, 85, 86, 87, 88, 89, 91);

    /** Elements that few specimens hold: where a common one explains nearly as much, it is tried first. */
    private static final Set<String> RARE = Set.of(
            "Sc", "Rb", "Y", "Nb", "Ru", "Rh", "In", "Te", "Cs", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er",
            "Tm", "Yb", "Lu", "Hf", "Ta", "Re", "Os", "Ir", "Hg", "Tl", "Th");

    private static final double RARE_FACTOR = 0.7;
    private static final double HIGHEST_KEV = 12.5;
    private static final double OVERVOLTAGE = 1.4;
    private static final int LEAST_COUNTS_ABOVE = 50;

    /** Below this energy the parts of L and M shells could pass for the K lines of light elements, and are tied. */
    private static final double TIED_KEV = 1.1;

    /** Of other shells, those below this share of the shell: Hf Mγ would pass for silicon. */
    private static final double LEAST_FREE = 0.1;

    /** What other families add to the evidence is limited by the decisive one's. */
    private static final double MOST_OTHERS = 2;

    private final Spectrum sum;
    private final double beamEnergyKeV;
    private final PeakWidth startWidth;
    private final FitRange range;
    private final double[] data;
    private final double lowKeV;
    private final double highKeV;
    private final Map<Element, List<LineGroup>> groups = new HashMap<>();
    private final Map<Element, Optional<LineGroup>> decisive = new HashMap<>();
    private final List<Element> chosen = new ArrayList<>();
    private double[] theta;
    private SumModel model;

    private ElementSearch(Spectrum sum, double beamEnergyKeV, OptionalDouble resolutionEv) {
        this.sum = sum;
        this.beamEnergyKeV = beamEnergyKeV;
        startWidth = new PeakWidth(resolutionEv.orElse(PeakWidth.USUAL_EV), PeakWidth.SILICON_SLOPE_EV);
        range = range(sum, beamEnergyKeV);
        data = Arrays.copyOfRange(sum.counts(), range.first(), range.first() + range.channels());
        for (double n : data) {
            if (!(n >= 0) || Double.isInfinite(n)) {
                throw new IllegalArgumentException(
                        "the spectrum holds " + n + " counts in a channel; counts are finite and not negative");
            }
        }
        lowKeV = sum.axis().energyKeV(range.first());
        highKeV = sum.axis().energyKeV(range.first() + range.channels() - 1.0);
        model = new SumModel(range, List.of(), List.of(), List.of(), beamEnergyKeV, true);
        theta = AxisFit.start(sum.axis(), startWidth);
    }

    /**
     * The elements that the spectrum suggests, the surest first; empty where there are too few counts.
     *
     * @param sum a spectrum, or the sum of a map's
     * @param beamEnergyKeV energy of the beam, keV
     * @param resolutionEv FWHM at Mn Kα that the detector is said to have, eV
     * @throws IllegalArgumentException if the counts are none, or the spectrum has no range to look at
     */
    public static List<ElementCandidate> in(Spectrum sum, double beamEnergyKeV, OptionalDouble resolutionEv) {
        return new ElementSearch(sum, beamEnergyKeV, resolutionEv).run();
    }

    private List<ElementCandidate> run() {
        if (Arrays.stream(data).sum() < LEAST_COUNTS_ABOVE) {
            return List.of();
        }
        grow();
        for (int round = 0; round < ROUNDS; round++) {
            refit();
            boolean changed = prune();
            changed |= grow();
            if (!changed) {
                break;
            }
        }
        prune();
        return new ElementEvidence(sumState(), this::decisive, candidates()).report();
    }

    /** Adds elements while there are significant ones; whether there were any. */
    private boolean grow() {
        boolean any = false;
        while (chosen.size() < MOST) {
            Optional<Element> best = best();
            if (best.isEmpty()) {
                break;
            }
            chosen.add(best.get());
            any = true;
            model = model();
            if (REFIT.contains(chosen.size())) {
                refit();
            }
        }
        return any;
    }

    private Optional<Element> best() {
        SumState state = sumState();
        Element best = null;
        double most = SIGNIFICANT;
        for (Element element : candidates()) {
            if (!chosen.contains(element)) {
                double z = explained(state, element);
                if (z > most) {
                    most = z;
                    best = element;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Standard deviations of all an element's families together; 0 where the decisive one is not significant. */
    private double explained(SumState state, Element element) {
        LineGroup main = decisive(element).orElseThrow();
        double decides = state.significance(main);
        if (!(decides > SIGNIFICANT)) {
            return 0;
        }
        double squares = decides * decides;
        for (LineGroup group : groups(element)) {
            boolean other = !group.name().equals(main.name());
            double z = other ? Math.max(0, Math.min(state.significance(group), MOST_OTHERS * decides)) : 0;
            squares += z * z;
        }
        return Math.sqrt(squares) * (RARE.contains(element.symbol()) ? RARE_FACTOR : 1);
    }

    private List<LineGroup> groups(Element element) {
        return groups.computeIfAbsent(
                element,
                e -> LineGroup.modelled(List.of(), List.of(e), beamEnergyKeV, startWidth, lowKeV, highKeV).stream()
                        .map(g -> g.tied(g.energyKeV() < TIED_KEV ? 1 : LEAST_FREE))
                        .toList());
    }

    /** Takes out, one by one, what is not significant beside the others; whether there was any. */
    private boolean prune() {
        boolean any = false;
        while (true) {
            SumState state = sumState();
            Optional<Element> weakest = chosen.stream()
                    .min(Comparator.comparingDouble(
                            e -> state.fitted(decisive(e).orElseThrow())));
            if (weakest.isEmpty() || state.fitted(decisive(weakest.get()).orElseThrow()) >= SIGNIFICANT) {
                return any;
            }
            chosen.remove(weakest.get());
            model = model();
            any = true;
        }
    }

    private void refit() {
        model = model();
        AxisFit fit = AxisFit.of(sum, model, List.of(), startWidth);
        theta = fit.theta();
        model = fit.model();
    }

    private SumState sumState() {
        return SumState.of(model, theta, data);
    }

    private SumModel model() {
        List<LineGroup> all = new ArrayList<>();
        chosen.forEach(e -> all.addAll(groups(e)));
        return new SumModel(range, all, List.of(), model.absorbers(), beamEnergyKeV, model.escape());
    }

    /** All elements with a decisive family in range. */
    private List<Element> candidates() {
        List<Element> all = new ArrayList<>();
        for (int z = LIGHTEST; z <= HEAVIEST; z++) {
            if (!ABSENT.contains(z) && decisive(Element.of(z)).isPresent()) {
                all.add(Element.of(z));
            }
        }
        return all;
    }

    /** The group that decides on an element: K as a whole, or the L or M shell. */
    private Optional<LineGroup> decisive(Element element) {
        return decisive.computeIfAbsent(element, this::findDecisive);
    }

    private Optional<LineGroup> findDecisive(Element element) {
        for (LineFamily family : List.of(LineFamily.KA, LineFamily.LA, LineFamily.MA)) {
            Optional<XrayLine> line = XrayLine.find(element, family);
            boolean excited = line.isPresent() && OVERVOLTAGE * line.get().edgeKeV() < beamEnergyKeV;
            if (excited && line.get().strongestKeV() < HIGHEST_KEV) {
                double margin = startWidth.fwhmKeV(line.get().strongestKeV());
                boolean inRange =
                        line.get().strongestKeV() > lowKeV && line.get().strongestKeV() + margin < highKeV;
                if (line.get().strongestKeV() + margin >= highKeV) {
                    continue;
                }
                return inRange
                        ? groups(element).stream()
                                .filter(g -> line.get().name().startsWith(g.name()))
                                .findFirst()
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static FitRange range(Spectrum sum, double beamEnergyKeV) {
        double[] counts = sum.counts();
        int first = (int) Math.max(0, Math.ceil(sum.axis().channel(FitRange.ZERO_PEAK_END_KEV)));
        int last = (int) Math.min(counts.length - 1.0, Math.floor(sum.axis().channel(beamEnergyKeV)));
        double above = 0;
        while (last > first && above + counts[last] < LEAST_COUNTS_ABOVE) {
            above += counts[last--];
        }
        if (last - first + 1 < 32) {
            throw new IllegalArgumentException(
                    "the spectrum holds too few channels or counts above 0.2 keV to look for elements");
        }
        return new FitRange(first, last - first + 1);
    }
}
