package org.hyalite.study;

import java.util.Locale;
import java.util.Optional;
import org.hyalite.study.recipe.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a composition–density diagram that somebody drew: the voxels whose (X, N) lie in it.
 *
 * @param kind how it was drawn
 * @param fraction X of the vertices; of a rectangle its corners, two or more
 * @param densityPerNm3 N of the vertices, atoms/nm³ or counts/nm
 * @param minimumPerNm3 of a threshold: least N
 * @param maximumPerNm3 of a threshold: largest N; infinite where there is none
 * @param insideThreshold whether N must exceed the study's threshold, too
 */
public record DiagramSelection(
        String name,
        Kind kind,
        double[] fraction,
        double[] densityPerNm3,
        double minimumPerNm3,
        double maximumPerNm3,
        boolean insideThreshold) {
    /** How a selection is drawn. */
    public enum Kind {
        /** A closed polygon, inside by the even–odd rule. */
        LASSO,
        /** The vertices' bounding box, its edges within. */
        RECTANGLE,
        /** All N from one value to another, both within. */
        THRESHOLD
    }

    /** Vertices of a polygon at most. */
    public static final int MOST_VERTICES = 2000;

    private static final int LONGEST_NAME = 64;

    /**
     * Reads {@code {name, kind, vertices: [[X, N], …], minimum_density_per_nm3, maximum_density_per_nm3, inside_threshold}}.
     *
     * @throws InputException if it says anything else, naming what
     */
    public static DiagramSelection of(String text) {
        try {
            return of(Json.parse(text));
        } catch (JacksonException e) {
            throw new InputException("the selection is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    static DiagramSelection of(JsonNode json) {
        if (!json.isObject()) {
            throw new InputException("a selection is a JSON object with 'kind' and 'vertices'");
        }
        String name = json.path("name").asString("");
        if (!name.isEmpty()) {
            requireName(name);
        }
        Kind kind = kind(json.path("kind").asString(""));
        boolean inside = json.path("inside_threshold").asBoolean(true);
        if (kind == Kind.THRESHOLD) {
            double least = number(json, "minimum_density_per_nm3").orElse(0.0);
            double most = number(json, "maximum_density_per_nm3").orElse(Double.POSITIVE_INFINITY);
            if (!(least <= most)) {
                throw new InputException(
                        "minimum_density_per_nm3 " + least + " exceeds maximum_density_per_nm3 " + most);
            }
            return new DiagramSelection(name, kind, new double[0], new double[0], least, most, inside);
        }
        JsonNode vertices = json.path("vertices");
        int least = kind == Kind.LASSO ? 3 : 2;
        if (!vertices.isArray() || vertices.size() < least || vertices.size() > MOST_VERTICES) {
            throw new InputException("vertices: " + (vertices.isArray() ? vertices.size() + " of them" : "no list")
                    + "; a " + kind.name().toLowerCase(Locale.ROOT) + " has " + least + " … " + MOST_VERTICES
                    + " pairs [X, N]");
        }
        double[] fraction = new double[vertices.size()];
        double[] density = new double[vertices.size()];
        for (int i = 0; i < fraction.length; i++) {
            JsonNode pair = vertices.get(i);
            if (!pair.isArray() || pair.size() != 2 || !finite(pair.get(0)) || !finite(pair.get(1))) {
                throw new InputException("vertices[" + i + "] is no pair of numbers [X, N]");
            }
            fraction[i] = pair.get(0).asDouble();
            density[i] = pair.get(1).asDouble();
        }
        return new DiagramSelection(name, kind, fraction, density, 0, Double.POSITIVE_INFINITY, inside);
    }

    /**
     * Refuses what is no name of a selection: letters, digits, {@code -} and {@code _}, at most 64.
     *
     * @return the name
     */
    public static String requireName(String name) {
        if (!name.matches("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}")) {
            throw new InputException(
                    "the name of a selection is made of 1 … " + LONGEST_NAME + " letters A-Z, digits, - and _");
        }
        return name;
    }

    private static Kind kind(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new InputException("kind of a selection: lasso, rectangle or threshold is expected");
    }

    private static Optional<Double> number(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!finite(value)) {
            throw new InputException(key + " is no number");
        }
        return Optional.of(value.asDouble());
    }

    private static boolean finite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.asDouble(Double.NaN));
    }

    /** The same under another name. */
    public DiagramSelection named(String other) {
        return new DiagramSelection(
                requireName(other), kind, fraction, densityPerNm3, minimumPerNm3, maximumPerNm3, insideThreshold);
    }

    /** As it is read. */
    ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("name", name).put("kind", kind.name().toLowerCase(Locale.ROOT));
        if (kind == Kind.THRESHOLD) {
            json.put("minimum_density_per_nm3", minimumPerNm3);
            if (Double.isFinite(maximumPerNm3)) {
                json.put("maximum_density_per_nm3", maximumPerNm3);
            }
        } else {
            ArrayNode vertices = json.putArray("vertices");
            for (int i = 0; i < fraction.length; i++) {
                vertices.add(Json.numbers(fraction[i], densityPerNm3[i]));
            }
        }
        return json.put("inside_threshold", insideThreshold);
    }
}
