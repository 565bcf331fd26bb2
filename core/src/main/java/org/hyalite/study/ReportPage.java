package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
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

    private static final String PHASES_BEGIN = "<h2>Phases</h2><!--phases-->";
    private static final String PHASES_END = "<!--/phases-->";
    private static final String AGAIN =
            "Drawn again after the run, with other settings than the table below says: see phases.json.";

    private ReportPage() {}

    /**
     * Puts another diagram, its phases and figures, into a report that is there.
     *
     * @return whether it could be done; a report of an earlier version does not say where its diagram stands
     */
    static boolean redraw(ResultFiles files, FigureFiles figures, Found phases) {
        try {
            String page = Files.readString(files.report());
            StringBuilder text = new StringBuilder();
            Html.rows(text, PhaseStep.summary(phases));
            Html.rows(text, List.of(AGAIN));
            Optional<String> changed = between(page, PHASES_BEGIN, PHASES_END, text.toString());
            for (Plate plate : PLATES) {
                if (plate.file().contains("phase-diagram")
                        && figures.png(plate.file()).isPresent()) {
                    StringBuilder figure = new StringBuilder();
                    show(figure, figures, plate);
                    String begin = "<figure id=\"" + plate.file() + "\">";
                    String inner = figure.substring(begin.length(), figure.length() - "</figure>".length());
                    changed = changed.flatMap(
                            p -> p.contains(begin) ? between(p, begin, "</figure>", inner) : Optional.of(p));
                }
            }
            changed.ifPresent(p -> {
                byte[] bytes = p.getBytes(StandardCharsets.UTF_8);
                AtomicWrite.file(files.report(), out -> out.write(bytes));
            });
            return changed.isPresent();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(files.report() + " cannot be read: " + Reason.of(e), e);
        }
    }

    /** A page with what stands between two marks replaced; nothing if a mark is missing. */
    private static Optional<String> between(String page, String begin, String end, String inner) {
        int from = page.indexOf(begin);
        int to = from < 0 ? -1 : page.indexOf(end, from + begin.length());
        return to < 0
                ? Optional.empty()
                : Optional.of(page.substring(0, from + begin.length()) + inner + page.substring(to));
    }

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
        html.append(PHASES_BEGIN);
        Html.rows(html, PhaseStep.summary(phases));
        html.append(PHASES_END);
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
        figures.png(plate.file()).ifPresent(image -> Html.figure(html, plate.file(), image, plate.caption()));
    }

    private static String value(JsonNode value) {
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.6g", value.asDouble())
                : value.isString() ? value.asString() : value.toString();
    }
}
