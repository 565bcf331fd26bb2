/**
 * Arrays with a shape, an axis order and a spacing: what is handed from room to room. Start with {@link org.hyalite.grid.Volume}.
 */
@NullMarked
package org.hyalite.grid;

import org.jspecify.annotations.NullMarked;
