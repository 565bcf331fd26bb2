package org.hyalite.io.velox;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hyalite.physics.Element;
import tools.jackson.databind.JsonNode;

/**
 * What the file's displays and operations call its images, and which elements were selected. Until version 10 each image
 * is the input or output of an operation; since version 11 each is shown by a display that bears its name.
 */
final class VeloxNames {
    private static final int HEAVIEST = 98;

    private final VeloxTree tree;
    private final Map<String, String> names = new LinkedHashMap<>();

    private VeloxNames(VeloxTree tree) {
        this.tree = tree;
    }

    static VeloxNames read(VeloxTree tree) {
        VeloxNames names = new VeloxNames(tree);
        names.displays();
        names.operations();
        return names;
    }

    /** The name of an image, if anything in the file gives it one. */
    Optional<String> image(String id) {
        return Optional.ofNullable(names.get(id));
    }

    private void displays() {
        for (JsonNode display :
                tree.settings("Presentation", "Displays", "ImageDisplay").values()) {
            name(display.path("dataPath"), display.path("display").path("label").asString(""));
        }
        for (JsonNode display : tree.settings("Displays", "ImageDisplay").values()) {
            String data = display.path("data").asString("");
            if (!data.isEmpty()) {
                tree.at(data)
                        .ifPresent(reference -> name(
                                reference.path("dataPath"), display.path("id").asString("")));
            }
        }
    }

    private void operations() {
        operation("CameraInputOperation")
                .forEach(o -> name(o.path("dataPath"), o.path("cameraName").asString("")));
        operation("StemInputOperation")
                .forEach(o -> name(o.path("dataPath"), o.path("detector").asString("")));
        operation("MathematicsOperation").forEach(o -> name(o.path("dataPath"), difference(o)));
        operation("DpcOperation").forEach(o -> name(o.path("dataPath"), "DPC"));
        operation("IntegrationOperation").forEach(o -> name(o.path("dataPath"), "DCFI"));
        operation("FftOperation").forEach(o -> name(o.path("imageOutputPath"), "FFT"));
        operation("SurfaceReconstructionOperation").forEach(o -> {
            String kind = o.path("integrationMode").asString("").equals("true") ? "iDPC" : "dDPC";
            boolean filtered = o.path("enableFilter").asString("").equals("true");
            name(o.path("dataPath"), filtered ? "Filtered " + kind : kind);
            name(o.path("unfilteredDataPath"), kind);
        });
    }

    /** Differences of opposite segments are told apart by where they go: input 0 is A − C, input 1 is B − D. */
    private static String difference(JsonNode operation) {
        List<JsonNode> outputs = VeloxTree.items(operation.path("outputs"));
        String input =
                outputs.isEmpty() ? "" : outputs.get(0).path("inputIndex").asString("");
        return input.equals("0") ? "A-C" : input.equals("1") ? "B-D" : "";
    }

    private List<JsonNode> operation(String kind) {
        return List.copyOf(tree.settings("Operations", kind).values());
    }

    private void name(JsonNode dataPath, String name) {
        String path = dataPath.asString("");
        if (!path.isEmpty() && !name.isBlank()) {
            names.put(path.substring(path.lastIndexOf('/') + 1), name.strip());
        }
    }

    /** The elements that were selected for maps or quantification, by atomic number, and where that stands. */
    record Selected(List<String> symbols, String source) {}

    /** The selected elements; none if nothing was selected. */
    Selected elements() {
        Set<String> sources = new LinkedHashSet<>();
        Set<Element> found = new TreeSet<>();
        for (List<String> path : List.of(
                List.of("Operations", "ImageQuantificationOperation"),
                List.of("Operations", "SpectrumQuantificationOperation"),
                List.of("SharedProperties", "EDSSpectrumQuantificationSettings"))) {
            for (JsonNode settings : tree.settings(path.toArray(String[]::new)).values()) {
                for (JsonNode z : VeloxTree.items(settings.path("elementSelection"))) {
                    VeloxMetadata.number(z).flatMap(VeloxNames::element).ifPresent(element -> {
                        found.add(element);
                        sources.add(String.join(".", path) + ".*.elementSelection");
                    });
                }
            }
        }
        return new Selected(found.stream().map(Element::symbol).toList(), String.join(", ", sources));
    }

    private static Optional<Element> element(double z) {
        return z >= 1 && z <= HEAVIEST ? Optional.of(Element.of((int) z)) : Optional.empty();
    }
}
