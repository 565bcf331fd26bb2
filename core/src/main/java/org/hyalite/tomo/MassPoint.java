package org.hyalite.tomo;

/**
 * The mass check of one tilt: what the image holds against what the volume casts there.
 *
 * @param measured Σ b · pixel area: atoms for images in atoms/nm²
 * @param reprojected Σ Ax · pixel area
 */
public record MassPoint(double tiltDeg, double measured, double reprojected) {}
