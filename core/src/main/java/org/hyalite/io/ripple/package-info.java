/**
 * Lispix "Ripple": a text file ({@code .rpl}) that describes a bare array beside it ({@code .raw}). Start with
 * {@link org.hyalite.io.ripple.RippleFile} to read and {@link org.hyalite.io.ripple.RippleWriter} to write.
 */
@NullMarked
package org.hyalite.io.ripple;

import org.jspecify.annotations.NullMarked;
