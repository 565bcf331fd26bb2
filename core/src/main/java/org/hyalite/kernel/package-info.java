/**
 * The hot loops, on plain arrays: no types of ours, no allocation, no checks. Start with {@code Kernels}, the door.
 */
@NullMarked
package org.hyalite.kernel;

import org.jspecify.annotations.NullMarked;
