package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.StandardsFigure;
import org.hyalite.figure.StandardsFigure.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The standards: image, surface and thickness; volumes and thicknesses are the folder's. */
record StandardsData(List<Row> rows) implements FigureData {
    static final String KIND = "standards";

    @Override
    public Figure draw(Look look) {
        return StandardsFigure.draw(rows, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND);
        ArrayNode all = json.putArray("standards");
        for (Row row : rows) {
            all.addObject()
                    .put("name", row.name())
                    .put("threshold", row.threshold())
                    .put("volume", "standards/" + row.name() + "/volume.mrc")
                    .put("thickness_nm", "standards/" + row.name() + "/thickness.mrc")
                    .set("adf", Packed.of(row.adf()));
        }
        return json;
    }

    static StandardsData of(JsonNode json, ResultFiles files) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode node : json.path("standards")) {
            rows.add(new Row(
                    node.path("name").asString(""),
                    Packed.image(node.path("adf"), "adf"),
                    Stacks.volume(FigureData.volume(files, node.path("volume").asString(""))),
                    node.path("threshold").asDouble(Double.NaN),
                    Stacks.images(FigureData.volume(
                                    files, node.path("thickness_nm").asString("")))
                            .get(0)));
        }
        return new StandardsData(rows);
    }
}
