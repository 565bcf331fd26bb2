package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.figure.PhaseDiagramFigure.Ellipse;
import org.hyalite.figure.PhaseDiagramFigure.Panel;
import org.hyalite.figure.PhaseDiagramFigure.TieLine;
import org.hyalite.figure.TernaryFigure;
import org.hyalite.phase.PairDiagram;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.phase.PhaseStatistics.ElementShare;
import org.hyalite.phase.TernaryDiagram;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;

/** The figures of phases: the diagram as the paper draws it, pairs of elements, three elements. */
final class PhaseFigures {
    static final String DIAGRAM = "fig6-phase-diagram";
    static final String UNTHRESHOLDED = "figS8-phase-diagram-unthresholded";

    private static final int PAIR_BINS = 100;

    /** Beyond this, pairs with the diagram's own element are drawn only. */
    private static final int FEW_ELEMENTS = 4;

    private PhaseFigures() {}

    /** @param errors 95 % ellipses of the phases' means; none where they were not estimated */
    static void write(FigureFiles figures, Found found, List<Ellipse> errors) {
        PhaseDiagram diagram = found.diagram();
        String x = fraction(found, diagram.numerator(), found.among());
        String n = "N (" + found.unit() + ")";
        List<PhaseDiagramFigure.Mark> marks = found.phases().regions().stream()
                .map(r -> new PhaseDiagramFigure.Mark(
                        r.name(), r.fractionMean(), r.fractionSd(), r.densityMeanPerNm3(), r.densitySdPerNm3()))
                .toList();
        Panel inside = Panel.of("", diagram.fractionEdges(), diagram.densityEdgesPerNm3(), diagram.volumeNm3())
                .withThreshold(diagram.thresholdPerNm3());
        Panel all = Panel.of(
                        "", diagram.fractionEdges(), diagram.densityEdgesPerNm3(), diagram.unthresholdedVolumeNm3())
                .withThreshold(diagram.thresholdPerNm3());
        figures.write(
                DIAGRAM,
                () -> new DiagramsData(
                        List.of(inside.withTieLines(tieLines(found))
                                .withEllipses(errors)
                                .marked(marks)),
                        x,
                        n));
        figures.write(UNTHRESHOLDED, () -> new DiagramsData(List.of(all), x, n));
        figures.write(
                "figS9-phase-diagram-full-scale",
                () -> new DiagramsData(List.of(inside.scaledTo(PhaseDiagramFigure.ALL_CELLS)), x, n));
        pairs(figures, found, n);
        ternary(figures, found);
    }

    private static String fraction(Found found, Element of, List<Element> among) {
        return (found.unit().startsWith("atoms") ? "X = " : "fraction of counts ") + of + "/("
                + among.stream().map(Element::symbol).collect(Collectors.joining(" + ")) + ")";
    }

    private static List<TieLine> tieLines(Found found) {
        return found.details().contacts().stream()
                .map(c -> {
                    PhaseRegion a = found.phases().region(c.first()).orElseThrow();
                    PhaseRegion b = found.phases().region(c.second()).orElseThrow();
                    return new TieLine(
                            a.fractionMean(), a.densityMeanPerNm3(), b.fractionMean(), b.densityMeanPerNm3());
                })
                .toList();
    }

    private static void pairs(FigureFiles figures, Found found, String n) {
        List<Element> elements = List.copyOf(found.diagram().densities().keySet());
        for (int j = 0; j < elements.size(); j++) {
            for (int i = 0; i < j; i++) {
                Element a = elements.get(i);
                Element b = elements.get(j);
                boolean wanted = elements.size() <= FEW_ELEMENTS
                        || a.equals(found.diagram().numerator())
                        || b.equals(found.diagram().numerator());
                if (wanted) {
                    pair(figures, found, a, b, n);
                }
            }
        }
    }

    private static void pair(FigureFiles figures, Found found, Element a, Element b, String n) {
        PairDiagram pair = PairDiagram.of(found.diagram(), a, b, PAIR_BINS);
        List<PhaseDiagramFigure.Mark> places = new ArrayList<>();
        List<PhaseDiagramFigure.Mark> fractions = new ArrayList<>();
        for (PhaseRegion r : found.phases().regions()) {
            Map<Element, ElementShare> shares = found.details().shares(r);
            double da = Objects.requireNonNull(shares.get(a)).densityPerNm3();
            double db = Objects.requireNonNull(shares.get(b)).densityPerNm3();
            places.add(new PhaseDiagramFigure.Mark(r.name(), da, 0, db, 0));
            fractions.add(new PhaseDiagramFigure.Mark(
                    r.name(), da + db > 0 ? db / (da + db) : 0, 0, r.densityMeanPerNm3(), 0));
        }
        String name = "phase-pair-" + a + "-" + b;
        figures.write(
                name + "-densities",
                () -> new DiagramsData(
                        List.of(Panel.of("", pair.firstEdgesPerNm3(), pair.secondEdgesPerNm3(), pair.densityVolumeNm3())
                                .marked(places)),
                        a + " (" + found.unit() + ")",
                        b + " (" + found.unit() + ")"));
        if (found.diagram().densities().size() > 2) {
            figures.write(
                    name,
                    () -> new DiagramsData(
                            List.of(Panel.of(
                                            "", pair.fractionEdges(), pair.totalEdgesPerNm3(), pair.fractionVolumeNm3())
                                    .withThreshold(found.diagram().thresholdPerNm3())
                                    .marked(fractions)),
                            fraction(found, b, List.of(a, b)),
                            n));
        }
    }

    private static void ternary(FigureFiles figures, Found found) {
        List<Element> corners = found.details().ternary();
        if (corners.isEmpty()) {
            return;
        }
        TernaryDiagram diagram = TernaryDiagram.of(found.diagram(), corners, PhaseJson.TERNARY_STEPS);
        List<TernaryFigure.Mark> marks = new ArrayList<>();
        for (PhaseRegion r : found.phases().regions()) {
            Map<Element, ElementShare> shares = found.details().shares(r);
            double sum = corners.stream()
                    .mapToDouble(c -> Objects.requireNonNull(shares.get(c)).densityPerNm3())
                    .sum();
            marks.add(new TernaryFigure.Mark(
                    r.name(),
                    Objects.requireNonNull(shares.get(corners.get(0))).densityPerNm3() / sum,
                    Objects.requireNonNull(shares.get(corners.get(1))).densityPerNm3() / sum));
        }
        String name = "phase-ternary-" + corners.stream().map(Element::symbol).collect(Collectors.joining("-"));
        figures.write(
                name,
                () -> new TernaryData(corners.stream().map(Element::symbol).toList(), diagram.volumeNm3(), marks));
    }
}
