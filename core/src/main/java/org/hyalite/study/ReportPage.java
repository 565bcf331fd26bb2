package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
            new Plate("elements", "Each element by itself."),
            new Plate("spectrum-sample", "Sum spectrum and fit."),
            new Plate("residuals", "Misfit of the spectra's model by pixel, in standard deviations of noise."),
            new Plate("alignment", "Shifts found."),
            new Plate("mass-check", "Totals of the images and of the reprojected volumes."),
            new Plate("weights", "Evidence for the weights."),
            new Plate("thresholds", "Differential volume against threshold."));

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
            figure{margin:1.5rem 0}img{max-width:100%}figcaption{color:#555;font-size:.9rem}
            table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}
            .note{border-left:4px solid #c70;padding:.2rem .8rem;background:#fff6e8;margin:.4rem 0}
            """;

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
            rows(text, PhaseStep.summary(phases));
            rows(text, List.of(AGAIN));
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
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(sample.name()))
                .append(" – Hyalite</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escape(sample.name()))
                .append("</h1>");
        for (String warning : context.record().warnings()) {
            html.append("<p class=\"note\">").append(escape(warning)).append("</p>");
        }
        calibrated.ifPresent(c -> {
            html.append("<h2>Standards</h2>");
            rows(html, CalibrationStep.thresholds(c));
        });
        calibration.ifPresent(c -> {
            html.append("<h2>Cross sections</h2>");
            rows(html, CalibrationStep.summary(c));
        });
        html.append("<h2>Volumes</h2>");
        rows(html, SampleStep.summary(sample));
        html.append(PHASES_BEGIN);
        rows(html, PhaseStep.summary(phases));
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
                    .append(escape(p.path("name").asString("")))
                    .append("<td>")
                    .append(escape(value(p.path("value"))))
                    .append("<td>")
                    .append(escape(p.path("unit").asString("")))
                    .append("<td>")
                    .append(escape(p.path("source").asString("")))
                    .append("<td>")
                    .append(escape(p.path("where").asString("")));
        }
        html.append("</table></body></html>\n");
        byte[] bytes = html.toString().getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(files.report(), out -> out.write(bytes));
    }

    private static void show(StringBuilder html, FigureFiles figures, Plate plate) {
        figures.png(plate.file()).ifPresent(image -> {
            html.append("<figure id=\"")
                    .append(plate.file())
                    .append("\"><img alt=\"")
                    .append(escape(plate.caption()))
                    .append("\" src=\"data:image/png;base64,")
                    .append(base64(image))
                    .append("\"><figcaption>")
                    .append(escape(plate.caption()))
                    .append("</figcaption></figure>");
        });
    }

    private static String value(JsonNode value) {
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.6g", value.asDouble())
                : value.isString() ? value.asString() : value.toString();
    }

    private static void rows(StringBuilder html, List<String> rows) {
        html.append("<p>");
        rows.forEach(row -> html.append(escape(row)).append("<br>"));
        html.append("</p>");
    }

    private static String base64(Path image) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(image));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(image + " cannot be read: " + Reason.of(e), e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
