package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import tools.jackson.databind.JsonNode;

/**
 * Which event streams make one X-ray map: those that the file's own feature of that map names (since version 11 one per
 * detector, before that through an operation); without features, the streams of one scan.
 */
final class VeloxMaps {
    /**
     * One map.
     *
     * @param streams its event streams
     * @param settings of the map that Velox made of them, if the file has it
     */
    record Plan(List<VeloxStream> streams, Optional<JsonNode> settings, Optional<VeloxMetadata> rendered) {}

    private final VeloxTree tree;
    private final Map<String, HdfGroup> streams;
    private final Map<String, HdfGroup> rendered;

    private VeloxMaps(VeloxTree tree) {
        this.tree = tree;
        this.streams = tree.data("SpectrumStream");
        this.rendered = tree.data("SpectrumImage");
    }

    static List<Plan> plans(VeloxTree tree) {
        return new VeloxMaps(tree).plans();
    }

    private List<Plan> plans() {
        if (streams.isEmpty()) {
            if (rendered.isEmpty()) {
                return List.of();
            }
            throw new UnsupportedFileException(
                    tree.file(),
                    "its X-ray events were taken out: the file was saved 'pruned' (or made from a .bcf) and holds the map"
                            + " only in Velox's own packing, which is not public; save it in Velox without pruning,"
                            + " or open the .bcf");
        }
        List<Plan> plans = new ArrayList<>();
        for (JsonNode feature : tree.settings("Features", "SIFeature").values()) {
            List<VeloxStream> own = ofFeature(feature);
            if (!own.isEmpty()) {
                plans.add(plan(own, data(feature.path("eds").path("spectrumImage"))));
            }
        }
        if (!plans.isEmpty()) {
            return plans;
        }
        Map<List<Double>, List<VeloxStream>> byScan = new LinkedHashMap<>();
        streams.keySet()
                .forEach(id -> stream(id)
                        .filter(s -> s.scanSize().isPresent())
                        .ifPresent(s -> byScan.computeIfAbsent(s.scan(), k -> new ArrayList<>())
                                .add(s)));
        byScan.values().forEach(own -> plans.add(plan(own, Optional.empty())));
        return plans;
    }

    private List<VeloxStream> ofFeature(JsonNode feature) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode detector : VeloxTree.items(feature.path("eds").path("detectors"))) {
            for (JsonNode segment : VeloxTree.items(detector.path("segments"))) {
                data(segment.path("spectrumStream")).ifPresent(ids::add);
            }
        }
        String operation = feature.path("edsInputOperation").asString("");
        if (!operation.isEmpty()) {
            tree.at(operation).map(o -> last(o.path("dataPath").asString(""))).ifPresent(ids::add);
        }
        List<VeloxStream> own = new ArrayList<>();
        ids.forEach(id -> stream(id).ifPresent(own::add));
        return own;
    }

    /** The identifier of the data that a reference in {@code SharedProperties} leads to. */
    private Optional<String> data(JsonNode reference) {
        String path = reference.asString("");
        return path.isEmpty()
                ? Optional.empty()
                : tree.at(path).map(r -> last(r.path("dataPath").asString("")));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Optional<VeloxStream> stream(String id) {
        return Optional.ofNullable(streams.get(id)).map(group -> VeloxStream.of(tree, group));
    }

    private Plan plan(List<VeloxStream> own, Optional<String> map) {
        Set<String> names = new LinkedHashSet<>();
        for (VeloxStream stream : own) {
            if (!names.add(stream.detector())) {
                throw new UnsupportedFileException(
                        tree.file(),
                        stream.place() + " is a second stream of detector " + stream.detector()
                                + ", and nothing says which map it belongs to; save one map per file");
            }
        }
        Optional<HdfGroup> group = map.map(rendered::get);
        if (group.isEmpty() && rendered.size() == 1) {
            group = rendered.values().stream().findFirst();
        }
        return new Plan(
                own,
                group.flatMap(g -> tree.text(g, "SpectrumImageSettings")),
                group.filter(g -> tree.metadataColumns(g) > 0).map(g -> tree.metadata(g, 0)));
    }
}
