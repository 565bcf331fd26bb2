/**
 * Composition–density diagrams, and the way back to voxels. Start with {@link org.hyalite.phase.PhaseDiagram}; a
 * {@link org.hyalite.phase.PhaseFinder} finds the {@link org.hyalite.phase.Phases} in it.
 */
@NullMarked
package org.hyalite.phase;

import org.jspecify.annotations.NullMarked;
