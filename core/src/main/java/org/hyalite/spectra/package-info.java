/**
 * Net counts per X-ray line from each pixel's spectrum. Start with {@code LineFitter}.
 */
@NullMarked
package org.hyalite.spectra;

import org.jspecify.annotations.NullMarked;
