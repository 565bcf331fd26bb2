package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hyalite.figure.Figure;
import org.hyalite.figure.KeptFigure;
import org.hyalite.figure.Labels;
import org.hyalite.figure.Look;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One figure of a results folder again, for a paper or a talk, without computing anything of the study. */
public final class FigureStep {
    private static final double MM_PER_PT = 25.4 / 72;

    /** Type smaller than this cannot be read in print, points. */
    private static final double READABLE_PT = 5;

    private FigureStep() {}

    /** What is written. */
    public enum Format {
        PNG,
        SVG,
        PDF;

        static Format of(Path file) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            for (Format f : values()) {
                if (name.endsWith("." + f.name().toLowerCase(Locale.ROOT))) {
                    return f;
                }
            }
            throw new InputException(file + ": figures are written as .png, .svg or .pdf; name the file so");
        }
    }

    /**
     * How a figure is wanted.
     *
     * @param look labels and colours; its width is set here
     * @param widthMm empty: as a run draws it
     * @param dpi pixels per inch of a PNG
     */
    public record Wish(Look look, OptionalDouble widthMm, double dpi) {
        public Wish {
            widthMm.ifPresent(mm -> {
                if (!(mm >= 20 && mm <= 1000)) {
                    throw new InputException("a width of " + mm + " mm; give 20 to 1000");
                }
            });
            if (!(dpi >= 30 && dpi <= 2400)) {
                throw new InputException(dpi + " dpi; give 30 to 2400");
            }
        }
    }

    /** The figures of a results folder: name, what it shows, and whether labels and colours can be changed. */
    public static ArrayNode list(Path folder) {
        ResultFiles files = ResultFiles.existing(folder);
        ArrayNode all = Json.array();
        for (String name : names(files)) {
            boolean redrawn = Files.exists(files.figureData(name));
            all.addObject()
                    .put("name", name)
                    .put("redrawn", redrawn)
                    .put("from", redrawn ? "figures/data/" + name + ".json" : "figures/" + name + ".svg");
        }
        return all;
    }

    /**
     * Draws and writes one figure.
     *
     * @param name as {@link #list} tells them
     * @return what was written, its size, and notes
     */
    public static ObjectNode draw(Path folder, String name, Path out, Wish wish) {
        Format format = Format.of(out);
        ResultFiles files = ResultFiles.existing(folder);
        requireKnown(files, name);
        boolean redrawn = Files.exists(files.figureData(name));
        List<String> notes = new ArrayList<>();
        Look look = wish.widthMm().isPresent()
                ? wish.look().withWidth(wish.widthMm().getAsDouble() / MM_PER_PT)
                : wish.look();
        Figure natural = redrawn ? drawn(files, name, look) : kept(files, name, look, notes);
        Figure figure =
                wish.widthMm().isPresent() ? natural.scaledTo(wish.widthMm().getAsDouble() / MM_PER_PT) : natural;
        if (figure.smallestTypePt() < READABLE_PT) {
            notes.add(String.format(
                    Locale.ROOT,
                    "at this width the smallest type is %.1f pt; journals ask for 5 to 7",
                    figure.smallestTypePt()));
        }
        write(figure, format, out, wish.dpi());
        ObjectNode json = Json.object().put("figure", name).put("file", out.toString());
        json.put("format", format.name().toLowerCase(Locale.ROOT));
        json.put("width_mm", rounded(figure.widthPt() * MM_PER_PT));
        json.put("height_mm", rounded(figure.heightPt() * MM_PER_PT));
        if (format == Format.PNG) {
            json.put("dpi", wish.dpi());
        }
        json.put("smallest_type_pt", rounded(figure.smallestTypePt()));
        json.put("redrawn", redrawn);
        ArrayNode told = json.putArray("notes");
        notes.forEach(told::add);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }

    private static void write(Figure figure, Format format, Path out, double dpi) {
        try {
            AtomicWrite.file(out, stream -> {
                switch (format) {
                    case PNG -> figure.png(stream, dpi);
                    case SVG -> figure.svg(stream);
                    case PDF -> figure.pdf(stream);
                }
            });
        } catch (IllegalArgumentException e) { // too many pixels
            throw new InputException(e.getMessage() + "; give a smaller --width or --dpi", e);
        }
    }

    private static Figure drawn(ResultFiles files, String name, Look look) {
        try {
            return FigureData.read(files, name).draw(look);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    files.figureData(name) + ": no figure can be drawn of it: " + e.getMessage()
                            + "; run the study again",
                    e);
        }
    }

    private static Figure kept(ResultFiles files, String name, Look look, List<String> notes) {
        Path file = files.figures().resolve(name + ".svg");
        notes.add("figures/data/" + name
                + ".json is missing (an earlier version wrote this folder): the figure is taken from"
                + " the kept SVG, so that size and format can be changed, labels and colours cannot");
        if (look.labels() != Labels.WORDS
                || look.amounts().isPresent()
                || look.elements().isPresent()) {
            notes.add("--labels and --colours were not heeded");
        }
        try {
            return KeptFigure.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    file + ": " + e.getMessage()
                            + "; only SVG that this program wrote can be read, run the study again",
                    e);
        }
    }

    private static Set<String> names(ResultFiles files) {
        Set<String> all = new TreeSet<>();
        all.addAll(names(files.figures(), ".svg"));
        all.addAll(names(files.figures().resolve("data"), ".json"));
        return all;
    }

    private static List<String> names(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith(ending) && !n.startsWith("."))
                    .map(n -> n.substring(0, n.length() - ending.length()))
                    .toList();
        } catch (IOException e) {
            throw new InputException(folder + " cannot be listed: " + Reason.of(e), e);
        }
    }

    private static void requireKnown(ResultFiles files, String name) {
        Set<String> known = names(files);
        if (known.isEmpty()) {
            throw new InputException(files.figures() + ": no figures; is " + files.folder()
                    + " a results folder of 'hyalite run', and was it run with figures?");
        }
        if (known.contains(name)) {
            return;
        }
        String nearest = known.stream()
                .sorted(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
                .limit(3)
                .collect(Collectors.joining(", "));
        throw new InputException(files.folder() + ": no figure '" + name + "'; nearest: " + nearest
                + " (--list shows all " + known.size() + ")");
    }

    /** How unlike two names are: edits, few where the one begins with or holds the other. */
    private static int distance(String wanted, String known) {
        String a = wanted.toLowerCase(Locale.ROOT);
        String b = known.toLowerCase(Locale.ROOT);
        if (!a.isEmpty() && b.contains(a)) {
            return b.startsWith(a) ? -2 : -1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= Math.min(a.length(), 200); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int same = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** In words, for a terminal. */
    public static String told(ObjectNode made) {
        return String.format(
                Locale.ROOT,
                "wrote %s, %.1f mm × %.1f mm%s",
                made.path("file").asString(""),
                made.path("width_mm").asDouble(),
                made.path("height_mm").asDouble(),
                Optional.of(made.path("dpi").asDouble(0))
                        .filter(d -> d > 0)
                        .map(d -> String.format(Locale.ROOT, ", %.0f dpi", d))
                        .orElse(""));
    }
}
