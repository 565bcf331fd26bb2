package org.hyalite.io.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredGroup;

/** A group of an HDF5 file. */
public final class HdfGroup implements StoredGroup {
    private static final long LONGEST_LIST = 1 << 20;

    private final Path file;
    private final Group group;
    private final String place;

    HdfGroup(Path file, Group group, String place) {
        this.file = file;
        this.group = group;
        this.place = place;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public List<String> groupNames() {
        return group.getChildren().entrySet().stream()
                .filter(child -> child.getValue() instanceof Group)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Names of the arrays and texts within, in the file's order. */
    public List<String> datasetNames() {
        return group.getChildren().entrySet().stream()
                .filter(child -> child.getValue() instanceof Dataset)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Optional<StoredGroup> group(String name) {
        return inside(name).map(StoredGroup.class::cast);
    }

    /** A group within. */
    public Optional<HdfGroup> inside(String name) {
        return child(name).filter(Group.class::isInstance).map(g -> new HdfGroup(file, (Group) g, placeOf(name)));
    }

    @Override
    public Optional<StoredArray> array(String name) {
        return child(name).filter(Dataset.class::isInstance).map(d -> HdfArray.of(file, (Dataset) d, placeOf(name)));
    }

    private Optional<Node> child(String name) {
        return Optional.ofNullable(group.getChildren().get(name));
    }

    /** Its own name; empty for the root. */
    public String name() {
        return place.isEmpty() ? "" : group.getName();
    }

    @Override
    public Optional<Object> attribute(String name) {
        return attribute(group, name);
    }

    /** An attribute of an array or group within. */
    public Optional<Object> attributeOf(String inside, String name) {
        return child(inside).flatMap(node -> attribute(node, name));
    }

    private Optional<Object> attribute(Node node, String name) {
        Attribute attribute = node.getAttributes().get(name);
        if (attribute == null || attribute.isEmpty()) {
            return Optional.empty();
        }
        requireShort(attribute.getSize(), attribute.getSizeInBytes(), name);
        return Optional.ofNullable(attribute.getData()).map(this::value);
    }

    @Override
    public Optional<List<Object>> list(String name) {
        Optional<Node> node = child(name);
        if (node.isEmpty() || !(node.get() instanceof Dataset dataset)) {
            return Optional.empty();
        }
        requireShort(dataset.getSize(), dataset.getSizeInBytes(), name);
        Object data = dataset.getData();
        if (data == null) {
            return Optional.empty();
        }
        Object value = value(data);
        List<Object> values = new ArrayList<>();
        if (value instanceof List<?> list) {
            values.addAll(list);
        } else {
            values.add(value);
        }
        return Optional.of(values);
    }

    private void requireShort(long size, long bytes, String name) {
        if (size < 0 || size > LONGEST_LIST || bytes < 0 || bytes > 64 * LONGEST_LIST) {
            throw new MalformedFileException(
                    file, placeOf(name), size + " values of " + bytes + " bytes where a few are expected");
        }
    }

    /** Numbers as doubles, texts as they are, arrays as lists. */
    private Object value(Object data) {
        if (data instanceof Number number) {
            return number.doubleValue();
        }
        if (data.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(data); i++) {
                Object item = Array.get(data, i);
                if (item != null) {
                    list.add(value(item));
                }
            }
            return list;
        }
        return data instanceof Boolean ? data : data.toString();
    }
}
