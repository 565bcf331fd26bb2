package org.hyalite.io.velox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredNumber;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file's groups, and the JSON texts in it: settings are texts of variable length; metadata are columns of bytes,
 * one for each frame, filled up with zeros.
 */
record VeloxTree(Path file, HdfGroup root) {
    private static final int LONGEST_METADATA = 1 << 24;

    /** The parts of a kind of data ({@code Image}, {@code Spectrum}, …) by their identifiers, in the file's order. */
    Map<String, HdfGroup> data(String kind) {
        Map<String, HdfGroup> parts = new LinkedHashMap<>();
        root.inside("Data").flatMap(d -> d.inside(kind)).ifPresent(group -> {
            for (String name : group.groupNames()) {
                group.inside(name).ifPresent(part -> parts.put(name, part));
            }
        });
        return parts;
    }

    /** All settings within a group of settings such as {@code Operations/StemInputOperation}, by their identifiers. */
    Map<String, JsonNode> settings(String... path) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        Optional<HdfGroup> group = Optional.of(root);
        for (String step : path) {
            group = group.flatMap(g -> g.inside(step));
        }
        group.ifPresent(g -> {
            for (String name : g.datasetNames()) {
                text(g, name).ifPresent(node -> found.put(name, node));
            }
        });
        return found;
    }

    /** The settings at a path as Velox writes it: {@code /SharedProperties/DataReference/17f0…}. */
    Optional<JsonNode> at(String path) {
        Optional<HdfGroup> group = Optional.of(root);
        String[] steps = path.replaceFirst("^/", "").split("/");
        for (int i = 0; i < steps.length - 1; i++) {
            String step = steps[i];
            group = group.flatMap(g -> g.inside(step));
        }
        return group.flatMap(g -> text(g, steps[steps.length - 1]));
    }

    /** A JSON text, if it is there. */
    Optional<JsonNode> text(HdfGroup group, String name) {
        return group.list(name)
                .flatMap(list -> list.stream().findFirst())
                .map(text -> parse(text.toString(), group.placeOf(name)));
    }

    /** How many columns of metadata a part has. */
    int metadataColumns(HdfGroup part) {
        return part.array("Metadata")
                .map(a -> a.shape().length > 1 ? a.shape()[1] : 1)
                .orElse(0);
    }

    /**
     * One column of a part's metadata.
     *
     * @param column beyond the last: the last
     */
    VeloxMetadata metadata(HdfGroup part, int column) {
        String place = part.placeOf("Metadata");
        StoredArray array =
                part.array("Metadata").orElseThrow(() -> new MalformedFileException(file, place, "it is missing"));
        int[] shape = array.shape();
        boolean plain = shape.length <= 2 && array.number().equals(bytes(array.number()));
        if (!plain || shape[0] < 1 || shape[0] > LONGEST_METADATA || shape.length == 2 && shape[1] < 1) {
            throw new MalformedFileException(
                    file, place, "an array of " + java.util.Arrays.toString(shape) + " where texts are expected");
        }
        ArrayTiles.of(file, array);
        int wanted = shape.length == 2 ? Math.min(column, shape[1] - 1) : 0;
        int[] chunks = array.chunks();
        int width = shape.length == 2 ? chunks[1] : 1;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int c = 0; c * (long) chunks[0] < shape[0]; c++) {
            ByteBuffer chunk = array.chunk(shape.length == 2 ? new int[] {c, wanted / width} : new int[] {c});
            int rows = Math.min(chunks[0], shape[0] - c * chunks[0]);
            for (int r = 0; r < rows; r++) {
                byte b = chunk.get(r * width + wanted % width);
                if (b == 0) {
                    return new VeloxMetadata(this, parse(text.toString(StandardCharsets.UTF_8), place), place);
                }
                text.write(b);
            }
        }
        return new VeloxMetadata(this, parse(text.toString(StandardCharsets.UTF_8), place), place);
    }

    private static StoredNumber bytes(StoredNumber like) {
        return new StoredNumber(StoredNumber.Kind.UNSIGNED, 1, like.order());
    }

    private JsonNode parse(String text, String place) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new MalformedFileException(
                    file,
                    place,
                    "it is no JSON text: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** A list that stands under a key, empty if it is none. */
    static List<JsonNode> items(JsonNode node) {
        return node.isArray() ? List.copyOf(node.values()) : List.of();
    }
}
