package org.hyalite.io.dm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tag of the file's tree. */
sealed interface DmTag {
    /** A group; tags without a name are called {@code [0]}, {@code [1]} … by their order. */
    record Group(Map<String, DmTag> children) implements DmTag {
        static final Group EMPTY = new Group(Map.of());

        Optional<DmTag> at(String... path) {
            DmTag tag = this;
            for (String name : path) {
                DmTag next = tag instanceof Group group ? group.children.get(name) : null;
                if (next == null) {
                    return Optional.empty();
                }
                tag = next;
            }
            return Optional.of(tag);
        }

        Optional<Group> group(String... path) {
            return at(path).filter(Group.class::isInstance).map(Group.class::cast);
        }

        Optional<Double> number(String... path) {
            return at(path).filter(Number.class::isInstance).map(t -> ((Number) t).value());
        }

        Optional<Array> array(String... path) {
            return at(path).filter(Array.class::isInstance).map(Array.class::cast);
        }

        /** The groups within, in order. */
        List<Group> groups() {
            return children.values().stream()
                    .filter(Group.class::isInstance)
                    .map(Group.class::cast)
                    .toList();
        }

        /** The numbers within, in order. */
        List<Double> numbers() {
            return children.values().stream()
                    .filter(Number.class::isInstance)
                    .map(t -> ((Number) t).value())
                    .toList();
        }
    }

    /** A single number. */
    record Number(double value) implements DmTag {}

    /** Numbers, left in the file; a text is such an array of UTF-16 units. */
    record Array(DmNumber kind, long at, long count) implements DmTag {}

    /** A structure or an array of them: nothing of ours stands in one. */
    record Other() implements DmTag {
        static final Other INSTANCE = new Other();
    }
}
