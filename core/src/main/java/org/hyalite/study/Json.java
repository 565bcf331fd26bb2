package org.hyalite.study;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.study.recipe.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this project writes it: indented, UTF-8, ended by a line feed, moved into place when whole. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Appends numbers; those that are not finite become null, since JSON has no word for them. */
    public static ArrayNode numbers(double... values) {
        ArrayNode array = array();
        for (double v : values) {
            if (Double.isFinite(v)) {
                array.add(v);
            } else {
                array.addNull();
            }
        }
        return array;
    }

    /** A number, text, truth value or list of them as JSON. */
    static JsonNode value(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** JSON that this project wrote, as text. */
    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    public static String text(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    public static void write(Path file, JsonNode node) {
        byte[] bytes = text(node).getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(file, out -> out.write(bytes));
    }

    /** Reads a file that a study wrote. */
    public static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new InputException(file + ": no such file; is this a results folder of 'hyalite run'?", e);
        } catch (java.io.IOException e) {
            throw new InputException(file + " cannot be read: " + Reason.of(e), e);
        } catch (JacksonException e) {
            throw new InputException(file + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
