package org.hyalite.study;

import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.SinogramFigure;
import org.hyalite.figure.SinogramFigure.Rows;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One row of a tilt series before and after alignment. */
record SinogramData(Rows rows) implements FigureData {
    static final String KIND = "sinogram";

    @Override
    public Figure draw(Look look) {
        return SinogramFigure.draw(rows, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND).put("row", rows.row());
        json.set("tilts_deg", Packed.of(rows.tiltsDeg()));
        json.set("before", Packed.of(rows.before()));
        json.set("after", Packed.of(rows.after()));
        return json;
    }

    static SinogramData of(JsonNode json) {
        return new SinogramData(new Rows(
                json.path("row").asInt(0),
                Packed.doubles(json.path("tilts_deg"), "tilts_deg"),
                Packed.image(json.path("before"), "before"),
                Packed.image(json.path("after"), "after")));
    }
}
