package org.hyalite.study;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.study.CalibrationStep.Calibrated;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.SampleStep.MappedSample;
import tools.jackson.databind.JsonNode;

/** {@code report.html}: one self-contained page with the whole walk, its figures, numbers and warnings. */
final class ReportPage {
    private record Plate(String file, String caption) {}

    private static final List<Plate> PLATES = List.of(
            new Plate("fig1-standards", "Standards: ADF image, segmented surface, thickness."),
            new Plate("fig2-cross-sections", "Counts against thickness, with the fitted cross sections."),
            new Plate("fig3-sample", "Measured map, reprojection, and orthoslices on one absolute scale."),
            new Plate("fig5-renderings", "Volume renderings from two sides."),
            new Plate("fig6-phase-diagram", "Phase diagram inside the threshold; ellipses: two standard deviations."),
            new Plate("figS8-phase-diagram-unthresholded", "The same without threshold."),
            new Plate("interface", "Density against distance to the interface, with fitted erfs."),
            new Plate("null-control-diagrams", "Measured, and of pure phases recorded and reconstructed alike."),
            new Plate("null-control-statistic", "How mixed: measured, and of particles of pure phases."),
            new Plate("elements", "Each element by itself."),
            new Plate("spectrum-sample", "Sum spectrum and fit."),
            new Plate("residuals", "Misfit of the spectra's model by pixel, in standard deviations of noise."),
            new Plate("alignment", "Shifts, and what of the images' places they leave unexplained."),
            new Plate("sinogram", "One row of the ADF images against tilt, before and after alignment."),
            new Plate("tilt-gains", "Share of X-rays seen at each tilt: of all elements together, and of each."),
            new Plate("mass-check", "Totals of the images and of the reprojected volumes."),
            new Plate("weights", "Evidence for the weights."),
            new Plate("thresholds", "Differential volume against threshold."));

    private ReportPage() {}

    static void write(
            ResultFiles files,
            FigureFiles figures,
            StudyContext context,
            Optional<Calibrated> calibrated,
            Optional<Calibration> calibration,
            MappedSample sample,
            Found phases) {
        StringBuilder html = Html.page(sample.name(), "");
        for (String warning : context.record().warnings()) {
            html.append("<p class=\"note\">").append(Html.escape(warning)).append("</p>");
        }
        calibrated.ifPresent(c -> {
            html.append("<h2>Standards</h2>");
            Html.rows(html, CalibrationStep.thresholds(c));
        });
        calibration.ifPresent(c -> {
            html.append("<h2>Cross sections</h2>");
            Html.rows(html, CalibrationStep.summary(c));
        });
        html.append("<h2>Volumes</h2>");
        Html.rows(html, SampleStep.summary(sample));
        html.append("<h2>Phases</h2>");
        Html.rows(html, PhaseStep.summary(phases));
        html.append("<h2>Figures</h2>");
        PLATES.forEach(plate -> show(html, figures, plate));
        sample.volumes()
                .keySet()
                .forEach(
                        e -> show(html, figures, new Plate("fit_" + e.symbol(), "Fit around the lines of " + e + ".")));
        html.append(
                "<h2>Where every number came from</h2><table><tr><th>parameter<th>value<th>unit<th>source<th></tr>");
        for (JsonNode p : context.record().toJson().path("parameters")) {
            html.append("<tr><td>")
                    .append(Html.escape(p.path("name").asString("")))
                    .append("<td>")
                    .append(Html.escape(value(p.path("value"))))
                    .append("<td>")
                    .append(Html.escape(p.path("unit").asString("")))
                    .append("<td>")
                    .append(Html.escape(p.path("source").asString("")))
                    .append("<td>")
                    .append(Html.escape(p.path("where").asString("")));
        }
        html.append("</table></body></html>\n");
        byte[] bytes = html.toString().getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(files.report(), out -> out.write(bytes));
    }

    private static void show(StringBuilder html, FigureFiles figures, Plate plate) {
        figures.png(plate.file()).ifPresent(image -> Html.figure(html, image, plate.caption()));
    }

    private static String value(JsonNode value) {
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.6g", value.asDouble())
                : value.isString() ? value.asString() : value.toString();
    }
}
