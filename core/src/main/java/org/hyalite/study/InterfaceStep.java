package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.phase.ErfEdge;
import org.hyalite.phase.InterfaceWidth;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.SampleStep.MappedSample;
import tools.jackson.databind.node.ObjectNode;

/**
 * The width of the interface between the two largest phases: {@code interface.json} and the proximity histogram. It is corrected
 * for the resolution that the null control's own sharp interface shows, else for that of the particle's outer surface, which
 * is a bound only: ADF images sharpen a surface more than an interface.
 */
final class InterfaceStep {
    private InterfaceStep() {}

    /** Measures and writes; the lines for people, none where two phases do not meet. */
    static List<String> of(
            ResultFiles files,
            FigureFiles figures,
            MappedSample sample,
            Found found,
            Optional<NullControl.Outcome> control) {
        Optional<InterfaceWidth> measured = NullControl.width(found.diagram());
        if (measured.isEmpty()) {
            return List.of();
        }
        InterfaceWidth width = measured.get();
        Optional<InterfaceWidth> pure = control.flatMap(NullControlReport::reference);
        Optional<InterfaceWidth> surface =
                sample.fillsField() ? Optional.empty() : InterfaceWidth.ofSurface(found.diagram());
        Json.write(files.folder().resolve("interface.json"), toJson(width, pure, surface));
        figures.write("interface", () -> draw(width, pure, surface, found.unit()));
        return List.of(summary(width, pure, surface));
    }

    private static String source(Optional<InterfaceWidth> pure, Optional<InterfaceWidth> surface) {
        return pure.isPresent() ? "null_control_interface" : surface.isPresent() ? "outer_surface" : "none";
    }

    static ObjectNode toJson(InterfaceWidth width, Optional<InterfaceWidth> pure, Optional<InterfaceWidth> surface) {
        ObjectNode json = Json.object();
        json.put("voxel_nm", width.voxelNm());
        put(json, "measured", width.sigma(), width.voxelNm());
        json.put("sigma_standard_error_voxels", width.sigmaError());
        json.put("resolution_from", source(pure, surface));
        pure.ifPresent(w -> put(json, "null_control_interface", w.sigma(), w.voxelNm()));
        surface.ifPresent(w -> put(json, "outer_surface", w.sigma(), w.voxelNm()));
        pure.or(() -> surface).ifPresent(r -> {
            put(json, "corrected", width.correctedSigma(r), width.voxelNm());
            put(json, "corrected_at_most", width.correctedSigmaBound(r), width.voxelNm());
        });
        json.set("distance_voxels", Json.numbers(width.distance()));
        json.set("voxels", Json.value(width.voxels()));
        ObjectNode elements = json.putObject("elements");
        for (Map.Entry<String, double[]> mean : width.mean().entrySet()) {
            ErfEdge edge = Objects.requireNonNull(width.edges().get(mean.getKey()));
            ObjectNode node = elements.putObject(mean.getKey());
            node.set("mean_per_nm3", Json.numbers(mean.getValue()));
            node.set(
                    "standard_error_per_nm3",
                    Json.numbers(Objects.requireNonNull(width.standardError().get(mean.getKey()))));
            node.put("low_per_nm3", edge.low());
            node.put("high_per_nm3", edge.high());
        }
        return json;
    }

    private static void put(ObjectNode json, String name, double sigma, double voxelNm) {
        ObjectNode node = json.putObject(name);
        node.put("sigma_voxels", sigma);
        node.put("sigma_nm", sigma * voxelNm);
        node.put("ten_to_ninety_voxels", ErfEdge.TEN_TO_NINETY * sigma);
        node.put("ten_to_ninety_nm", ErfEdge.TEN_TO_NINETY * sigma * voxelNm);
    }

    static String summary(InterfaceWidth width, Optional<InterfaceWidth> pure, Optional<InterfaceWidth> surface) {
        double voxels = width.tenToNinety();
        String text = String.format(
                Locale.ROOT,
                "interface: 10-90 %% width %.1f ± %.1f nm (%.2f voxels; erf's σ %.2f ± %.2f voxels)",
                voxels * width.voxelNm(),
                ErfEdge.TEN_TO_NINETY * width.sigmaError() * width.voxelNm(),
                voxels,
                width.sigma(),
                width.sigmaError());
        Optional<InterfaceWidth> reference = pure.or(() -> surface);
        if (reference.isEmpty()) {
            return text + "; the resolution is not known";
        }
        double corrected = ErfEdge.TEN_TO_NINETY * width.correctedSigma(reference.get());
        double bound = ErfEdge.TEN_TO_NINETY * width.correctedSigmaBound(reference.get());
        return text
                + String.format(
                        Locale.ROOT,
                        "; less the resolution of %s (σ %.2f voxels): %.2f voxels, at most %.2f",
                        pure.isPresent() ? "the null control's interface" : "the particle's surface",
                        reference.get().sigma(),
                        corrected,
                        bound);
    }

    /** The proximity histogram with its fit, and those of what the resolution was taken from. */
    static FigureData draw(
            InterfaceWidth width, Optional<InterfaceWidth> pure, Optional<InterfaceWidth> surface, String unit) {
        List<CurveFigure.Panel> panels = new ArrayList<>();
        panels.add(panel("interface", width, unit));
        pure.ifPresent(w -> panels.add(panel("sharp one, recorded alike", w, unit)));
        surface.ifPresent(w -> panels.add(panel("outer surface", w, unit)));
        return new CurvesData("Proximity histogram", panels);
    }

    private static CurveFigure.Panel panel(String title, InterfaceWidth width, String unit) {
        List<Curve> curves = new ArrayList<>();
        int k = 0;
        for (Map.Entry<String, double[]> mean : width.mean().entrySet()) {
            ErfEdge edge = Objects.requireNonNull(width.edges().get(mean.getKey()));
            java.awt.Color colour = COLOURS.get(k++ % COLOURS.size());
            curves.add(Curve.of(mean.getKey(), width.distance(), mean.getValue(), Curve.Style.POINTS)
                    .withErrors(Objects.requireNonNull(width.standardError().get(mean.getKey())))
                    .coloured(colour));
            double[] fine = new double[201];
            double[] fit = new double[fine.length];
            double first = width.distance()[0];
            double last = width.distance()[width.distance().length - 1];
            for (int i = 0; i < fine.length; i++) {
                fine[i] = first + i * (last - first) / (fine.length - 1);
                fit[i] = edge.at(fine[i]);
            }
            curves.add(Curve.of("", fine, fit, Curve.Style.LINE).coloured(colour));
        }
        return CurveFigure.Panel.of(
                String.format(Locale.ROOT, "%s, 10–90 %%: %.2f voxels", title, width.tenToNinety()),
                "distance along the normal (voxels)",
                "density (" + unit + ")",
                CurveFigure.Upright.LINEAR,
                curves);
    }

    private static final List<java.awt.Color> COLOURS =
            List.of(new java.awt.Color(200, 40, 40), new java.awt.Color(40, 70, 200), new java.awt.Color(30, 140, 60));
}
