package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Acquisition.Known;
import org.hyalite.study.ElementsReport;
import org.hyalite.study.Json;
import org.hyalite.study.RecordingReport;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description =
                "What a file holds: format, signals, shapes, axes with units, and what is known of how it was made.",
        footer = {
            "",
            "Example:  hyalite info sample/eds/*.bcf --json",
            "          hyalite info map.bcf --elements     suggestions with their evidence; nothing is quantified by them"
        })
final class InfoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "microscope files")
    List<Path> files = List.of();

    @Mixin
    SelectionOptions part = new SelectionOptions();

    @Option(names = "--json", description = "machine-readable")
    boolean json;

    @Option(names = "--elements", description = "suggest the elements that the spectra hold, with the evidence")
    boolean elements;

    @Option(names = "--beam-energy", paramLabel = "KEV", description = "beam energy, keV, where the files do not say")
    Optional<Double> beamEnergy = Optional.empty();

    @Override
    public Integer call() {
        beamEnergy.filter(kev -> !(kev > 0) || kev.isInfinite()).ifPresent(kev -> {
            throw new InputException("--beam-energy " + kev + " keV is not a positive number");
        });
        ArrayNode all = Json.array();
        for (Path file : files) {
            Recording recording = MicroscopeFile.open(file, part.selection());
            if (json) {
                all.add(elements ? withElements(recording) : RecordingReport.toJson(recording));
            } else {
                print(recording);
            }
        }
        if (json) {
            System.out.print(Json.text(all));
        }
        return Main.OK;
    }

    private ObjectNode withElements(Recording recording) {
        ObjectNode report = RecordingReport.toJson(recording);
        for (int i = 0; i < recording.signals().size(); i++) {
            ObjectNode signal = (ObjectNode) report.path("signals").get(i);
            try {
                ElementsReport.of(recording, recording.signals().get(i), beamEnergy)
                        .ifPresent(found -> signal.set("suggested_elements", ElementsReport.toJson(found)));
            } catch (InputException why) {
                signal.put("elements_note", why.getMessage());
            }
            ElementsReport.refusal(recording.signals().get(i)).ifPresent(why -> signal.put("elements_note", why));
        }
        return report;
    }

    private void suggest(Recording recording, Signal signal) {
        ElementsReport.refusal(signal).ifPresent(why -> System.out.println("    note: " + why));
        try {
            ElementsReport.of(recording, signal, beamEnergy).ifPresent(found -> {
                System.out.println(
                        found.isEmpty()
                                ? "    no element is suggested"
                                : "    suggested elements (counts in the sum spectrum):");
                ElementsReport.lines(found).forEach(row -> System.out.println("      " + row));
            });
        } catch (InputException why) { // the next signal may do
            System.out.println("    note: " + why.getMessage());
        }
    }

    private void print(Recording recording) {
        System.out.println(recording.file() + ": " + recording.format());
        for (Signal signal : recording.signals()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s %s: %s%n",
                    signal.data().kind(),
                    signal.name().isEmpty() ? "" : "'" + signal.name() + "'",
                    signal.axes().stream().map(InfoCommand::axis).collect(Collectors.joining(" × ")));
            System.out.printf(
                    Locale.ROOT,
                    "    sum %s, min %s, max %s%n",
                    number(signal.statistics().sum()),
                    number(signal.statistics().min()),
                    number(signal.statistics().max()));
            for (Entry<Key, Known> known : signal.acquisition().known().entrySet()) {
                System.out.printf(
                        Locale.ROOT,
                        "    %-24s %s  (%s)%n",
                        known.getKey().label(),
                        known.getValue().value(),
                        known.getValue().source());
            }
            List<String> missing = RecordingReport.missing(signal);
            if (!missing.isEmpty()) {
                System.out.println("    missing: " + String.join(", ", missing));
            }
            if (elements) {
                suggest(recording, signal);
            }
        }
        recording.warnings().forEach(w -> System.out.println("  note: " + w));
    }

    private static String axis(Axis axis) {
        return String.format(Locale.ROOT, "%s %d (%.6g %s)", axis.name(), axis.size(), axis.scale(), axis.unit());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.9g", value);
    }
}
