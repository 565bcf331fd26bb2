/**
 * Threshold, thickness and cross section from a standard of any shape. Start with {@link org.hyalite.calibrate.CrossSectionFit}: it
 * needs a {@link org.hyalite.calibrate.ThicknessMap}, which needs the threshold of an
 * {@link org.hyalite.calibrate.EdgeSpreadFit}; what it finds is kept in a {@link org.hyalite.calibrate.Calibration}.
 */
@NullMarked
package org.hyalite.calibrate;

import org.jspecify.annotations.NullMarked;
