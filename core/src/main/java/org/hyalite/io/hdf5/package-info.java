/**
 * HDF5 files, which hold several formats: start with {@link org.hyalite.io.hdf5.Hdf5File}, the one place where a file
 * is opened and what damage does to the library is made into one line.
 */
@NullMarked
package org.hyalite.io.hdf5;

import org.jspecify.annotations.NullMarked;
