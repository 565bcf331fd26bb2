/**
 * Thermo Fisher's Velox files ({@code .emd}): images in frames, and X-ray events as one stream per detector, in HDF5
 * with metadata in JSON. Start with {@link org.hyalite.io.velox.VeloxFile}; {@code EventStream} is the stream's code.
 */
@NullMarked
package org.hyalite.io.velox;

import org.jspecify.annotations.NullMarked;
