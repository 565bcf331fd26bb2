package org.hyalite.study;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;

/**
 * {@code report.html}: one page to be mailed, that holds all it shows: warnings first, the result, a view in 3D, the method with
 * the numbers of this run, figures, tables, and where every number came from. It is made of the folder's files alone.
 */
final class ReportPage {
    private static final String AGAIN =
            "Drawn again after the run, with other settings than the parameters below say: see phases.json.";

    private ReportPage() {}

    /**
     * Makes the report of a run anew around another diagram.
     *
     * @return whether it could be done; a folder of an earlier version may lack what it is made of
     */
    static boolean redraw(ResultFiles files, Found phases) {
        if (!Files.exists(files.provenance())) {
            return false;
        }
        List<String> warnings = new ArrayList<>(List.of(AGAIN));
        phases.note().ifPresent(warnings::add);
        warnings.addAll(phases.warnings());
        write(files, PhaseStep.summary(phases), warnings);
        return true;
    }

    /**
     * Writes the page.
     *
     * @param phases what the command line says of them
     */
    static void write(ResultFiles files, List<String> phases) {
        write(files, phases, List.of());
    }

    private static void write(ResultFiles files, List<String> phases, List<String> later) {
        ReportData data = ReportData.read(files);
        List<Element> elements = ReportVolume.elements(files, data);
        String script = elements.isEmpty() ? "" : ReportVolume.script();
        String sample = data.text("sample.name").orElse("The sample");
        StringBuilder html = Html.page(sample, "report", script);
        Html.p(html, subtitle(data));
        warnings(html, data, later);
        html.append("<h2>Result</h2><div class=\"lead\">");
        Html.p(html, ReportResult.paragraph(data, "“" + sample + "”"));
        html.append("</div>");
        ReportResult.table(html, data);
        ReportVolume.write(html, files, data, elements);
        ReportFigures figures = new ReportFigures(files);
        figures.result(html);
        html.append("<details><summary>as the command line tells it</summary><!--phases-->");
        Html.rows(html, phases);
        html.append("<!--/phases--></details>");
        html.append("<h2>Method, with the numbers of this run</h2>");
        ReportMethod.write(html, data);
        html.append("<h2>Tables</h2>");
        ReportTables.write(html, data);
        if (Files.isDirectory(files.figures())) {
            html.append("<h2>Evidence</h2>");
            figures.evidence(html);
        }
        html.append("<h2>Where every number came from</h2>");
        ReportProvenance.write(html, data);
        byte[] bytes = Html.end(html, script).getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(files.report(), out -> out.write(bytes));
    }

    private static String subtitle(ReportData data) {
        String ended = data.provenance.path("ended").asString("");
        String when = ended.length() >= 10 ? ", " + ended.substring(0, 10) : "";
        return "Electron tomography with EDS, " + ReportData.list(ReportData.strings(data.phases.path("among")))
                + (data.text("microscope.name").map(m -> ", " + m).orElse("")) + when
                + (data.absolute()
                        ? ". Densities in " + data.unit() + "."
                        : ". Relative: densities in " + data.unit() + ".");
    }

    /** Those of the run and later ones, each once. */
    private static void warnings(StringBuilder html, ReportData data, List<String> later) {
        Set<String> all = new LinkedHashSet<>(later);
        all.addAll(ReportData.strings(data.provenance.path("warnings")));
        all.forEach(warning -> note(html, warning, "note"));
        if (all.isEmpty()) {
            note(html, "No warnings.", "note quiet");
        }
    }

    private static void note(StringBuilder html, String text, String kind) {
        html.append("<p class=\"")
                .append(kind)
                .append("\">")
                .append(Html.escape(text))
                .append("</p>");
    }
}
