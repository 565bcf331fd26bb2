package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredGroup;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A group of a Zarr (version 2) folder. */
final class ZarrGroup implements StoredGroup {
    private final Path file;
    private final Path folder;
    private final String place;
    private @Nullable JsonNode attributes;

    ZarrGroup(Path file, Path folder, String place) {
        this.file = file;
        this.folder = folder;
        this.place = place;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public List<String> groupNames() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(p -> Files.exists(p.resolve(".zgroup")))
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new MalformedFileException(file, place, "it cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<StoredGroup> group(String name) {
        Path inside = folder.resolve(name);
        return Files.exists(inside.resolve(".zgroup"))
                ? Optional.of(new ZarrGroup(file, inside, placeOf(name)))
                : Optional.empty();
    }

    @Override
    public Optional<StoredArray> array(String name) {
        Path inside = folder.resolve(name);
        return Files.exists(inside.resolve(".zarray"))
                ? Optional.of(ZarrArray.of(file, inside, placeOf(name)))
                : Optional.empty();
    }

    @Override
    public Optional<Object> attribute(String name) {
        if (attributes == null) {
            Path part = folder.resolve(".zattrs");
            attributes = Files.exists(part)
                    ? ZarrFolder.readJson(file, part, placeOf(".zattrs"))
                    : ZarrFolder.parseJson(file, new byte[] {'{', '}'}, place);
        }
        return value(attributes.path(name));
    }

    @Override
    public Optional<List<Object>> list(String name) {
        Path inside = folder.resolve(name);
        return Files.exists(inside.resolve(".zarray"))
                ? Optional.of(ZarrList.read(file, inside, placeOf(name)))
                : Optional.empty();
    }

    /** A JSON value: a number, a text, a truth value or a list of them. */
    static Optional<Object> value(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.asDouble(Double.NaN));
        }
        if (node.isString()) {
            return Optional.of(node.asString());
        }
        if (node.isBoolean()) {
            return Optional.of(node.asBoolean());
        }
        if (node.isArray()) {
            List<Object> all = new ArrayList<>();
            node.forEach(item -> value(item).ifPresent(all::add));
            return Optional.of(all);
        }
        return Optional.empty();
    }
}
