package org.hyalite.io.tomviz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shifts of a tilt series as tomviz keeps them, in a state file or template ({@code .tvsm}, JSON) or in the table
 * that its alignment hands out ({@code .csv}).
 *
 * <p>In a state file stands an operator {@code TranslateAlign} with {@code offsets: [x₀, y₀, x₁, y₁, …]}, whole pixels in
 * the stack's order, x along a row of the stored image and y from its first row onwards; an operator {@code SetTiltAngles}
 * before it may hold {@code angles: [degrees, …]} (tomviz's own sources of these operators). The table has the columns
 * {@code X Offset} and {@code Y Offset}. The image's content is moved by +offset. Tomviz knows neither rotation nor
 * place of the axis here: after the shifts it takes it to run along x through the middle of the image, which for an
 * even number of pixels it puts half a pixel further than the centre.
 *
 * @param file where they stand
 * @param offsets one for each image
 * @param tiltsDeg the tilts that stand with them; as many as images
 */
public record TomvizShifts(Path file, List<Offset> offsets, Optional<List<Double>> tiltsDeg) {
    private static final long LONGEST_FILE = 64L << 20;
    private static final int DEEPEST = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What an image's content is moved by, pixels. */
    public record Offset(int x, int y) {}

    public TomvizShifts {
        offsets = List.copyOf(offsets);
        tiltsDeg = tiltsDeg.map(List::copyOf);
    }

    /** Whether a table's first line is tomviz's. */
    public static boolean isTable(String firstLine) {
        return header(firstLine).contains("X Offset") && header(firstLine).contains("Y Offset");
    }

    /**
     * Reads a state file, or a table if the name ends in {@code .csv}.
     *
     * @throws MalformedFileException if it does not hold the shifts of exactly one alignment
     */
    public static TomvizShifts read(Path file) {
        String text;
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new MalformedFileException(file, "its size", Files.size(file) + " bytes are no list of shifts");
            }
            text = Files.readString(file);
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", Reason.of(e), e);
        }
        boolean table = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        return table ? table(file, text) : state(file, text);
    }

    private static List<String> header(String line) {
        List<String> names = new ArrayList<>();
        for (String cell : line.split(",", -1)) {
            names.add(cell.strip().replaceAll("^\"|\"$", ""));
        }
        return names;
    }

    private static TomvizShifts table(Path file, String text) {
        List<Offset> offsets = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        List<String> names = header(lines[0]);
        int x = names.indexOf("X Offset");
        int y = names.indexOf("Y Offset");
        if (x < 0 || y < 0) {
            throw new MalformedFileException(file, "line 1", "no columns \"X Offset\" and \"Y Offset\"");
        }
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] cells = lines[i].split(",", -1);
            if (cells.length != names.size()) {
                throw new MalformedFileException(
                        file, "line " + (i + 1), cells.length + " values, expected " + names.size());
            }
            offsets.add(new Offset(whole(file, i + 1, cells[x]), whole(file, i + 1, cells[y])));
        }
        if (offsets.isEmpty()) {
            throw new MalformedFileException(file, "line 2", "no offsets");
        }
        return new TomvizShifts(file, offsets, Optional.empty());
    }

    private static int whole(Path file, int line, String cell) {
        try {
            return Integer.parseInt(cell.strip());
        } catch (NumberFormatException e) {
            throw new MalformedFileException(file, "line " + line, "an offset is not a whole number of pixels", e);
        }
    }

    private static TomvizShifts state(Path file, String text) {
        List<JsonNode> aligning = new ArrayList<>();
        List<JsonNode> tilting = new ArrayList<>();
        try {
            collect(file, MAPPER.readTree(text), 0, aligning, tilting);
        } catch (JacksonException e) {
            throw new MalformedFileException(file, "JSON", e.getOriginalMessage(), e);
        }
        if (aligning.size() != 1) {
            throw new MalformedFileException(
                    file,
                    "operators",
                    aligning.size() + " of type TranslateAlign with offsets, expected one; keep the one to be used");
        }
        JsonNode values = aligning.get(0);
        if (values.size() < 2 || values.size() % 2 != 0) {
            throw new MalformedFileException(
                    file, "TranslateAlign.offsets", values.size() + " numbers, expected x and y for each image");
        }
        List<Offset> offsets = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 2) {
            offsets.add(new Offset(whole(file, values, i), whole(file, values, i + 1)));
        }
        return new TomvizShifts(file, offsets, tilts(file, tilting, offsets.size()));
    }

    private static void collect(Path file, JsonNode node, int depth, List<JsonNode> aligning, List<JsonNode> tilting) {
        if (depth > DEEPEST) {
            throw new MalformedFileException(file, "JSON", "nested deeper than " + DEEPEST);
        }
        if (node.isObject()) {
            String type = node.path("type").asString("");
            if (type.equals("TranslateAlign") && node.path("offsets").isArray()) {
                aligning.add(node.path("offsets"));
            } else if (type.equals("SetTiltAngles") && node.path("angles").isArray()) {
                tilting.add(node.path("angles"));
            }
        }
        for (JsonNode inside : node) {
            collect(file, inside, depth + 1, aligning, tilting);
        }
    }

    private static int whole(Path file, JsonNode values, int i) {
        JsonNode value = values.get(i);
        if (!value.isNumber() || value.asDouble() != Math.rint(value.asDouble()) || !value.canConvertToInt()) {
            throw new MalformedFileException(file, "TranslateAlign.offsets[" + i + "]", "not a whole number of pixels");
        }
        return (int) value.asDouble();
    }

    private static Optional<List<Double>> tilts(Path file, List<JsonNode> tilting, int images) {
        if (tilting.isEmpty()) {
            return Optional.empty();
        }
        JsonNode last = tilting.get(tilting.size() - 1);
        if (last.size() != images) {
            throw new MalformedFileException(
                    file, "SetTiltAngles.angles", last.size() + " tilts for " + images + " offsets");
        }
        List<Double> tilts = new ArrayList<>();
        for (JsonNode angle : last) {
            if (!angle.isNumber() || !(Math.abs(angle.asDouble()) <= 180)) {
                throw new MalformedFileException(
                        file, "SetTiltAngles.angles[" + tilts.size() + "]", "not an angle within ±180°");
            }
            tilts.add(angle.asDouble());
        }
        return Optional.of(tilts);
    }

    /** Writes a template that tomviz applies to the stack it was made for: the tilts set, then the images moved. */
    public static void write(Path file, List<Offset> offsets, List<Double> tiltsDeg) {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode operators = json.putArray("operators");
        ArrayNode angles = operators.addObject().put("type", "SetTiltAngles").putArray("angles");
        tiltsDeg.forEach(angles::add);
        ArrayNode values = operators.addObject().put("type", "TranslateAlign").putArray("offsets");
        offsets.forEach(o -> values.add(o.x()).add(o.y()));
        byte[] bytes = (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(file, out -> out.write(bytes));
    }
}
