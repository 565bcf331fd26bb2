/**
 * MRC images, stacks and volumes, as MRC2014 describes them, with the tilt angles that stand in a file beside them.
 * Start with {@link org.hyalite.io.mrc.MrcFile} and {@link org.hyalite.io.mrc.MrcWriter}.
 */
@NullMarked
package org.hyalite.io.mrc;

import org.jspecify.annotations.NullMarked;
