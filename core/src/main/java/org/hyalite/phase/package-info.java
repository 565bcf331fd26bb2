/**
 * Composition–density diagrams, and the way back to voxels. Start with {@code PhaseDiagram}.
 */
@NullMarked
package org.hyalite.phase;

import org.jspecify.annotations.NullMarked;
