package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * Live and real time of a map's detectors. What the file states may be for the whole map, for one frame, or sampled
 * before the first: of all places that state the times, the one nearest to the scanned time (dwell time × pixels ×
 * frames) is believed. Where it is not that time to 5 %, only its ratio of live to real time is used.
 */
final class VeloxTimes {
    private static final double SAME = 0.05;

    private final List<String> detectors;
    private final List<Map<String, double[]>> stated = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** @param detectors names of the detectors that the map sums */
    VeloxTimes(List<String> detectors) {
        this.detectors = List.copyOf(detectors);
    }

    /**
     * Adds what one place states.
     *
     * @param metadata those of all detectors; several of one detector are summed
     * @param how that was done, for people; may be empty
     */
    void add(List<VeloxMetadata> metadata, String how) {
        Map<String, double[]> times = new LinkedHashMap<>();
        for (VeloxMetadata m : metadata) {
            for (VeloxMetadata.Detector detector : m.detectors()) {
                Optional<Double> real = detector.number("RealTime").filter(t -> t > 0);
                Optional<Double> live = detector.number("LiveTime").filter(t -> t > 0);
                if (real.isPresent() && live.isPresent() && detectors.contains(detector.name())) {
                    double[] sum = times.computeIfAbsent(detector.name(), n -> new double[2]);
                    sum[0] += real.get();
                    sum[1] += live.get();
                }
            }
        }
        if (times.keySet().containsAll(detectors) && !times.isEmpty()) {
            stated.add(times);
            sources.add(metadata.get(0).source("Detectors.*."));
            remarks.add(how);
        }
    }

    /**
     * A map's times.
     *
     * @param dwellS of one pixel in one frame
     * @param pixels of a frame
     */
    Acquisition with(Acquisition known, double dwellS, String dwellSource, long pixels, int frames) {
        double scannedS = dwellS * pixels * frames;
        String scanned =
                String.format(Locale.ROOT, "%s %s s × %d pixels × %s", dwellSource, dwellS, pixels, count(frames));
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < stated.size(); i++) {
            double off = Math.abs(Math.log(mean(i, 0) / scannedS));
            if (off < nearest) {
                nearest = off;
                best = i;
            }
        }
        if (best < 0) {
            return known.with(Key.REAL_TIME, scannedS, scanned);
        }
        boolean whole = Math.abs(mean(best, 0) / scannedS - 1) <= SAME;
        double scale = whole ? 1 : scannedS / mean(best, 0);
        double live = 0;
        List<Double> lives = new ArrayList<>();
        List<Double> reals = new ArrayList<>();
        for (String name : detectors) {
            double[] times = stated.get(best).get(name);
            reals.add(scale * times[0]);
            lives.add(scale * times[1]);
            live += times[1] / times[0] / detectors.size();
        }
        List<String> each = new ArrayList<>();
        each.add(remarks.get(best));
        each.add(whole ? "" : String.format(Locale.ROOT, "scaled to the %s s of %s", scannedS, count(frames)));
        List<String> mean = new ArrayList<>(each);
        mean.add(detectors.size() > 1 ? "mean of " + detectors.size() + " detectors" : "");
        String from = sources.get(best);
        return known.with(
                        Key.DWELL_TIME,
                        dwellS * frames * live,
                        String.format(
                                Locale.ROOT,
                                "%s %s s × %s × %.4f live: %s",
                                dwellSource,
                                dwellS,
                                count(frames),
                                live,
                                said(from + "LiveTime/RealTime", mean)))
                .with(Key.LIVE_TIME, scale * mean(best, 1), said(from + "LiveTime", mean))
                .with(Key.REAL_TIME, scale * mean(best, 0), said(from + "RealTime", mean))
                .withNumbers(Key.DETECTOR_LIVE_TIMES, lives, said(from + "LiveTime", each))
                .withNumbers(Key.DETECTOR_REAL_TIMES, reals, said(from + "RealTime", each));
    }

    private static String count(int frames) {
        return frames + (frames == 1 ? " frame" : " frames");
    }

    private static String said(String source, List<String> remarks) {
        String all =
                String.join("; ", remarks.stream().filter(r -> !r.isEmpty()).toList());
        return all.isEmpty() ? source : source + ", " + all;
    }

    private double mean(int place, int which) {
        return stated.get(place).values().stream()
                .mapToDouble(t -> t[which])
                .average()
                .orElse(Double.NaN);
    }
}
