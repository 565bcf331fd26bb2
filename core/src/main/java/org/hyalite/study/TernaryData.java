package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.TernaryFigure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A diagram of three elements' shares. */
record TernaryData(List<String> corners, double[][] volumeNm3, List<TernaryFigure.Mark> marks) implements FigureData {
    static final String KIND = "ternary_diagram";

    @Override
    public Figure draw(Look look) {
        return TernaryFigure.draw(corners, volumeNm3, marks, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND);
        ArrayNode names = json.putArray("corners");
        corners.forEach(names::add);
        ArrayNode rows = json.putArray("volume_nm3");
        for (double[] row : volumeNm3) {
            rows.add(Packed.of(row));
        }
        ArrayNode places = json.putArray("phases");
        marks.forEach(
                m -> places.addObject().put("name", m.label()).set("shares", Json.numbers(m.first(), m.second())));
        return json;
    }

    static TernaryData of(JsonNode json) {
        List<String> corners = new ArrayList<>();
        json.path("corners").forEach(c -> corners.add(c.asString("")));
        List<double[]> rows = new ArrayList<>();
        json.path("volume_nm3").forEach(r -> rows.add(Packed.doubles(r, "volume_nm3")));
        List<TernaryFigure.Mark> marks = new ArrayList<>();
        json.path("phases")
                .forEach(m -> marks.add(new TernaryFigure.Mark(
                        m.path("name").asString(""),
                        m.path("shares").path(0).asDouble(Double.NaN),
                        m.path("shares").path(1).asDouble(Double.NaN))));
        return new TernaryData(corners, rows.toArray(double[][]::new), marks);
    }
}
