package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON files of a Zarr folder. */
final class ZarrFolder {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private ZarrFolder() {}

    /** Makes a group with its attributes; nothing but a marker where there are none. */
    static void writeGroup(Path folder, Map<String, ?> attributes) throws IOException {
        Files.createDirectories(folder);
        writeJson(folder.resolve(".zgroup"), Map.of("zarr_format", 2));
        if (!attributes.isEmpty()) {
            writeJson(folder.resolve(".zattrs"), attributes);
        }
    }

    static void writeJson(Path file, Map<String, ?> content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }
}
