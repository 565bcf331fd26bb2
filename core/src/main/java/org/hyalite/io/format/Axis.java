package org.hyalite.io.format;

/**
 * One axis of a signal as its file states it, slowest first in {@link Signal#axes()}.
 *
 * @param name {@code z}, {@code tilt}, {@code y}, {@code x} or {@code energy}
 * @param scale step from one index to the next, in {@code unit}
 * @param offset value at index 0, in {@code unit}
 * @param unit {@code nm}, {@code keV}, {@code deg}; empty if the file gives none
 */
public record Axis(String name, int size, double scale, double offset, String unit) {}
