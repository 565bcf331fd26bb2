package org.hyalite.study;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.Palette;
import org.hyalite.figure.SampleFigure;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.study.ElementsData.Show;
import org.hyalite.study.SampleStep.MappedSample;
import org.hyalite.study.VolumeStep.Reconstructed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a sample: the paper's 3 to 5, and what shows how far to believe them. */
final class SampleFigures {
    /** More elements than this are shown one by one instead of as one mix of colours. */
    private static final int MIXABLE = 3;

    private SampleFigures() {}

    static void write(FigureFiles figures, MappedSample sample, List<Element> among) {
        String arealUnit = sample.arealUnit();
        String densityUnit = sample.densityUnit();
        List<SampleFigure.Channel> all =
                channels(sample, List.copyOf(sample.volumes().keySet()));
        List<SampleFigure.Channel> mixed = channels(
                sample,
                sample.volumes().size() <= MIXABLE
                        ? List.copyOf(sample.volumes().keySet())
                        : among);
        SampleFigure.Slices slices = SampleFigure.Slices.middle(all.get(0).density());
        if (mixed.size() <= MIXABLE) {
            figures.write(
                    "fig3-sample",
                    () -> new ElementsData(Show.MIXED, mixed, Optional.empty(), slices, arealUnit, densityUnit));
            figures.write(
                    "fig5-renderings",
                    () -> new ElementsData(Show.RENDERED, mixed, Optional.empty(), slices, arealUnit, densityUnit));
        }
        int zero = sample.adf().aligned().geometry().nearestZero();
        Optional<ElementsData.Adf> adf = Optional.of(new ElementsData.Adf(
                sample.adf().aligned().image(zero), sample.adfVolume().volume()));
        figures.write("elements", () -> new ElementsData(Show.ROWS, all, adf, slices, arealUnit, densityUnit));
        CountsFigures.write(figures, "spectrum-sample", "sample", sample.counts(), sample.residuals());
        AlignmentFigures.write(figures, sample);
        figures.write("mass-check", () -> massCheck(sample, arealUnit.startsWith("atoms") ? "atoms" : "counts · nm²"));
        weightCurves(sample)
                .ifPresent(panels -> figures.write("weights", () -> new CurvesData("Choice of the weight", panels)));
    }

    private static List<SampleFigure.Channel> channels(MappedSample sample, List<Element> elements) {
        List<SampleFigure.Channel> channels = new ArrayList<>();
        for (Element element : elements) {
            Volume volume = java.util.Objects.requireNonNull(sample.volumes().get(element))
                    .volume();
            var series = java.util.Objects.requireNonNull(sample.areal().get(element));
            Color colour = Palette.element(channels.size());
            channels.add(new SampleFigure.Channel(
                    element.symbol(),
                    colour,
                    series.image(series.geometry().nearestZero()),
                    volume.projectionZ(),
                    volume));
        }
        return channels;
    }

    private static CurvesData massCheck(MappedSample sample, String unit) {
        List<CurveFigure.Panel> panels = new ArrayList<>();
        for (Entry<Element, Reconstructed> entry : sample.volumes().entrySet()) {
            JsonNode points = entry.getValue().convergence().path("mass_check");
            double[] tilts = new double[points.size()];
            double[] measured = new double[points.size()];
            double[] reprojected = new double[points.size()];
            for (int i = 0; i < points.size(); i++) {
                tilts[i] = points.get(i).path("tilt_deg").asDouble();
                measured[i] = points.get(i).path("measured").asDouble();
                reprojected[i] = points.get(i).path("reprojected").asDouble();
            }
            panels.add(CurveFigure.Panel.of(
                    entry.getKey().symbol(),
                    "tilt (°)",
                    "total (" + unit + ")",
                    Upright.FROM_ZERO,
                    List.of(
                            Curve.of("measured", tilts, measured, Curve.Style.POINTS),
                            Curve.of("reprojected", tilts, reprojected, Curve.Style.LINE))));
        }
        return new CurvesData("Mass check", panels);
    }

    private static String criterion(String told) {
        return told.contains("left-out")
                ? "misfit of the left-out tilts"
                : told.contains("set aside") ? "deviance of the counts set aside" : "misfit over that of noise";
    }

    private static Optional<List<CurveFigure.Panel>> weightCurves(MappedSample sample) {
        List<CurveFigure.Panel> panels = new ArrayList<>();
        for (Map.Entry<Element, Reconstructed> entry : sample.volumes().entrySet()) {
            ObjectNode report = entry.getValue().convergence();
            JsonNode curve = report.path("weight_curve");
            if (curve.size() < 2) {
                continue;
            }
            double[] weight = new double[curve.size()];
            double[] value = new double[curve.size()];
            for (int i = 0; i < curve.size(); i++) {
                weight[i] = Math.log10(curve.get(i).get(0).asDouble());
                value[i] = curve.get(i).get(1).asDouble();
            }
            panels.add(CurveFigure.Panel.of(
                            entry.getKey().symbol(),
                            "log₁₀ weight",
                            criterion(report.path("weight_criterion").asString("")),
                            Upright.LINEAR,
                            List.of(Curve.of("tried", weight, value, Curve.Style.LINE_AND_POINTS)))
                    .marked(List.of(new CurveFigure.Mark(
                            "chosen", Math.log10(report.path("weight").asDouble())))));
        }
        return panels.isEmpty() ? Optional.empty() : Optional.of(panels);
    }
}
