/**
 * DigitalMicrograph's {@code .dm3} and {@code .dm4} files: images, tilt series, spectra and spectrum images with the tags
 * that say how they were made. Start with {@link org.hyalite.io.dm.DmFile}.
 */
@NullMarked
package org.hyalite.io.dm;

import org.jspecify.annotations.NullMarked;
