package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Acquisition.Known;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a recording holds, as {@code hyalite info --json} says it. */
public final class RecordingReport {
    private RecordingReport() {}

    public static ObjectNode toJson(Recording recording) {
        ObjectNode json = Json.object();
        json.put("file", recording.file().toString());
        json.put("format", recording.format());
        ArrayNode signals = json.putArray("signals");
        for (Signal signal : recording.signals()) {
            signals.add(toJson(signal));
        }
        ArrayNode warnings = json.putArray("warnings");
        recording.warnings().forEach(warnings::add);
        return json;
    }

    private static ObjectNode toJson(Signal signal) {
        ObjectNode node = Json.object();
        node.put("name", signal.name());
        node.put("kind", signal.data().kind());
        ArrayNode shape = node.putArray("shape");
        ArrayNode axes = node.putArray("axes");
        for (Axis axis : signal.axes()) {
            shape.add(axis.size());
            axes.addObject()
                    .put("name", axis.name())
                    .put("size", axis.size())
                    .put("scale", axis.scale())
                    .put("offset", axis.offset())
                    .put("unit", axis.unit());
        }
        node.put("sum", signal.statistics().sum());
        node.put("min", signal.statistics().min());
        node.put("max", signal.statistics().max());
        ObjectNode metadata = node.putObject("metadata");
        for (Entry<Key, Known> known : signal.acquisition().known().entrySet()) {
            ObjectNode entry = metadata.putObject(known.getKey().label());
            entry.set("value", Json.value(known.getValue().value()));
            entry.put("unit", known.getKey().unit());
            entry.put("source", known.getValue().source());
        }
        ArrayNode missing = node.putArray("missing");
        missing(signal).forEach(missing::add);
        return node;
    }

    /** What quantification would need of such a signal and its file does not say. */
    public static List<String> missing(Signal signal) {
        List<Key> needed = new ArrayList<>(List.of(Key.PIXEL_SIZE));
        switch (signal.data().kind()) {
            case "spectrum-image" -> needed.addAll(List.of(Key.BEAM_ENERGY, Key.BEAM_CURRENT, Key.DWELL_TIME));
            case "spectrum" -> needed = new ArrayList<>(List.of(Key.BEAM_ENERGY, Key.BEAM_CURRENT, Key.LIVE_TIME));
            default -> {}
        }
        boolean stack = signal.data() instanceof Signal.Stack s && !s.volume()
                || signal.data() instanceof Signal.Maps m && m.maps().size() > 1;
        if (stack) {
            needed.add(Key.TILTS);
        } else if (!(signal.data() instanceof Signal.Stack)) {
            needed.add(Key.TILT);
        }
        return needed.stream()
                .filter(key -> !signal.acquisition().known().containsKey(key))
                .map(Key::label)
                .toList();
    }
}
