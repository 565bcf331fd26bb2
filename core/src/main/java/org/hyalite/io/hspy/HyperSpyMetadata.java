package org.hyalite.io.hspy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hyalite.io.stored.StoredGroup;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * What HyperSpy's metadata tree says of a recording, with the tag each value stands in. Layouts 1 to 3 are understood:
 * the instrument under {@code Acquisition_instrument} or directly, the tilt as {@code Stage.tilt_alpha} or
 * {@code tilt_stage}. HyperSpy's {@code live_time} may be meant per map or per pixel; where our own tag does not say, it
 * is handed on as {@link Key#LIVE_TIME} with its tag, and {@link Key#DWELL_TIME} is set only by a tag that is per pixel
 * by definition.
 *
 * @param title the signal's name for people
 * @param signalType {@code EDS_TEM}, {@code EDS_SEM}, …; may be empty
 * @param xrays whether nothing says that spectra are something else than counts of X-rays
 * @param signalAxes 1 for spectra, 2 for images, by the old tag {@code record_by}; absent if not said
 * @param acquisition all but what the axes say
 * @param tilts listed tilts, degrees; may be empty
 * @param tiltsTag where they stand
 */
record HyperSpyMetadata(
        String title,
        String signalType,
        boolean xrays,
        Optional<Integer> signalAxes,
        Acquisition acquisition,
        List<Double> tilts,
        String tiltsTag) {

    private static final Pattern XRAYS = Pattern.compile("(EDS|EDX|WDS|XRF).*|", Pattern.CASE_INSENSITIVE);
    private static final int SHOWN = 40;

    /** Reads the tree under {@code metadata}; what cannot be understood is told to {@code warn} and left out. */
    static HyperSpyMetadata read(StoredGroup metadata, Consumer<String> warn) {
        String type = either(metadata, "Signal", "signal_type");
        List<StoredGroup> instruments = new ArrayList<>();
        List<String> order = type.equals("EDS_SEM") ? List.of("SEM", "TEM") : List.of("TEM", "SEM");
        for (String name : order) {
            path(metadata, "Acquisition_instrument", name).ifPresent(instruments::add);
        }
        order.forEach(name -> metadata.group(name).ifPresent(instruments::add));

        Reader reader = new Reader(warn);
        boolean xrays = XRAYS.matcher(type).matches();
        for (StoredGroup instrument : instruments) {
            Optional<StoredGroup> own = path(instrument, "Detector", HyperSpyExperiments.OWN);
            own.ifPresent(reader::own);
            boolean perPixel = own.map(g -> HyperSpyAxis.text(g, HyperSpyExperiments.LIVE_TIME_PER))
                    .filter("pixel"::equals)
                    .isPresent();
            xrays &= own.map(g -> HyperSpyAxis.text(g, HyperSpyExperiments.XRAY_COUNTS))
                    .filter("no"::equals)
                    .isEmpty();
            reader.positive(instrument, "beam_energy", Key.BEAM_ENERGY);
            reader.positive(instrument, "beam_current", Key.BEAM_CURRENT);
            reader.positive(instrument, "dwell_time", Key.DWELL_TIME);
            instrument.group("Stage").ifPresent(s -> reader.any(s, "tilt_alpha", Key.TILT));
            reader.any(instrument, "tilt_stage", Key.TILT);
            path(instrument, "Detector", "EDS")
                    .or(() -> instrument.group("EDS"))
                    .ifPresent(eds -> {
                        reader.positive(eds, "dwell_time", Key.DWELL_TIME);
                        reader.positive(eds, "live_time", perPixel ? Key.DWELL_TIME : Key.LIVE_TIME);
                        reader.positive(eds, "real_time", Key.REAL_TIME);
                        reader.positive(eds, "energy_resolution_MnKa", Key.ENERGY_RESOLUTION);
                        reader.names(eds, "detector_type", Key.DETECTORS);
                    });
        }
        metadata.group("Sample").ifPresent(sample -> reader.names(sample, "elements", Key.ELEMENTS));

        List<Double> tilts = new ArrayList<>();
        String tag = "";
        Optional<StoredGroup> tomography = metadata.group("Tomography");
        if (tomography.isPresent()) {
            tag = tomography.get().placeOf("tilts");
            for (Object v : values(tomography.get(), "tilts")) {
                HyperSpyAxis.number(v).ifPresent(tilts::add);
            }
        }
        String recordBy = either(metadata, "Signal", "record_by");
        Optional<Integer> signalAxes = recordBy.equals("spectrum")
                ? Optional.of(1)
                : recordBy.equals("image") ? Optional.of(2) : Optional.empty();
        return new HyperSpyMetadata(
                either(metadata, "General", "title"), type, xrays, signalAxes, reader.known, List.copyOf(tilts), tag);
    }

    /** The signal type for people. */
    String shownType() {
        return signalType.length() > SHOWN ? signalType.substring(0, SHOWN) + "…" : signalType;
    }

    private static String either(StoredGroup metadata, String group, String name) {
        String inGroup =
                metadata.group(group).map(g -> HyperSpyAxis.text(g, name)).orElse("");
        return inGroup.isEmpty() ? HyperSpyAxis.text(metadata, name) : inGroup;
    }

    private static Optional<StoredGroup> path(StoredGroup from, String first, String second) {
        return from.group(first).flatMap(g -> g.group(second));
    }

    /** A list by any of the names HyperSpy stores one under; empty if there is none. */
    private static List<Object> values(StoredGroup group, String name) {
        for (String stored : List.of("_list_" + name, "_tuple_" + name, name)) {
            Optional<List<Object>> list = group.list(stored);
            if (list.isPresent()) {
                return list.get();
            }
        }
        Object value = group.attribute(name).orElse(List.of());
        return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
    }

    /** Collects values; the first tag that gives a quantity is believed. */
    private static final class Reader {
        private final Consumer<String> warn;
        private Acquisition known = Acquisition.nothing();

        Reader(Consumer<String> warn) {
            this.warn = warn;
        }

        void positive(StoredGroup group, String name, Key key) {
            number(group, name, key).ifPresent(value -> {
                if (value > 0) {
                    known = known.with(key, value, group.placeOf(name));
                } else {
                    warn.accept(group.placeOf(name) + " is " + value + " " + key.unit() + ": taken as not recorded");
                }
            });
        }

        /** What our own writer puts beside HyperSpy's tags. */
        void own(StoredGroup group) {
            positive(group, Key.LIVE_TIME.label(), Key.LIVE_TIME);
            positive(group, Key.REAL_TIME.label(), Key.REAL_TIME);
            positive(group, Key.ENERGY_RESOLUTION.label(), Key.ENERGY_RESOLUTION);
            names(group, Key.DETECTORS.label(), Key.DETECTORS);
            for (Key key : List.of(
                    Key.DETECTOR_LIVE_TIMES, Key.DETECTOR_REAL_TIMES, Key.DETECTOR_ELEVATIONS, Key.DETECTOR_AZIMUTHS)) {
                numbers(group, key);
            }
        }

        private void numbers(StoredGroup group, Key key) {
            List<Object> stored = values(group, key.label());
            List<Double> numbers = stored.stream()
                    .flatMap(v -> HyperSpyAxis.number(v).filter(Double::isFinite).stream())
                    .toList();
            if (numbers.size() < stored.size()) {
                warn.accept(group.placeOf(key.label()) + " lists what is no number, and is not used");
            } else if (!numbers.isEmpty() && !known.known().containsKey(key)) {
                known = known.withNumbers(key, numbers, group.placeOf(key.label()));
            }
        }

        void any(StoredGroup group, String name, Key key) {
            number(group, name, key).ifPresent(value -> known = known.with(key, value, group.placeOf(name)));
        }

        void names(StoredGroup group, String name, Key key) {
            List<String> names = new ArrayList<>();
            for (Object v : values(group, name)) {
                if (v instanceof String text && !text.isBlank() && !text.equals("_None_")) {
                    names.add(text.strip());
                }
            }
            if (!names.isEmpty() && !known.known().containsKey(key)) {
                known = known.withNames(key, names, group.placeOf(name));
            }
        }

        private Optional<Double> number(StoredGroup group, String name, Key key) {
            if (known.known().containsKey(key)) {
                return Optional.empty();
            }
            Optional<Object> value = group.attribute(name).filter(v -> !v.equals("_None_") && !v.equals(""));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Optional<Double> number = HyperSpyAxis.number(value.get()).filter(Double::isFinite);
            if (number.isEmpty()) {
                String shown = value.get().toString();
                warn.accept(group.placeOf(name) + " is '" + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown)
                        + "', which is no number, and is not used");
            }
            return number;
        }
    }
}
