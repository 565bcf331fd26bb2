/**
 * The pictures: orthoslices, colour mixes, plots, renderings, as PNG and SVG from one drawing code. Start with {@link
 * org.hyalite.figure.Figure}; {@link org.hyalite.figure.SampleFigure} shows how one is made.
 */
@NullMarked
package org.hyalite.figure;

import org.jspecify.annotations.NullMarked;
