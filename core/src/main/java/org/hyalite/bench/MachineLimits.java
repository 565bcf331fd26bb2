package org.hyalite.bench;

/**
 * What bounds every kernel on this machine, with the threads asked for. GB are 10⁹ bytes that the program asks for: what
 * caches fetch beyond that does not count.
 *
 * @param triadGBps {@code a = b + s c} on arrays far larger than the caches
 * @param updateGBps {@code a = s a + t} on such an array, read and write counted
 * @param fmaGFlops fused multiply-adds on registers, two operations each, 10⁹ per second
 */
public record MachineLimits(double triadGBps, double updateGBps, double fmaGFlops) {}
