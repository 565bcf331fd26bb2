/**
 * Writes surfaces for other programs to show: {@code .ply}, {@code .stl} and {@code .glb}. Start with {@code
 * SurfaceWriter}.
 */
@NullMarked
package org.hyalite.io.surface;

import org.jspecify.annotations.NullMarked;
