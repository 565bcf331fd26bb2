package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.hyalite.figure.ColourMap;
import org.hyalite.figure.Labels;
import org.hyalite.figure.Look;
import org.hyalite.figure.Palette;
import org.hyalite.study.FigureStep;
import org.hyalite.study.Json;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "figure",
        mixinStandardHelpOptions = true,
        description =
                "One figure of a results folder again, as PNG, SVG or PDF by FILE's ending; nothing is computed again.",
        footer = {
            "",
            "Example:  hyalite figure results --list",
            "          hyalite figure results fig6-phase-diagram --column single -o fig6.pdf",
            "          hyalite figure results fig3-sample --width 120 --dpi 600 --colours orange-azure --labels symbols -o 3.png"
        })
final class FigureCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "results folder of 'hyalite run'")
    Path folder = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the figure, as --list names it")
    Optional<String> name = Optional.empty();

    @Option(names = "-o", paramLabel = "FILE", description = "the file to write: .png, .svg or .pdf")
    Optional<Path> out = Optional.empty();

    @Option(names = "--list", description = "the figures of this folder")
    boolean list;

    @Option(names = "--width", paramLabel = "MM", description = "width, mm (default: as the run drew it)")
    Optional<Double> width = Optional.empty();

    @Option(
            names = "--column",
            paramLabel = "single|double",
            description = "width of one column (85 mm) or two (174 mm) of a journal")
    Optional<Column> column = Optional.empty();

    @Option(names = "--dpi", paramLabel = "N", description = "pixels per inch of a PNG (default: ${DEFAULT-VALUE})")
    double dpi = 300;

    @Option(
            names = "--labels",
            paramLabel = "words|symbols",
            description =
                    "English words (default, as in the run), or symbols and units only, for a paper in any language")
    Labels labels = Labels.WORDS;

    @Option(
            names = "--colours",
            paramLabel = "NAME",
            split = ",",
            description = {
                "of amounts: ember, lagoon, grey; of elements: red-blue (default), orange-azure or magenta-green,",
                "which readers without full colour vision can tell apart; one of each may be given"
            })
    List<String> colours = List.of();

    @Option(names = "--json", description = "machine-readable")
    boolean json;

    /** Widths that journals ask for, mm. */
    enum Column {
        SINGLE(85),
        DOUBLE(174);

        final double mm;

        Column(double mm) {
            this.mm = mm;
        }
    }

    @Override
    public Integer call() {
        if (list) {
            list();
            return Main.OK;
        }
        if (width.isPresent() && column.isPresent()) {
            throw new InputException("--width and --column are two widths; give one");
        }
        String wanted = name.orElseThrow(
                () -> new InputException("which figure? 'hyalite figure " + folder + " --list' names them"));
        Path file = out.orElseThrow(() -> new InputException("where to? give -o FILE.png, FILE.svg or FILE.pdf"));
        Optional<Double> mm = width.or(() -> column.map(c -> c.mm));
        ObjectNode made = FigureStep.draw(
                folder,
                wanted,
                file,
                new FigureStep.Wish(look(), mm.map(OptionalDouble::of).orElse(OptionalDouble.empty()), dpi));
        made.path("notes").forEach(n -> System.err.println("note: " + n.asString("")));
        if (json) {
            System.out.print(Json.text(made));
        } else {
            System.err.println(FigureStep.told(made));
        }
        return Main.OK;
    }

    private void list() {
        JsonNode all = FigureStep.list(folder);
        if (json) {
            System.out.print(Json.text(all));
            return;
        }
        if (all.isEmpty()) {
            throw new InputException(folder + ": no figures; is it a results folder of 'hyalite run' with figures?");
        }
        for (JsonNode figure : all) {
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %s%n",
                    figure.path("name").asString(""),
                    figure.path("redrawn").asBoolean(false) ? "" : "size and format only (kept SVG)");
        }
    }

    private Look look() {
        Optional<ColourMap> amounts = Optional.empty();
        Optional<Palette.Elements> elements = Optional.empty();
        for (String colour : colours) {
            String constant = colour.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            boolean known = false;
            for (ColourMap map : ColourMap.values()) {
                if (map.name().equals(constant)) {
                    amounts = Optional.of(map);
                    known = true;
                }
            }
            for (Palette.Elements set : Palette.Elements.values()) {
                if (set.name().equals(constant)) {
                    elements = Optional.of(set);
                    known = true;
                }
            }
            if (!known) {
                throw new InputException(
                        "--colours " + colour
                                + ": there are ember, lagoon and grey for amounts, red-blue, orange-azure and magenta-green for elements");
            }
        }
        return new Look(labels, amounts, elements, OptionalDouble.empty());
    }
}
