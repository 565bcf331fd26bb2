package org.hyalite.bench;

/**
 * How fast one kernel was.
 *
 * @param name {@code forward}, {@code back}, {@code tv}, {@code tv2}, {@code iteration-tv}, {@code iteration-tv2}
 * @param size voxels along each edge
 * @param tilts images; 0 where there are none
 * @param threads threads asked for
 * @param ms median time, ms
 * @param gBps bytes that must move, over the time, 10⁹ per second
 * @param gFlops floating-point operations, over the time, 10⁹ per second
 * @param shareOfLimit time that the machine's limits allow at best, over the time
 */
public record KernelTiming(
        String name, int size, int tilts, int threads, double ms, double gBps, double gFlops, double shareOfLimit) {}
