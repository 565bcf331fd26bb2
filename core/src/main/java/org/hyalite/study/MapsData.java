package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.figure.ColourMap;
import org.hyalite.figure.ColourScale;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.MapsFigure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps of one quantity. */
record MapsData(String title, List<MapsFigure.Panel> panels, ColourScale scale) implements FigureData {
    static final String KIND = "maps";

    @Override
    public Figure draw(Look look) {
        return MapsFigure.draw(title, panels, scale, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND).put("title", title).put("unit", scale.unit());
        json.put("colours", scale.map().name().toLowerCase(Locale.ROOT));
        json.set("range", Json.numbers(scale.low(), scale.high()));
        json.put("clips", scale.clips());
        ArrayNode all = json.putArray("maps");
        panels.forEach(p -> all.addObject().put("name", p.name()).set("image", Packed.of(p.image())));
        return json;
    }

    static MapsData of(JsonNode json) {
        List<MapsFigure.Panel> panels = new ArrayList<>();
        json.path("maps")
                .forEach(m -> panels.add(
                        new MapsFigure.Panel(m.path("name").asString(""), Packed.image(m.path("image"), "a map"))));
        return new MapsData(
                json.path("title").asString(""),
                panels,
                new ColourScale(
                        ColourMap.valueOf(json.path("colours").asString("").toUpperCase(Locale.ROOT)),
                        json.path("range").path(0).asDouble(Double.NaN),
                        json.path("range").path(1).asDouble(Double.NaN),
                        json.path("unit").asString(""),
                        json.path("clips").asBoolean(false)));
    }
}
