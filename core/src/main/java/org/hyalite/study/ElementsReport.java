package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.spectra.ElementCandidate;
import org.hyalite.spectra.ElementCandidate.Line;
import org.hyalite.spectra.ElementCandidate.Verdict;
import org.hyalite.spectra.ElementSearch;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The elements that a signal's sum spectrum suggests, as {@code hyalite info --elements} says it. */
public final class ElementsReport {
    private ElementsReport() {}

    /**
     * What a signal suggests; empty where it holds no spectra, or none of X-rays ({@link #refusal}).
     *
     * @param beamEnergyKeV where the file does not say
     * @throws InputException if neither says the beam energy, or the spectrum cannot be looked at
     */
    public static Optional<List<ElementCandidate>> of(
            Recording recording, Signal signal, Optional<Double> beamEnergyKeV) {
        Optional<Spectrum> sum = sum(signal);
        if (sum.isEmpty()) {
            return Optional.empty();
        }
        double beam = signal.acquisition()
                .number(Key.BEAM_ENERGY)
                .or(() -> beamEnergyKeV)
                .orElseThrow(() -> new InputException(recording.file()
                        + ": gives no beam energy, which decides what lines there can be; add" + " --beam-energy KEV"));
        OptionalDouble resolution = signal.acquisition()
                .number(Key.ENERGY_RESOLUTION)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
        try {
            return Optional.of(ElementSearch.in(sum.get(), beam, resolution));
        } catch (IllegalArgumentException e) {
            throw new InputException(recording.file() + ": '" + signal.name() + "': " + e.getMessage(), e);
        }
    }

    /** Why no elements are looked for in a signal that holds spectra; empty where they are. */
    public static Optional<String> refusal(Signal signal) {
        return signal.isCounts()
                ? Optional.empty()
                : Optional.of("its spectra are energy losses, or not said to be X-rays: no element is looked for");
    }

    private static Optional<Spectrum> sum(Signal signal) {
        if (!signal.isCounts()) {
            return Optional.empty();
        }
        if (signal.data() instanceof Signal.SingleSpectrum single) {
            return Optional.of(single.spectrum());
        }
        if (signal.data() instanceof Signal.Maps maps) {
            return maps.maps().stream().map(SpectrumImage::sum).reduce(Spectrum::plus);
        }
        return Optional.empty();
    }

    /** For machines. */
    public static ArrayNode toJson(List<ElementCandidate> candidates) {
        ArrayNode all = Json.array();
        for (ElementCandidate candidate : candidates) {
            ObjectNode node = all.addObject();
            node.put("element", candidate.element().symbol());
            node.put("standard_deviations", candidate.standardDeviations());
            node.put("doubtful", candidate.doubtful());
            node.put("often_from_the_system", candidate.system());
            ArrayNode lines = node.putArray("lines");
            for (Line line : candidate.lines()) {
                lines.addObject()
                        .put("name", line.name())
                        .put("energy_keV", line.energyKeV())
                        .put("counts", line.counts().value())
                        .put("standard_error", line.counts().standardError())
                        .put("verdict", line.verdict().name().toLowerCase(Locale.ROOT));
            }
            ArrayNode alike = node.putArray("alike");
            candidate.alike().forEach(e -> alike.add(e.symbol()));
            ArrayNode overlapping = node.putArray("overlapping");
            candidate.overlapping().forEach(e -> overlapping.add(e.symbol()));
        }
        return all;
    }

    /** For people, a line for each element. */
    public static List<String> lines(List<ElementCandidate> candidates) {
        List<String> rows = new ArrayList<>();
        for (ElementCandidate candidate : candidates) {
            StringBuilder row = new StringBuilder(
                    String.format(Locale.ROOT, "%-2s %6.0f sd ", candidate.element(), candidate.standardDeviations()));
            row.append(candidate.lines().stream().map(ElementsReport::line).collect(Collectors.joining("; ")));
            append(row, "; could also be ", candidate.alike());
            append(row, "; overlaps ", candidate.overlapping());
            rows.add(row + (candidate.system() ? "; often from grid, holder, film or mill" : ""));
        }
        return rows;
    }

    private static String line(Line line) {
        String found = String.format(
                Locale.ROOT,
                " %s %.3f keV %.0f ± %.0f",
                line.name(),
                line.energyKeV(),
                line.counts().value(),
                line.counts().standardError());
        return line.verdict() == Verdict.SEEN
                ? found
                : found + (line.verdict() == Verdict.MISSING ? " (missing)" : " (open)");
    }

    private static void append(StringBuilder row, String what, List<Element> elements) {
        if (!elements.isEmpty()) {
            row.append(what).append(elements.stream().map(Element::symbol).collect(Collectors.joining(", ")));
        }
    }
}
