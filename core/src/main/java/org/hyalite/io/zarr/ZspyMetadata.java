package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.io.format.Signal;
import org.hyalite.io.hspy.HyperSpyExperiments;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * Writes what is known of a recording under HyperSpy's tags, in HyperSpy's sense: its {@code EDS.live_time} is that of
 * one spectrum, of a map that of a pixel. What HyperSpy has no tag for, as a map's total times and the times and angles
 * of each detector, stands in a group of ours beside {@code EDS}; so does what is known of spectra that are no X-rays.
 */
final class ZspyMetadata {
    private final Signal signal;
    private final boolean xrays;
    private final Map<String, Object> tem = new LinkedHashMap<>();
    private final Map<String, Object> stage = new LinkedHashMap<>();
    private final Map<String, Object> eds = new LinkedHashMap<>();
    private final Map<String, Object> own = new LinkedHashMap<>();
    private final Map<String, Object> sample = new LinkedHashMap<>();
    private final Map<String, Object> tomography = new LinkedHashMap<>();

    private ZspyMetadata(Signal signal) {
        this.signal = signal;
        this.xrays = signal.isCounts();
    }

    static void write(Path folder, Signal signal) throws IOException {
        ZspyMetadata metadata = new ZspyMetadata(signal);
        Acquisition acquisition = signal.acquisition();
        acquisition.known().forEach((key, known) -> metadata.group(key).put(metadata.tag(key), known.value()));
        if (metadata.eds.containsKey("detector_type")) {
            metadata.eds.put("detector_type", one(acquisition.names(Key.DETECTORS)));
        }
        metadata.live(acquisition);
        metadata.write(folder);
    }

    /** Where a key's value goes; the compiler asks for a place for every key. */
    private Map<String, Object> group(Key key) {
        boolean spectrum = xrays && signal.data() instanceof Signal.SingleSpectrum;
        return switch (key) {
            case BEAM_ENERGY, BEAM_CURRENT, DWELL_TIME -> tem;
            case TILT -> stage;
            case TILTS -> tomography;
            case LIVE_TIME, REAL_TIME -> spectrum ? eds : own;
            case ENERGY_RESOLUTION, DETECTORS -> xrays ? eds : own;
            case DETECTOR_LIVE_TIMES, DETECTOR_REAL_TIMES, DETECTOR_ELEVATIONS, DETECTOR_AZIMUTHS -> own;
            case ELEMENTS -> sample;
            case PIXEL_SIZE -> new LinkedHashMap<>(); // stands in the axes
        };
    }

    /** HyperSpy's tag, or ours in our own group. */
    private String tag(Key key) {
        if (group(key) == own) {
            return key.label();
        }
        return switch (key) {
            case BEAM_ENERGY -> "beam_energy";
            case BEAM_CURRENT -> "beam_current";
            case DWELL_TIME -> "dwell_time";
            case TILT -> "tilt_alpha";
            case TILTS -> "tilts";
            case LIVE_TIME -> "live_time";
            case REAL_TIME -> "real_time";
            case ENERGY_RESOLUTION -> "energy_resolution_MnKa";
            case DETECTORS -> "detector_type";
            case ELEMENTS -> "elements";
            case PIXEL_SIZE, DETECTOR_LIVE_TIMES, DETECTOR_REAL_TIMES, DETECTOR_ELEVATIONS, DETECTOR_AZIMUTHS ->
                key.label();
        };
    }

    /** Says the live time of a map's pixel where HyperSpy looks for it, and what spectra are not. */
    private void live(Acquisition acquisition) {
        if (xrays && signal.data() instanceof Signal.Maps) {
            acquisition.number(Key.DWELL_TIME).ifPresent(dwell -> {
                eds.put("live_time", dwell);
                own.put(HyperSpyExperiments.LIVE_TIME_PER, "pixel");
            });
        }
        if (!xrays) {
            own.put(HyperSpyExperiments.XRAY_COUNTS, "no");
        }
    }

    private void write(Path folder) throws IOException {
        boolean spectral = signal.data() instanceof Signal.Maps || signal.data() instanceof Signal.SingleSpectrum;
        Map<String, Object> kind = new LinkedHashMap<>();
        kind.put("signal_type", spectral && xrays ? "EDS_TEM" : "");
        kind.put("record_by", spectral ? "spectrum" : "image");
        if (spectral && xrays) {
            kind.put("quantity", "X-rays (Counts)");
        }
        ZarrFolder.writeGroup(folder, Map.of());
        ZarrFolder.writeGroup(folder.resolve("General"), Map.of("title", signal.name()));
        ZarrFolder.writeGroup(folder.resolve("Signal"), kind);
        Path instrument = folder.resolve("Acquisition_instrument");
        if (!tem.isEmpty() || !stage.isEmpty() || !eds.isEmpty() || !own.isEmpty()) {
            ZarrFolder.writeGroup(instrument, Map.of());
            ZarrFolder.writeGroup(instrument.resolve("TEM"), tem);
        }
        writeUnlessEmpty(instrument.resolve("TEM/Stage"), stage);
        if (!eds.isEmpty() || !own.isEmpty()) {
            ZarrFolder.writeGroup(instrument.resolve("TEM/Detector"), Map.of());
        }
        writeUnlessEmpty(instrument.resolve("TEM/Detector/EDS"), eds);
        writeUnlessEmpty(instrument.resolve("TEM/Detector/" + HyperSpyExperiments.OWN), own);
        writeUnlessEmpty(folder.resolve("Sample"), sample);
        writeUnlessEmpty(folder.resolve("Tomography"), tomography);
    }

    private static void writeUnlessEmpty(Path folder, Map<String, Object> attributes) throws IOException {
        if (!attributes.isEmpty()) {
            ZarrFolder.writeGroup(folder, attributes);
        }
    }

    /** A single name as text, which is what HyperSpy expects; several as a list. */
    private static Object one(List<String> names) {
        return names.size() == 1 ? names.get(0) : new ArrayList<>(names);
    }
}
