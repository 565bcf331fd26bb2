package org.hyalite.io;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes small HDF5 files: arrays, texts and attributes by their paths. A group must hold either groups or arrays, since
 * jHDF's writer spoils files in which one holds both.
 */
public final class EmdBuilder {
    private record Item(Object data, boolean unsigned, int[] chunks) {}

    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> attributes = new LinkedHashMap<>();

    /** An array; with chunk sizes it is stored in chunks, compressed. */
    public EmdBuilder array(String path, Object data, boolean unsigned, int... chunks) {
        items.put(path, new Item(data, unsigned, chunks));
        return this;
    }

    public EmdBuilder text(String path, String text) {
        return array(path, new String[] {text}, false);
    }

    /** An attribute of an array or group; an empty path is the root. */
    public EmdBuilder attribute(String path, String name, Object value) {
        attributes.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(name, value);
        return this;
    }

    public EmdBuilder without(String path) {
        items.keySet().removeIf(p -> p.startsWith(path));
        return this;
    }

    public Path writeTo(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            Map<String, WritableNode> nodes = new HashMap<>();
            nodes.put("", hdf);
            items.forEach((path, item) -> {
                WritableGroup group = hdf;
                int slash = path.indexOf('/');
                for (; slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    String inner = path.substring(0, slash);
                    WritableGroup parent = group;
                    String name = inner.substring(inner.lastIndexOf('/') + 1);
                    group = (WritableGroup) nodes.computeIfAbsent(inner, p -> parent.putGroup(name));
                }
                nodes.put(path, group.putDataset(path.substring(path.lastIndexOf('/') + 1), item.data, options(item)));
            });
            attributes.forEach(
                    (path, all) -> all.forEach((name, value) -> nodes.get(path).putAttribute(name, value)));
        }
        return file;
    }

    private static DatasetCreationOptions options(Item item) {
        DatasetCreationOptions.Builder options = DatasetCreationOptions.builder();
        if (item.unsigned) {
            options.unsigned();
        }
        if (item.chunks.length > 0) {
            options.chunkDimensions(item.chunks).shuffle().deflate();
        }
        return options.build();
    }
}
