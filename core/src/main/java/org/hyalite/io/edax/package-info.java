/**
 * EDAX's spectra ({@code .spc}). Start with {@link org.hyalite.io.edax.SpcFile}.
 */
@NullMarked
package org.hyalite.io.edax;

import org.jspecify.annotations.NullMarked;
