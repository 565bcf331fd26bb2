/**
 * Shifts and the tilt axis from an ADF tilt series. Start with {@code Aligner}.
 */
@NullMarked
package org.hyalite.align;

import org.jspecify.annotations.NullMarked;
