/**
 * Projector, regularisers, solver. Start with {@code Reconstructor}.
 */
@NullMarked
package org.hyalite.tomo;

import org.jspecify.annotations.NullMarked;
