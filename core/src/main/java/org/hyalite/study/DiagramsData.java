package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.figure.PhaseDiagramFigure.Ellipse;
import org.hyalite.figure.PhaseDiagramFigure.Mark;
import org.hyalite.figure.PhaseDiagramFigure.Panel;
import org.hyalite.figure.PhaseDiagramFigure.TieLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Phase diagrams on the same axes. */
record DiagramsData(List<Panel> panels, String xTitle, String yTitle) implements FigureData {
    static final String KIND = "phase_diagrams";

    private static final int MOST_CELLS = 1 << 24;

    @Override
    public Figure draw(Look look) {
        return PhaseDiagramFigure.draw(panels, xTitle, yTitle, look);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("kind", KIND).put("x", xTitle).put("y", yTitle);
        ArrayNode all = json.putArray("panels");
        for (Panel panel : panels) {
            ObjectNode node = all.addObject().put("title", panel.title());
            panel.threshold().ifPresent(t -> node.put("threshold", t));
            node.put("share_of_cells_not_saturated", panel.shareOfCells());
            node.set("x_edges", Packed.of(panel.fractionEdges()));
            node.set("y_edges", Packed.of(panel.densityEdges()));
            node.set("volume_nm3", Packed.of(flat(panel.volumeNm3())));
            ArrayNode marks = node.putArray("phases");
            panel.marks()
                    .forEach(m -> marks.addObject()
                            .put("name", m.label())
                            .set(
                                    "mean_sd",
                                    Json.numbers(m.fractionMean(), m.fractionSd(), m.densityMean(), m.densitySd())));
            ArrayNode ellipses = node.putArray("ellipses");
            panel.ellipses()
                    .forEach(e -> ellipses.addObject()
                            .put("name", e.label())
                            .set(
                                    "mean_covariance",
                                    Json.numbers(
                                            e.fraction(),
                                            e.density(),
                                            e.varFraction(),
                                            e.covariance(),
                                            e.varDensity())));
            ArrayNode ties = node.putArray("tie_lines");
            panel.tieLines()
                    .forEach(t ->
                            ties.add(Json.numbers(t.fractionFrom(), t.densityFrom(), t.fractionTo(), t.densityTo())));
        }
        return json;
    }

    private static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    static DiagramsData of(JsonNode json) {
        List<Panel> panels = new ArrayList<>();
        json.path("panels").forEach(node -> panels.add(panel(node)));
        return new DiagramsData(
                panels, json.path("x").asString(""), json.path("y").asString(""));
    }

    private static Panel panel(JsonNode node) {
        double[] x = Packed.doubles(node.path("x_edges"), "x_edges");
        double[] y = Packed.doubles(node.path("y_edges"), "y_edges");
        double[] flat = Packed.doubles(node.path("volume_nm3"), "volume_nm3");
        long cells = (x.length - 1L) * (y.length - 1L);
        if (x.length < 2 || y.length < 2 || cells > MOST_CELLS || flat.length != cells) {
            throw new IllegalArgumentException(
                    flat.length + " cells between " + x.length + " and " + y.length + " edges");
        }
        double[][] volume = new double[x.length - 1][];
        for (int i = 0; i < volume.length; i++) {
            volume[i] = java.util.Arrays.copyOfRange(flat, i * (y.length - 1), (i + 1) * (y.length - 1));
        }
        List<Mark> marks = new ArrayList<>();
        for (JsonNode m : node.path("phases")) {
            double[] v = exactly(4, m.path("mean_sd"));
            marks.add(new Mark(m.path("name").asString(""), v[0], v[1], v[2], v[3]));
        }
        List<Ellipse> ellipses = new ArrayList<>();
        for (JsonNode e : node.path("ellipses")) {
            double[] v = exactly(5, e.path("mean_covariance"));
            ellipses.add(new Ellipse(e.path("name").asString(""), v[0], v[1], v[2], v[3], v[4]));
        }
        List<TieLine> ties = new ArrayList<>();
        for (JsonNode t : node.path("tie_lines")) {
            double[] v = exactly(4, t);
            ties.add(new TieLine(v[0], v[1], v[2], v[3]));
        }
        Panel panel = Panel.of(node.path("title").asString(""), x, y, volume)
                .marked(marks)
                .withEllipses(ellipses)
                .withTieLines(ties)
                .scaledTo(node.path("share_of_cells_not_saturated").asDouble(PhaseDiagramFigure.MOST_CELLS));
        return node.has("threshold")
                ? panel.withThreshold(node.path("threshold").asDouble())
                : panel;
    }

    private static double[] exactly(int n, JsonNode json) {
        double[] values = Packed.doubles(json, "a phase");
        if (values.length != n) {
            throw new IllegalArgumentException("a phase has " + values.length + " numbers, expected " + n);
        }
        return values;
    }
}
