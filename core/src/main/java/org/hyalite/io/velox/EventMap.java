package org.hyalite.io.velox;

import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.Statistics;

/**
 * Sorts the events of streams by pixel and counts them. Only as many pixels at once as {@code atOnce} events fill: two
 * bytes for each of these, four for each pixel and the finished list of counts is all the memory it takes.
 */
final class EventMap {
    /** Events that are sorted at once. */
    static final int AT_ONCE = 1 << 25;

    private static final int BYTES_OF_A_PIXEL = 24;

    private final Path file;
    private final List<EventStream> streams;
    private final int ny;
    private final int nx;
    private final EnergyAxis energy;
    private final int firstFrame;
    private final int lastFrame;

    /**
     * A counted map.
     *
     * @param counts of each stream
     * @param beyond events after the last pixel of a frame, which were not counted
     * @param unevenFrames frames that had more or fewer pixels than the map, over all streams
     */
    record Counted(SpectrumImage map, Statistics statistics, long[] counts, long beyond, long unevenFrames) {}

    private EventMap(
            Path file, List<EventStream> streams, int ny, int nx, EnergyAxis energy, int firstFrame, int lastFrame) {
        this.file = file;
        this.streams = streams;
        this.ny = ny;
        this.nx = nx;
        this.energy = energy;
        this.firstFrame = firstFrame;
        this.lastFrame = lastFrame;
    }

    /**
     * Counts the events of some frames of some detectors.
     *
     * @param firstFrame from 0
     * @param lastFrame included
     */
    static Counted count(
            Path file,
            List<EventStream> streams,
            int ny,
            int nx,
            double pixelNm,
            EnergyAxis energy,
            int firstFrame,
            int lastFrame,
            int atOnce) {
        return new EventMap(file, streams, ny, nx, energy, firstFrame, lastFrame).count(pixelNm, atOnce);
    }

    private Counted count(double pixelNm, int atOnce) {
        int pixels = ny * nx;
        requireMemory(pixels, (long) pixels * BYTES_OF_A_PIXEL);
        int[] perPixel = new int[pixels];
        long[] counts = new long[streams.size()];
        long total = 0;
        long beyond = 0;
        long uneven = 0;
        for (int s = 0; s < counts.length; s++) {
            EventStream.Walk walk = streams.get(s).walk(pixels, energy.channels(), firstFrame, lastFrame);
            while (walk.next()) {
                perPixel[walk.pixel()]++;
                counts[s]++;
            }
            total += counts[s];
            beyond += walk.beyond();
            uneven += walk.unevenFrames();
        }
        // sorted: two bytes an event; counted: at most two bytes for an event that is alone in its channel, four in
        // rare ones
        long needed = (long) pixels * BYTES_OF_A_PIXEL + 2L * total + 2L * Math.min(total, atOnce);
        requireMemory(pixels, needed);
        SpectrumImage.Builder builder = SpectrumImage.whole(ny, nx, pixelNm, energy);
        Range range = new Range();
        for (int from = 0; from < pixels; ) {
            int to = from;
            long events = 0;
            while (to < pixels && (to == from || events + perPixel[to] <= atOnce)) {
                events += perPixel[to++];
            }
            place(builder, perPixel, from, to, Math.toIntExact(events), range);
            from = to;
        }
        return new Counted(builder.build(), new Statistics(total, range.min, range.max), counts, beyond, uneven);
    }

    private static final class Range {
        private int min = Integer.MAX_VALUE;
        private int max;
    }

    /** Sorts the events of pixels {@code from … to − 1} and counts them. */
    private void place(SpectrumImage.Builder builder, int[] perPixel, int from, int to, int events, Range range) {
        char[] sorted = new char[events];
        int[] next = new int[to - from];
        for (int p = 1; p < next.length; p++) {
            next[p] = next[p - 1] + perPixel[from + p - 1];
        }
        for (EventStream stream : streams) {
            EventStream.Walk walk = stream.walk(ny * nx, energy.channels(), firstFrame, lastFrame);
            while (walk.next()) {
                int p = walk.pixel() - from;
                if (p >= 0 && p < next.length) {
                    sorted[next[p]++] = (char) walk.channel();
                }
            }
        }
        int[] channels = new int[energy.channels()];
        int at = 0;
        for (int p = from; p < to; p++) {
            int end = at + perPixel[p];
            int held = 0;
            for (int i = at; i < end; i++) {
                held += channels[sorted[i]]++ == 0 ? 1 : 0;
            }
            int least = held < channels.length ? 0 : Integer.MAX_VALUE;
            for (int i = at; i < end; i++) {
                range.max = Math.max(range.max, channels[sorted[i]]);
                least = Math.min(least, channels[sorted[i]]);
            }
            range.min = Math.min(range.min, held < channels.length ? 0 : least);
            if (end > at) {
                builder.pixel(p / nx, p % nx, channels);
            }
            for (int i = at; i < end; i++) {
                channels[sorted[i]] = 0;
            }
            at = end;
        }
    }

    private void requireMemory(int pixels, long bytes) {
        Memory.require(file, "its map of " + pixels + " pixels (choose fewer frames)", bytes);
    }
}
