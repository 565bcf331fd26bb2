package org.hyalite.figure;

import java.awt.image.BufferedImage;

/**
 * A volume as seen from one side, without perspective.
 *
 * @param image the picture on black; the receiver's own
 * @param nmPerPixel edge of its pixels, nm
 */
public record Rendering(BufferedImage image, double nmPerPixel) {}
