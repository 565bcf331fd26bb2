package org.hyalite.io.zarr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON files of a Zarr folder. */
final class ZarrFolder {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN
            .enable(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII) // zarr-python 2 reads ASCII alone
            .build();
    private static final long LONGEST_JSON = 64L << 20;

    private ZarrFolder() {}

    /** Makes a group with its attributes; nothing but a marker where there are none. */
    static void writeGroup(Path folder, Map<String, ?> attributes) throws IOException {
        Files.createDirectories(folder);
        writeJson(folder.resolve(".zgroup"), Map.of("zarr_format", 2));
        if (!attributes.isEmpty()) {
            writeJson(folder.resolve(".zattrs"), attributes);
        }
    }

    static void writeJson(Path path, Map<String, ?> content) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    /**
     * Reads a JSON file.
     *
     * @param file the folder as a whole, for messages
     * @param place the part's path within
     */
    static JsonNode readJson(Path file, Path part, String place) {
        return parseJson(file, readBytes(file, part, place, LONGEST_JSON), place);
    }

    static JsonNode parseJson(Path file, byte[] bytes, String place) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new MalformedFileException(file, place, "it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a small file whole, refusing one that is longer than it can be. */
    static byte[] readBytes(Path file, Path part, String place, long most) {
        try (InputStream in = Files.newInputStream(part)) {
            long size = Files.size(part);
            if (size > most) {
                throw new MalformedFileException(file, place, size + " bytes, where at most " + most + " are expected");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new MalformedFileException(
                    file, place, "it cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    static void requireVersion2(Path file, JsonNode about, String place) {
        JsonNode version = about.path("zarr_format");
        if (!version.isIntegralNumber()) {
            throw new MalformedFileException(file, place, "there is no zarr_format in it");
        }
        if (version.asInt(-1) != 2) {
            throw new UnsupportedFileException(file, place + " is of Zarr version " + version + "; version 2 is read");
        }
    }
}
