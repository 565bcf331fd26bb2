package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.List;
import java.util.Random;
import org.hyalite.figure.PhaseDiagramFigure.Ellipse;
import org.hyalite.figure.PhaseDiagramFigure.Panel;
import org.hyalite.figure.PhaseDiagramFigure.TieLine;
import org.junit.jupiter.api.Test;

/** Protects the meaning of an ellipse on a diagram: it holds 95 % of what its covariance says. */
class PhaseRingsTest {
    private static final Axes AXES = Axes.of(new Box(20, 10, 200, 150), Ticks.linear(0, 1, 5), Ticks.linear(0, 8, 5));

    @Test
    void ringLiesWhereTheChiSquareOfTwoDegreesIs95Percent() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            double sx = 0.02 + 0.2 * random.nextDouble();
            double sn = 0.2 + random.nextDouble();
            double r = 1.9 * random.nextDouble() - 0.95;
            Ellipse ellipse =
                    new Ellipse("", random.nextDouble(), 6 * random.nextDouble(), sx * sx, r * sx * sn, sn * sn);
            Shape ring = PhaseRings.ring(ellipse, AXES);
            int points = 0;
            double[] at = new double[6];
            for (PathIterator path = ring.getPathIterator(null, 1e-3); !path.isDone(); path.next()) {
                if (path.currentSegment(at) != PathIterator.SEG_CLOSE) {
                    double u = ((at[0] - AXES.x(ellipse.fraction())) / 200) / sx;
                    double v = ((AXES.y(ellipse.density()) - at[1]) / 150 * 8) / sn;
                    double chi2 = (u * u - 2 * r * u * v + v * v) / (1 - r * r);
                    assertThat(chi2).isCloseTo(5.991, within(0.1));
                    points++;
                }
            }
            assertThat(points).isGreaterThan(20);
        }
    }

    @Test
    void ringsAndTieLinesThatCannotBeDrawnDoNoHarm() {
        double[] edges = {0, 0.5, 1};
        Panel panel = Panel.of("", edges, edges, new double[][] {{1, 0}, {0, 2}});
        double[] odd = {0, -1, 1e-30, 1e30, Double.NaN, Double.POSITIVE_INFINITY};
        for (double value : odd) {
            Panel marked = panel.withEllipses(List.of(
                            new Ellipse("a", 0.5, 0.5, value, value, value), new Ellipse("b", value, value, 1, 0, 1)))
                    .withTieLines(List.of(new TieLine(0, 0, value, value)));
            assertThat(PhaseDiagramFigure.draw(List.of(marked), "X", "N")
                            .image(40)
                            .getWidth())
                    .isPositive();
        }
    }
}
