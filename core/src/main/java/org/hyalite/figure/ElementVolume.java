package org.hyalite.figure;

import java.awt.Color;
import org.hyalite.grid.Volume;

/**
 * An element's volume and the colour it is shown in.
 *
 * @param name the element's symbol
 * @param colour full colour, at the scale's end
 * @param density {@code [z, y, x]}, atoms/nm³ or a relative unit, the same for all elements shown together
 */
public record ElementVolume(String name, Color colour, Volume density) {}
