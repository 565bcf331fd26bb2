package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a figure shows, and no more: kept as {@code figures/data/NAME.json}, so that it can be drawn again with another look,
 * and plotted by others, without computing the study again. Volumes are named, not copied.
 */
interface FigureData {
    Figure draw(Look look);

    /** With its {@code kind}, by which {@link #read} knows it. */
    ObjectNode toJson();

    /**
     * What a run kept of a figure.
     *
     * @throws InputException naming the file and what is wrong with it, or which file is missing
     */
    static FigureData read(ResultFiles files, String name) {
        Path file = files.figureData(name);
        JsonNode json = Json.read(file);
        String kind = json.path("kind").asString("");
        try {
            return switch (kind) {
                case CurvesData.KIND -> CurvesData.of(json);
                case FitData.KIND -> FitData.of(json);
                case CrossSectionsData.KIND -> CrossSectionsData.of(json);
                case DiagramsData.KIND -> DiagramsData.of(json);
                case TernaryData.KIND -> TernaryData.of(json);
                case MapsData.KIND -> MapsData.of(json);
                case SinogramData.KIND -> SinogramData.of(json);
                case ElementsData.KIND -> ElementsData.of(json, files);
                case StandardsData.KIND -> StandardsData.of(json, files);
                default -> throw new IllegalArgumentException("it is of no known kind: '" + kind + "'");
            };
        } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw new InputException(
                    file + ": no figure can be drawn of it: " + e.getMessage() + "; run the study again", e);
        }
    }

    /** A volume that figure data name; only what a run writes, inside the folder. */
    static Path volume(ResultFiles files, String name) {
        if (!name.matches("(sample|standards/[^/\\\\]+)/[A-Za-z0-9_-]+[.]mrc") || name.contains("..")) {
            throw new IllegalArgumentException("'" + name + "' is no volume of a results folder");
        }
        Path file = files.folder().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such file; the figure is drawn from it");
        }
        return file;
    }
}
