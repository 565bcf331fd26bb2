package org.hyalite.physics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of how a recording was made: each quantity with its value and where that came from. A quantity that no
 * file and no user gave is absent; nothing physical has a default.
 */
public final class Acquisition {
    /** The quantities of the contract; the unit is part of the key. */
    public enum Key {
        BEAM_ENERGY("beam_energy_keV", "keV"),
        BEAM_CURRENT("beam_current_nA", "nA"),
        /** Live time per pixel. */
        DWELL_TIME("dwell_time_s", "s"),
        /** Live time of the whole map or spectrum. */
        LIVE_TIME("live_time_s", "s"),
        /** Real time of the whole map or spectrum. */
        REAL_TIME("real_time_s", "s"),
        TILT("tilt_deg", "deg"),
        TILTS("tilts_deg", "deg"),
        PIXEL_SIZE("pixel_size_nm", "nm"),
        ENERGY_RESOLUTION("energy_resolution_eV", "eV"),
        DETECTORS("detectors", ""),
        /** Live time of each detector, in the order of {@link #DETECTORS}, as the next three. */
        DETECTOR_LIVE_TIMES("detector_live_times_s", "s"),
        DETECTOR_REAL_TIMES("detector_real_times_s", "s"),
        DETECTOR_ELEVATIONS("detector_elevations_deg", "deg"),
        DETECTOR_AZIMUTHS("detector_azimuths_deg", "deg"),
        ELEMENTS("elements", "");

        private final String label;
        private final String unit;

        Key(String label, String unit) {
            this.label = label;
            this.unit = unit;
        }

        public String label() {
            return label;
        }

        public String unit() {
            return unit;
        }
    }

    /**
     * A known quantity.
     *
     * @param value a {@code Double}, a {@code List<Double>} (tilts, times and angles of detectors) or a {@code List<String>} (detectors, elements)
     * @param source where it stands: the file's own tag, or what it was derived from
     */
    public record Known(Object value, String source) {}

    private static final Acquisition NOTHING = new Acquisition(Map.of());

    private final Map<Key, Known> known;

    private Acquisition(Map<Key, Known> known) {
        this.known = known.isEmpty() ? Map.of() : new EnumMap<>(known);
    }

    /** Nothing is known. */
    public static Acquisition nothing() {
        return NOTHING;
    }

    /** This knowledge and one number more (or instead). */
    public Acquisition with(Key key, double value, String source) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(key.label() + " is " + value + " in " + source);
        }
        return plus(key, new Known(value, source));
    }

    /** This knowledge and one list of numbers more (or instead). */
    public Acquisition withNumbers(Key key, List<Double> values, String source) {
        return plus(key, new Known(List.copyOf(values), source));
    }

    /** This knowledge and one list of names more (or instead). */
    public Acquisition withNames(Key key, List<String> values, String source) {
        return plus(key, new Known(List.copyOf(values), source));
    }

    private Acquisition plus(Key key, Known value) {
        Map<Key, Known> more = new EnumMap<>(Key.class);
        more.putAll(known);
        more.put(key, value);
        return new Acquisition(more);
    }

    /** The number of a key, if it is known. */
    public Optional<Double> number(Key key) {
        return Optional.ofNullable(known.get(key)).map(k -> (Double) k.value());
    }

    /** The list of numbers of a key, if it is known. */
    @SuppressWarnings("unchecked") // only withNumbers stores under such a key
    public Optional<List<Double>> numbers(Key key) {
        return Optional.ofNullable(known.get(key)).map(k -> (List<Double>) k.value());
    }

    /** The list of names of a key; empty if it is not known. */
    @SuppressWarnings("unchecked") // only withNames stores under such a key
    public List<String> names(Key key) {
        return Optional.ofNullable(known.get(key))
                .map(k -> (List<String>) k.value())
                .orElse(List.of());
    }

    /** All that is known, in the order of {@link Key}. */
    public Map<Key, Known> known() {
        return new LinkedHashMap<>(known);
    }

    /** Where the value of a key came from, if it is known. */
    public Optional<String> source(Key key) {
        return Optional.ofNullable(known.get(key)).map(Known::source);
    }
}
