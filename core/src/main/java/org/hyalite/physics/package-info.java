/**
 * Elements, X-ray lines, doses, cross sections and units: bare facts, no images. Start with {@link org.hyalite.physics.XrayLine}.
 */
@NullMarked
package org.hyalite.physics;

import org.jspecify.annotations.NullMarked;
