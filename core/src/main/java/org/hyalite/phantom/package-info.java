/**
 * Particles that are known, and the recordings a microscope would make of them. Start with {@code Twin}.
 */
@NullMarked
package org.hyalite.phantom;

import org.jspecify.annotations.NullMarked;
