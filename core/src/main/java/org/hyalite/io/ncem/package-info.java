/**
 * Berkeley (NCEM) {@code .emd} files, version 0.1 and 0.2: arrays in HDF5 with one vector for each of their axes. Start
 * with {@link org.hyalite.io.ncem.NcemFile}.
 */
@NullMarked
package org.hyalite.io.ncem;

import org.jspecify.annotations.NullMarked;
