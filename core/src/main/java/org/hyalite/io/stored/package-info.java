/**
 * Arrays and groups in hierarchical files (HDF5, Zarr), whatever format they serve: start with
 * {@link org.hyalite.io.stored.StoredGroup}, then {@link org.hyalite.io.stored.StoredData}, which turns an array into
 * the values of a signal.
 */
@NullMarked
package org.hyalite.io.stored;

import org.jspecify.annotations.NullMarked;
