package org.hyalite.io.tiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Acquisition.Known;

/** What is known of a recording as words under the contract's keys, which is how it is kept in descriptions. */
final class KnownText {
    private static final String JOINT = "; ";

    private KnownText() {}

    /** All but the pixel size, which stands elsewhere. */
    static Map<String, String> of(Acquisition acquisition) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Map.Entry<Key, Known> known : acquisition.known().entrySet()) {
            Object value = known.getValue().value();
            if (known.getKey() == Key.PIXEL_SIZE) {
                continue;
            }
            String joint = known.getKey() == Key.TILTS ? " " : JOINT;
            words.put(
                    known.getKey().label(),
                    value instanceof List<?> list
                            ? list.stream().map(String::valueOf).collect(Collectors.joining(joint))
                            : String.valueOf(value));
        }
        return words;
    }

    /** What such words say; words that are no numbers where numbers are expected are passed over. */
    static Acquisition read(Map<String, String> words, String source) {
        Acquisition known = Acquisition.nothing();
        for (Key key : Key.values()) {
            String word = words.getOrDefault(key.label(), "").strip();
            if (word.isEmpty() || key == Key.PIXEL_SIZE) {
                continue;
            }
            String from = source + " " + key.label();
            try {
                switch (key) {
                    case TILTS -> {
                        List<Double> tilts = new ArrayList<>();
                        for (String tilt : word.split("\\s+")) {
                            tilts.add(finite(tilt));
                        }
                        known = known.withNumbers(key, tilts, from);
                    }
                    case DETECTORS, ELEMENTS -> known = known.withNames(key, Arrays.asList(word.split(JOINT)), from);
                    default -> known = known.with(key, finite(word), from);
                }
            } catch (NumberFormatException e) {
                continue; // another program's word under the same key
            }
        }
        return known;
    }

    private static double finite(String word) {
        double value = Double.parseDouble(word);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(word);
        }
        return value;
    }
}
