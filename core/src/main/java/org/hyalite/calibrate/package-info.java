/**
 * Threshold, thickness and cross section from a standard of any shape. Start with {@code CrossSectionFit}.
 */
@NullMarked
package org.hyalite.calibrate;

import org.jspecify.annotations.NullMarked;
