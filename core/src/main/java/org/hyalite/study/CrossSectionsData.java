package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.CrossSectionFigure;
import org.hyalite.figure.CrossSectionFigure.Panel;
import org.hyalite.figure.CrossSectionFigure.Particle;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.physics.Uncertain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts against thickness of the standards' pixels. */
record CrossSectionsData(List<Panel> panels) implements FigureData {
    static final String KIND = "cross_sections";

    @Override
    public Figure draw(Look look) {
        return CrossSectionFigure.draw(panels, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND);
        ArrayNode all = json.putArray("panels");
        for (Panel panel : panels) {
            ObjectNode node = all.addObject()
                    .put("title", panel.title())
                    .put("sigma_barn", panel.crossSectionBarn().value())
                    .put("sigma_standard_error_barn", panel.crossSectionBarn().standardError());
            node.set("counts_per_nm", Json.numbers(panel.countsPerNm()).get(0));
            node.put("intercept_counts", panel.interceptCounts());
            ArrayNode particles = node.putArray("particles");
            for (Particle particle : panel.particles()) {
                ObjectNode one = particles.addObject().put("name", particle.name());
                one.set("thickness_nm", Packed.of(particle.thicknessNm()));
                one.set("counts", Packed.of(particle.counts()));
            }
        }
        return json;
    }

    static CrossSectionsData of(JsonNode json) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode node : json.path("panels")) {
            List<Particle> particles = new ArrayList<>();
            node.path("particles")
                    .forEach(p -> particles.add(Particle.of(
                            p.path("name").asString(""),
                            Packed.doubles(p.path("thickness_nm"), "thickness_nm"),
                            Packed.doubles(p.path("counts"), "counts"))));
            panels.add(new Panel(
                    node.path("title").asString(""),
                    new Uncertain(
                            node.path("sigma_barn").asDouble(Double.NaN),
                            node.path("sigma_standard_error_barn").asDouble(0)),
                    node.path("counts_per_nm").asDouble(Double.NaN),
                    node.path("intercept_counts").asDouble(0),
                    particles));
        }
        return new CrossSectionsData(panels);
    }
}
