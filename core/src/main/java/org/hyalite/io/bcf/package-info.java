/**
 * Bruker's {@code .bcf} maps: electron images and a spectrum at every pixel, in a small file system within one file.
 * Start with {@link org.hyalite.io.bcf.BcfFile}; {@code SfsContainer} is the file system, {@code MapHeader} its XML,
 * {@code MapCube} the packed spectra.
 */
@NullMarked
package org.hyalite.io.bcf;

import org.jspecify.annotations.NullMarked;
