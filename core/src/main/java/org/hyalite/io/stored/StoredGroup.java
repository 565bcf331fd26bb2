package org.hyalite.io.stored;

import java.util.List;
import java.util.Optional;

/** A group of a hierarchical file (HDF5, Zarr), as far as reading HyperSpy's layout needs one. */
public interface StoredGroup {
    /** Its path within the file, parts joined by dots; empty for the root. */
    String place();

    /** Names of the groups within, in the file's order. */
    List<String> groupNames();

    /** A group within. */
    Optional<StoredGroup> group(String name);

    /** An attribute: a {@code String}, a {@code Double}, a {@code Boolean} or a {@code List} of such. */
    Optional<Object> attribute(String name);

    /** An array of numbers within. */
    Optional<StoredArray> array(String name);

    /** The values of a short one-dimensional array of texts or numbers, {@code String} or {@code Double} each. */
    Optional<List<Object>> list(String name);

    /** The place of something within, for messages and sources. */
    default String placeOf(String name) {
        return place().isEmpty() ? name : place() + "." + name;
    }
}
