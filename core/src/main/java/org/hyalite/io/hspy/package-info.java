/**
 * HyperSpy's files: {@code .hspy} is HDF5, and what its groups and metadata mean is the same in Zarr. Start with
 * {@link org.hyalite.io.hspy.HspyFile}; {@link org.hyalite.io.hspy.HyperSpyExperiments} holds what both share.
 */
@NullMarked
package org.hyalite.io.hspy;

import org.jspecify.annotations.NullMarked;
