package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.physics.Element;

/** A null control drawn: the diagrams of measurement and null particle side by side, and where the measurement stands. */
final class NullControlFigures {
    private static final double BINS = 12;

    private NullControlFigures() {}

    /** Both diagrams on the measurement's bins and colours. */
    static FigureData diagrams(NullControl.Outcome outcome, String unit) {
        PhaseDiagram measured = outcome.diagram();
        String of = measured.numerator().symbol();
        String among =
                measured.densities().keySet().stream().map(Element::symbol).collect(Collectors.joining(" + "));
        List<PhaseDiagramFigure.Panel> panels = List.of(
                panel("measured", measured, measured),
                panel("pure phases, recorded alike", outcome.example(), measured));
        return new DiagramsData(panels, "X = " + of + "/(" + among + ")", "N (" + unit + ")");
    }

    private static PhaseDiagramFigure.Panel panel(String title, PhaseDiagram diagram, PhaseDiagram scale) {
        double[] x = scale.fractionEdges();
        double[] n = scale.densityEdgesPerNm3();
        double[][] volume = new double[x.length - 1][n.length - 1];
        double[][] own = diagram.volumeNm3();
        double[] ownN = diagram.densityEdgesPerNm3();
        for (int i = 0; i < own.length; i++) {
            for (int j = 0; j < own[i].length; j++) {
                // a bin of other edges goes to where its middle lies
                double middle = 0.5 * (ownN[j] + ownN[j + 1]);
                int at = Arrays.binarySearch(n, middle);
                int to = Math.max(0, Math.min(n.length - 2, at >= 0 ? at : -at - 2));
                volume[i][to] += own[i][j];
            }
        }
        return PhaseDiagramFigure.Panel.of(title, x, n, volume).withThreshold(diagram.thresholdPerNm3());
    }

    /** The logarithm of mixedness: of pure particles, of those once more, and the measurement, at the verdict's depth. */
    static FigureData statistic(NullControl.Outcome outcome) {
        NullControl.Round round = outcome.round();
        double[] pure = logarithms(round.pure());
        double[] again = logarithms(round.again());
        double low = Math.min(least(pure), least(again));
        double high = Math.max(most(pure), most(again));
        low = Math.min(low, round.test().measured());
        double bin = Math.max(0.02, (high - low) / BINS);
        List<Curve> curves = new ArrayList<>();
        curves.add(histogram("pure phases", pure, low - 2 * bin, high + 2 * bin, bin));
        if (again.length > 0) {
            curves.add(histogram("their own pure phases", again, low - 2 * bin, high + 2 * bin, bin));
        }
        CurveFigure.Panel panel = CurveFigure.Panel.of(
                        String.format(
                                Locale.ROOT,
                                "p = %.2g, %d voxels deep",
                                round.test().p(),
                                outcome.depth()),
                        "ln of mean 4 X (1 − X)",
                        "replicas",
                        CurveFigure.Upright.FROM_ZERO,
                        curves)
                .marked(List.of(
                        new CurveFigure.Mark("measured", round.test().measured()),
                        new CurveFigure.Mark(
                                "expected of pure phases", round.test().expected())));
        return new CurvesData("Null control", List.of(panel));
    }

    private static double[] logarithms(double[] values) {
        return Arrays.stream(values).map(v -> Math.log(Math.max(1e-6, v))).toArray();
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private static Curve histogram(String name, double[] values, double low, double high, double bin) {
        int bins = (int) Math.ceil((high - low) / bin);
        double[] x = new double[bins];
        double[] y = new double[bins];
        for (int k = 0; k < bins; k++) {
            x[k] = low + (k + 0.5) * bin;
        }
        for (double v : values) {
            y[Math.max(0, Math.min(bins - 1, (int) ((v - low) / bin)))]++;
        }
        return Curve.of(name, x, y, Curve.Style.STEPS);
    }
}
