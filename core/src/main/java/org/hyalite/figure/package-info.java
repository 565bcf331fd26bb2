/**
 * The pictures: orthoslices, colour mixes, plots, renderings, as PNG and SVG.
 */
@NullMarked
package org.hyalite.figure;

import org.jspecify.annotations.NullMarked;
