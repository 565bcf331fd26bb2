package org.hyalite.study;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.CurveFigure.Mark;
import org.hyalite.figure.CurveFigure.Panel;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plots of y against x. */
record CurvesData(String title, List<Panel> panels) implements FigureData {
    static final String KIND = "curves";

    @Override
    public Figure draw(Look look) {
        return CurveFigure.draw(title, panels, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND).put("title", title);
        ArrayNode all = json.putArray("panels");
        for (Panel panel : panels) {
            ObjectNode node = all.addObject()
                    .put("title", panel.title())
                    .put("x", panel.xTitle())
                    .put("y", panel.yTitle())
                    .put("y_axis", panel.upright().name().toLowerCase(Locale.ROOT));
            ArrayNode curves = node.putArray("curves");
            panel.curves().forEach(c -> curves.add(json(c)));
            ArrayNode marks = node.putArray("marks");
            panel.marks().forEach(m -> marks.addObject().put("name", m.label()).put("x", m.x()));
        }
        return json;
    }

    private static ObjectNode json(Curve curve) {
        double[] x = new double[curve.size()];
        double[] y = new double[x.length];
        double[] errors = new double[x.length];
        boolean uncertain = false;
        for (int i = 0; i < x.length; i++) {
            x[i] = curve.x(i);
            y[i] = curve.y(i);
            errors[i] = curve.error(i);
            uncertain |= errors[i] > 0;
        }
        ObjectNode node = Json.object()
                .put("name", curve.name())
                .put("style", curve.style().name().toLowerCase(Locale.ROOT));
        curve.colour().ifPresent(c -> node.put("colour", String.format(Locale.ROOT, "#%06x", c.getRGB() & 0xFFFFFF)));
        node.set("x", Packed.of(x));
        node.set("y", Packed.of(y));
        if (uncertain) {
            node.set("standard_errors", Packed.of(errors));
        }
        return node;
    }

    static CurvesData of(JsonNode json) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode node : json.path("panels")) {
            List<Curve> curves = new ArrayList<>();
            node.path("curves").forEach(c -> curves.add(curve(c)));
            List<Mark> marks = new ArrayList<>();
            node.path("marks")
                    .forEach(m -> marks.add(
                            new Mark(m.path("name").asString(""), m.path("x").asDouble(Double.NaN))));
            panels.add(new Panel(
                    node.path("title").asString(""),
                    node.path("x").asString(""),
                    node.path("y").asString(""),
                    Upright.valueOf(node.path("y_axis").asString("").toUpperCase(Locale.ROOT)),
                    curves,
                    marks));
        }
        return new CurvesData(json.path("title").asString(""), panels);
    }

    private static Curve curve(JsonNode node) {
        String name = node.path("name").asString("");
        Curve curve = Curve.of(
                name,
                Packed.doubles(node.path("x"), "x of '" + name + "'"),
                Packed.doubles(node.path("y"), "y of '" + name + "'"),
                Curve.Style.valueOf(node.path("style").asString("").toUpperCase(Locale.ROOT)));
        if (node.has("standard_errors")) {
            curve = curve.withErrors(Packed.doubles(node.path("standard_errors"), "errors of '" + name + "'"));
        }
        return node.has("colour")
                ? curve.coloured(Color.decode(node.path("colour").asString("")))
                : curve;
    }
}
