package org.hyalite.bench;

/**
 * How fast net counts are taken from spectra.
 *
 * @param name {@code windows}, {@code linear}, {@code poisson}
 * @param channels of a spectrum
 * @param components columns of the model: lines, other elements' peaks, background
 * @param pixelsPerS pixels per second with all threads asked for
 */
public record SpectraTiming(String name, int channels, int components, double pixelsPerS) {}
