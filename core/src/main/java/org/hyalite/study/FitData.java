package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.Figure;
import org.hyalite.figure.FitFigure;
import org.hyalite.figure.FitFigure.Group;
import org.hyalite.figure.FitFigure.Window;
import org.hyalite.figure.Look;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A spectrum's fit around some lines. */
record FitData(String title, List<Window> windows) implements FigureData {
    static final String KIND = "spectrum_fit";

    @Override
    public Figure draw(Look look) {
        return FitFigure.draw(title, windows, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND).put("title", title);
        ArrayNode all = json.putArray("windows");
        for (Window w : windows) {
            ObjectNode node = all.addObject().put("title", w.title()).put("logarithmic", w.logarithmic());
            node.set("energy_keV", Packed.of(w.energyKeV()));
            node.set("counts", Packed.of(w.data()));
            node.set("model", Packed.of(w.model()));
            node.set("background", Packed.of(w.background()));
            ArrayNode groups = node.putArray("groups");
            w.groups()
                    .forEach(g -> groups.addObject()
                            .put("name", g.name())
                            .put("own", g.own())
                            .set("counts", Packed.of(g.counts())));
        }
        return json;
    }

    static FitData of(JsonNode json) {
        List<Window> windows = new ArrayList<>();
        for (JsonNode node : json.path("windows")) {
            double[] energy = Packed.doubles(node.path("energy_keV"), "energy_keV");
            List<Group> groups = new ArrayList<>();
            for (JsonNode g : node.path("groups")) {
                double[] counts = Packed.doubles(g.path("counts"), "counts of a group");
                if (counts.length != energy.length) {
                    throw new IllegalArgumentException(
                            counts.length + " counts of a group at " + energy.length + " energies");
                }
                groups.add(new Group(
                        g.path("name").asString(""), counts, g.path("own").asBoolean(false)));
            }
            windows.add(new Window(
                    node.path("title").asString(""),
                    energy,
                    Packed.doubles(node.path("counts"), "counts"),
                    Packed.doubles(node.path("model"), "model"),
                    Packed.doubles(node.path("background"), "background"),
                    groups,
                    node.path("logarithmic").asBoolean(false)));
        }
        return new FitData(json.path("title").asString(""), windows);
    }
}
