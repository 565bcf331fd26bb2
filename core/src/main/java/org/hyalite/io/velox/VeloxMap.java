package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/** One X-ray map: the events of its streams, counted over the frames and detectors that are wanted. */
final class VeloxMap {
    private static final long MOST_PIXELS = 1L << 26;

    private final VeloxTree tree;
    private final VeloxMaps.Plan plan;
    private final Selection wanted;
    private final VeloxNames.Selected elements;
    private final Consumer<String> warn;
    private int ny;
    private int nx;
    private int firstFrame;
    private int lastFrame;

    VeloxMap(
            VeloxTree tree,
            VeloxMaps.Plan plan,
            Selection wanted,
            VeloxNames.Selected elements,
            Consumer<String> warn) {
        this.tree = tree;
        this.plan = plan;
        this.wanted = wanted;
        this.elements = elements;
        this.warn = warn;
    }

    /**
     * The map, or one for each detector.
     *
     * @param totals counts of the spectra that Velox itself summed, by detector, to hold the streams' sums against
     */
    List<Signal> read(Map<String, Double> totals) {
        List<VeloxStream> chosen = chosen();
        size(plan.streams().get(0));
        frames(plan.streams());
        List<Signal> signals = new ArrayList<>();
        if (wanted.eachDetector()) {
            chosen.forEach(s -> signals.add(count("EDS " + s.detector(), List.of(s), totals)));
        } else {
            signals.add(count("EDS", chosen, totals));
        }
        return signals;
    }

    private List<VeloxStream> chosen() {
        List<VeloxStream> chosen = new ArrayList<>();
        for (VeloxStream stream : plan.streams()) {
            if (wanted.detectors().isEmpty()
                    || wanted.detectors().stream().anyMatch(stream.detector()::equalsIgnoreCase)) {
                chosen.add(stream);
            }
        }
        List<String> there = plan.streams().stream().map(VeloxStream::detector).toList();
        for (String name : wanted.detectors()) {
            if (there.stream().noneMatch(name::equalsIgnoreCase)) {
                boolean summed = there.stream()
                        .anyMatch(d -> name.toLowerCase(Locale.ROOT).startsWith(d.toLowerCase(Locale.ROOT)));
                throw new UnsupportedFileException(
                        tree.file(),
                        "the map has no stream of detector '" + name + "'; it has " + String.join(", ", there)
                                + (summed ? ": its segments were summed when it was recorded" : ""));
            }
        }
        chosen.sort(java.util.Comparator.comparing(VeloxStream::detector));
        return chosen;
    }

    /** From the scan; where that is not said, from the images beside the map. */
    private void size(VeloxStream stream) {
        Optional<int[]> scanned = stream.scanSize();
        Optional<int[]> shown = Optional.empty();
        for (HdfGroup image : tree.data("Image").values()) {
            Optional<int[]> shape = image.array("Data").map(StoredArray::shape).filter(s -> s.length == 3);
            if (shape.isPresent() && shown.isPresent() && !same(shape.get(), shown.get())) {
                shown = Optional.empty();
                break;
            }
            shown = shape;
        }
        if (scanned.isPresent() && shown.isPresent() && !same(scanned.get(), shown.get())) {
            warn.accept("the map is of " + scanned.get()[0] + " × " + scanned.get()[1] + " pixels (Scan.ScanSize and"
                    + " ScanArea), the images beside it of " + shown.get()[0] + " × " + shown.get()[1]);
        }
        int[] size = scanned.or(() -> Optional.empty()).orElse(shown.orElse(new int[] {0, 0}));
        if (size[0] < 1 || size[1] < 1 || (long) size[0] * size[1] > MOST_PIXELS) {
            throw new MalformedFileException(
                    tree.file(),
                    stream.metadata().source("Scan"),
                    "a map of " + size[0] + " × " + size[1] + " pixels; neither it nor an image says the map's size");
        }
        ny = size[0];
        nx = size[1];
    }

    private static boolean same(int[] a, int[] b) {
        return a[0] == b[0] && a[1] == b[1];
    }

    private void frames(List<VeloxStream> streams) {
        int pixels = ny * nx;
        long recorded = 0;
        for (VeloxStream stream : streams) {
            long[] table = stream.events().frameStarts();
            if (!stream.tableWorks()) {
                warn.accept(stream.place() + ".FrameLocationTable points outside the stream and was not used");
            }
            if (table.length > 0) {
                recorded = Math.max(recorded, table.length);
                continue;
            }
            long ended = stream.events().pixelsEnded();
            recorded = Math.max(recorded, (ended + pixels - 1) / pixels);
            if (ended % pixels != 0) {
                unfinished(stream, ended / pixels + 1, ended % pixels);
            }
        }
        Optional<Double> said = position("endFramePosition");
        long frames = Math.max(
                1,
                Math.min(
                        recorded,
                        said.filter(e -> e >= 1).orElse((double) recorded).longValue()));
        if (recorded > Integer.MAX_VALUE) {
            throw new MalformedFileException(tree.file(), streams.get(0).place(), recorded + " frames");
        }
        said.filter(e -> e > frames)
                .ifPresent(e ->
                        warn.accept("the map was made of " + e.intValue() + " frames, but the streams hold " + frames));
        Optional<Double> start = position("startFramePosition").filter(f -> f >= 1);
        start.filter(f -> f > frames)
                .ifPresent(f -> warn.accept("the map is said to start at frame " + f.longValue() + " of " + frames
                        + "; it is counted from the first"));
        int first = start.filter(f -> f <= frames).map(Double::intValue).orElse(1);
        firstFrame = wanted.frames().map(f -> f.first() - 1).orElse(first - 1);
        lastFrame = wanted.frames().map(f -> f.last() - 1).orElse((int) frames - 1);
        if (lastFrame >= Math.max(1, recorded)) {
            throw new UnsupportedFileException(
                    tree.file(),
                    "the map has " + recorded + " frames; asked for: "
                            + wanted.frames().orElseThrow());
        }
    }

    /** A frame's number in the map's settings, from 1; the map is of the frames from the first to the last, both included. */
    private Optional<Double> position(String name) {
        return plan.settings().flatMap(s -> VeloxMetadata.number(s.path(name)));
    }

    private void unfinished(VeloxStream stream, long frame, long ended) {
        warn.accept("EDS " + stream.detector() + ": frame " + frame + " ends after " + ended + " of " + ny * nx
                + " pixels");
    }

    private Signal count(String name, List<VeloxStream> streams, Map<String, Double> totals) {
        VeloxStream first = streams.get(0);
        EnergyAxis energy = first.metadata().energy(first.channels());
        for (VeloxStream stream : streams) {
            if (!stream.metadata().energy(stream.channels()).equals(energy)) {
                throw new UnsupportedFileException(
                        tree.file(),
                        "detectors " + first.detector() + " and " + stream.detector()
                                + " have different energies per channel; choose one with --detectors");
            }
        }
        List<Axis> axes = new ArrayList<>(first.metadata().axes(ny, nx));
        double pixelNm = VeloxMetadata.pixelNm(axes);
        axes.add(new Axis("energy", energy.channels(), energy.gainKeV(), energy.offsetKeV(), "keV"));
        EventMap.Counted counted = counted(streams, pixelNm, energy);
        if (counted.beyond() > 0) {
            warn.accept(name + ": " + counted.beyond() + " events after the last pixel of a frame were not counted");
        }
        boolean whole = wanted.frames().isEmpty();
        for (int s = 0; s < streams.size(); s++) {
            double total = totals.getOrDefault(streams.get(s).detector(), Double.NaN);
            if (whole && !Double.isNaN(total) && total != counted.counts()[s]) {
                warn.accept(String.format(
                        Locale.ROOT,
                        "detector %s has %d counts in its event stream, but %.0f in the spectrum beside it",
                        streams.get(s).detector(),
                        counted.counts()[s],
                        total));
            }
        }
        return new Signal(
                name,
                axes,
                counted.statistics(),
                acquisition(streams, pixelNm),
                new Signal.Maps(List.of(counted.map())));
    }

    private EventMap.Counted counted(List<VeloxStream> streams, double pixelNm, EnergyAxis energy) {
        List<EventStream> events = streams.stream().map(VeloxStream::events).toList();
        EventMap.Counted counted = count(events, pixelNm, energy);
        if (counted.unevenFrames() == 0) {
            return counted;
        }
        boolean pixelsFit = events.stream().allMatch(e -> e.pixelsEnded() % ((long) ny * nx) == 0);
        if (!pixelsFit) {
            long others = counted.unevenFrames() - warnOfUnfinished(streams);
            if (others > 0) {
                warn.accept(others + " frames have more or fewer pixels than the map's " + ny * nx);
            }
            return counted;
        }
        warn.accept("FrameLocationTable contradicts the pixels of the streams and was not used");
        return count(events.stream().map(EventStream::withoutTable).toList(), pixelNm, energy);
    }

    /** Warns of streams that stop within their last frame, if that is counted; returns how many do. */
    private int warnOfUnfinished(List<VeloxStream> streams) {
        int found = 0;
        for (VeloxStream stream : streams) {
            OptionalLong ended = stream.events().pixelsOfLastFrame();
            int frames = stream.events().frameStarts().length;
            if (frames > firstFrame
                    && frames <= lastFrame + 1
                    && ended.isPresent()
                    && ended.getAsLong() < (long) ny * nx) {
                unfinished(stream, frames, ended.getAsLong());
                found++;
            }
        }
        return found;
    }

    private EventMap.Counted count(List<EventStream> events, double pixelNm, EnergyAxis energy) {
        return EventMap.count(tree.file(), events, ny, nx, pixelNm, energy, firstFrame, lastFrame, EventMap.AT_ONCE);
    }

    private Acquisition acquisition(List<VeloxStream> streams, double pixelNm) {
        VeloxMetadata metadata = streams.get(0).metadata();
        Acquisition known = metadata.acquisition(pixelNm);
        if (known.number(Key.BEAM_CURRENT).isEmpty()) { // 0 before the first frame: what the map or an image says later
            known = current(known);
        }
        List<VeloxMetadata.Detector> detectors = new ArrayList<>();
        for (VeloxStream stream : streams) {
            detectors.addAll(stream.metadata().detectors());
        }
        known = VeloxReader.detectors(known, metadata, detectors);
        if (!elements.symbols().isEmpty()) {
            known = known.withNames(Key.ELEMENTS, elements.symbols(), elements.source());
        }
        Optional<Double> dwell = metadata.number("Scan.DwellTime").filter(t -> t > 0);
        if (dwell.isEmpty()) {
            return known;
        }
        VeloxTimes times = new VeloxTimes(
                detectors.stream().map(VeloxMetadata.Detector::name).toList());
        times.add(streams.stream().map(VeloxStream::metadata).toList(), "");
        plan.rendered().ifPresent(m -> times.add(List.of(m), ""));
        if (streams.size() == 1
                && streams.get(0).columns() > 1
                && streams.get(0).columns() <= lastFrame + 1) {
            List<VeloxMetadata> all = new ArrayList<>();
            for (int c = 0; c < streams.get(0).columns(); c++) {
                all.add(tree.metadata(streams.get(0).group(), c));
            }
            times.add(all, "sum over frames");
        }
        return times.with(
                known, dwell.get(), metadata.source("Scan.DwellTime"), (long) ny * nx, lastFrame - firstFrame + 1);
    }

    private Acquisition current(Acquisition known) {
        List<VeloxMetadata> others = new ArrayList<>();
        plan.rendered().ifPresent(others::add);
        tree.data("Image").values().forEach(image -> others.add(tree.metadata(image, lastFrame)));
        for (VeloxMetadata other : others) {
            Acquisition its = other.acquisition(Double.NaN);
            if (its.number(Key.BEAM_CURRENT).isPresent()) {
                return known.with(
                        Key.BEAM_CURRENT,
                        its.number(Key.BEAM_CURRENT).orElseThrow(),
                        its.source(Key.BEAM_CURRENT).orElseThrow());
            }
        }
        return known;
    }
}
