package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredData;
import org.hyalite.io.stored.TransposedArray;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import tools.jackson.databind.JsonNode;

/** Reads all that a Velox file holds: spectra, images, maps, in this order. What cannot be read is left out with a note. */
final class VeloxReader {
    private static final int NEWEST = 11;

    private final VeloxTree tree;
    private final String format;
    private final Selection wanted;
    private final List<String> warnings = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private Optional<UnsupportedFileException> refused = Optional.empty();

    VeloxReader(VeloxTree tree, String format, Selection wanted) {
        this.tree = tree;
        this.format = format;
        this.wanted = wanted;
    }

    Recording read() {
        String version = version();
        if (tree.root().inside("Data").isEmpty()) {
            throw new UnsupportedFileException(
                    tree.file(),
                    "a Velox file of version " + version
                            + " without the group Data: either it holds nothing, or it is of a"
                            + " newer layout than version " + NEWEST + ", the newest known here");
        }
        VeloxNames names = VeloxNames.read(tree);
        Map<String, Double> totals = new LinkedHashMap<>();
        VeloxNames.Selected elements = names.elements();
        tree.data("Spectrum").values().forEach(part -> attempt(() -> spectrum(part, elements, totals)));
        VeloxImages images = new VeloxImages(tree, wanted, warnings::add);
        tree.data("Image").entrySet().forEach(part -> attempt(() -> List.of(images.read(part, names))));
        attempt(() -> {
            List<Signal> maps = new ArrayList<>();
            for (VeloxMaps.Plan plan : VeloxMaps.plans(tree)) {
                maps.addAll(new VeloxMap(tree, plan, wanted, elements, warnings::add).read(totals));
            }
            if (maps.isEmpty() && (wanted.eachDetector() || !wanted.detectors().isEmpty())) {
                throw new UnsupportedFileException(
                        tree.file(), "it holds no X-ray map, so that there are no detectors to choose");
            }
            return maps;
        });
        if (signals.isEmpty()) {
            throw refused.orElseGet(() -> new UnsupportedFileException(
                    tree.file(),
                    "a Velox file of version " + version + " that holds no image, spectrum or X-ray map; in its group"
                            + " Data: "
                            + String.join(
                                    ", ",
                                    tree.root().inside("Data").orElseThrow().groupNames())));
        }
        return new Recording(tree.file(), format, signals, warnings);
    }

    /** Leaves out what is not supported, with a note, unless the user asked for it by name. */
    private void attempt(Supplier<List<Signal>> part) {
        try {
            signals.addAll(part.get());
        } catch (UnsupportedFileException e) {
            if (!wanted.isAll()) {
                throw e;
            }
            refused = refused.or(() -> Optional.of(e));
            String message = e.getMessage();
            String prefix = tree.file() + ": ";
            warnings.add("left out: " + (message.startsWith(prefix) ? message.substring(prefix.length()) : message));
        }
    }

    private String version() {
        Optional<JsonNode> version = tree.text(tree.root(), "Version");
        Optional<Double> number = version.flatMap(v -> VeloxMetadata.number(v.path("version")));
        number.filter(v -> v > NEWEST)
                .ifPresent(v -> warnings.add("the file is of version " + v.intValue() + ", newer than version " + NEWEST
                        + ", the newest known here; hold its sums against Velox's own"));
        return number.map(v -> Integer.toString(v.intValue())).orElse("unknown");
    }

    private List<Signal> spectrum(HdfGroup part, VeloxNames.Selected elements, Map<String, Double> totals) {
        StoredArray array = part.array("Data")
                .orElseThrow(() -> new MalformedFileException(tree.file(), part.placeOf("Data"), "it is missing"));
        int[] shape = array.shape();
        if (shape.length != 2 || shape[1] != 1) {
            throw new UnsupportedFileException(
                    tree.file(),
                    part.place() + " holds spectra of shape " + java.util.Arrays.toString(shape)
                            + "; one spectrum, [channel, 1], is read");
        }
        ArrayTiles.of(tree.file(), array);
        VeloxMetadata metadata = tree.metadata(part, Integer.MAX_VALUE);
        EnergyAxis energy = metadata.energy(shape[0]);
        Axis axis = new Axis("energy", shape[0], energy.gainKeV(), energy.offsetKeV(), "keV");
        StoredData.Read read = StoredData.spectrum(tree.file(), TransposedArray.of(array, 1, 0), axis);
        String name = metadata.detectorName();
        totals.merge(name, read.statistics().sum(), (a, b) -> Double.NaN); // two: which belongs to the map is not known
        List<VeloxMetadata.Detector> detectors = metadata.detectors();
        Acquisition known = detectors(metadata.acquisition(Double.NaN), metadata, detectors);
        known = mean(known, Key.LIVE_TIME, "LiveTime", metadata, detectors);
        known = mean(known, Key.REAL_TIME, "RealTime", metadata, detectors);
        if (!elements.symbols().isEmpty()) {
            known = known.withNames(Key.ELEMENTS, elements.symbols(), elements.source());
        }
        return List.of(new Signal("EDS " + name, List.of(axis), read.statistics(), known, read.data()));
    }

    private static Acquisition mean(
            Acquisition known, Key key, String tag, VeloxMetadata metadata, List<VeloxMetadata.Detector> detectors) {
        double sum = 0;
        for (VeloxMetadata.Detector detector : detectors) {
            Optional<Double> time = detector.number(tag).filter(t -> t > 0);
            if (time.isEmpty()) {
                return known;
            }
            sum += time.get();
        }
        String which = detectors.size() == 1 ? detectors.get(0).tag() + "." + tag : "Detectors.*." + tag;
        return detectors.isEmpty()
                ? known
                : known.with(
                        key,
                        sum / detectors.size(),
                        metadata.source(which)
                                + (detectors.size() > 1 ? ", mean of " + detectors.size() + " detectors" : ""));
    }

    /** Names and angles of detectors; an angle that one of them lacks is left out. */
    static Acquisition detectors(Acquisition known, VeloxMetadata metadata, List<VeloxMetadata.Detector> detectors) {
        if (detectors.isEmpty()) {
            return known;
        }
        Acquisition more = known.withNames(
                Key.DETECTORS,
                detectors.stream().map(VeloxMetadata.Detector::name).toList(),
                metadata.source("Detectors.*.DetectorName"));
        more = angles(more, Key.DETECTOR_ELEVATIONS, "ElevationAngle", metadata, detectors);
        return angles(more, Key.DETECTOR_AZIMUTHS, "AzimuthAngle", metadata, detectors);
    }

    private static Acquisition angles(
            Acquisition known, Key key, String tag, VeloxMetadata metadata, List<VeloxMetadata.Detector> detectors) {
        List<Double> angles = new ArrayList<>();
        for (VeloxMetadata.Detector detector : detectors) {
            detector.number(tag).map(Math::toDegrees).ifPresent(angles::add);
        }
        return angles.size() < detectors.size()
                ? known
                : known.withNumbers(key, angles, metadata.source("Detectors.*." + tag));
    }
}
