/**
 * Zarr (version 2) folders, and in them HyperSpy's {@code .zspy}: what its metadata mean is known to
 * {@link org.hyalite.io.hspy.HyperSpyExperiments}. Start with {@link org.hyalite.io.zarr.ZspyFile} and
 * {@link org.hyalite.io.zarr.ZspyWriter}.
 */
@NullMarked
package org.hyalite.io.zarr;

import org.jspecify.annotations.NullMarked;
