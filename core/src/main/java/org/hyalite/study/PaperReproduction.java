package org.hyalite.study;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.phantom.Instrument;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.progress.Progress;
import org.hyalite.study.PaperClaim.Verdict;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paper's study on twins of its two samples (Collins et al. 2019, APL Mater. 7, 091111): each on the microscope of its
 * cross sections, with the paper's settings: 15 tilts, TV for ADF, TV² least squares without weights for each element.
 * Writes a page that puts every claim and number of the paper beside what was found.
 */
public final class PaperReproduction {
    /** The page, in the output folder. */
    public static final String PAGE = "paper.html";

    private static final String PRESET = "paper";
    private static final List<String> FIGURES = List.of(
            "fig1-standards",
            "fig2-cross-sections",
            "fig3-sample",
            "fig5-renderings",
            "fig6-phase-diagram",
            "figS8-phase-diagram-unthresholded",
            "figS9-phase-diagram-full-scale",
            "interface",
            "null-control-diagrams",
            "null-control-statistic");

    private record Sample(Kind kind, Instrument instrument, String title) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(Kind.SEGREGATED, Instrument.OSIRIS, "(aT-ZIF-4-Co)0.5(ag-ZIF-62)0.5, Cambridge Osiris"),
            new Sample(Kind.FLUX, Instrument.TITAN, "ag[(ZIF-67)0.2(ZIF-62)0.8], ER-C Titan"));

    private PaperReproduction() {}

    /**
     * Simulates, runs and compares both samples.
     *
     * @param output folder; gets {@code segregated/}, {@code flux/}, {@code paper.html} and {@code paper.json}
     * @param size pixels along the edge of a map
     * @param nullParticles of the null control; 0: none
     */
    public static StudyResult run(
            Path output, int size, long seed, int nullParticles, RunSettings run, Progress progress) {
        List<List<PaperClaim>> claims = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            Path results = output.resolve(sample.kind().label());
            Path experiment = results.resolve("experiment");
            TwinFiles.requireRoom(experiment);
            Twin twin = Twin.simulate(settings(sample, size, seed), run.threads(), progress);
            TwinFiles.write(twin, experiment, run.threads(), progress);
            Path file = TwinFiles.writeWithPreset(twin, experiment, PRESET, Optional.empty());
            StudyResult result =
                    StudyRunner.run(ExperimentFile.read(file).withNullControl(nullParticles), results, run, progress);
            TruthComparison.of(results, experiment.resolve("truth"), result);
            result.warnings().forEach(w -> warnings.add(sample.kind().label() + ": " + w));
            Path truth = experiment.resolve("truth");
            claims.add(
                    sample.kind() == Kind.SEGREGATED
                            ? PaperClaims.segregated(results, truth)
                            : PaperClaims.flux(results, truth));
        }
        return report(output, claims, warnings);
    }

    private static TwinSettings settings(Sample sample, int size, long seed) {
        try {
            return TwinSettings.of(sample.kind()).withSize(size).withSeed(seed).on(sample.instrument());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    private static StudyResult report(Path output, List<List<PaperClaim>> claims, List<String> warnings) {
        List<String> lines = new ArrayList<>();
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("claims");
        int holds = 0;
        int judged = 0;
        for (int s = 0; s < SAMPLES.size(); s++) {
            lines.add(SAMPLES.get(s).title());
            for (PaperClaim claim : claims.get(s)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-6s %-9s %s: paper %s%s; ours %s",
                        claim.verdict().label(),
                        claim.place(),
                        claim.claim(),
                        claim.paper(),
                        claim.truth().isEmpty() ? "" : ", twin " + claim.truth(),
                        claim.ours()));
                holds += claim.verdict() == Verdict.HOLDS ? 1 : 0;
                judged += claim.verdict() == Verdict.SHOWN ? 0 : 1;
                all.addObject()
                        .put("sample", SAMPLES.get(s).kind().label())
                        .put("place", claim.place())
                        .put("claim", claim.claim())
                        .put("paper", claim.paper())
                        .put("twin", claim.truth())
                        .put("ours", claim.ours())
                        .put("verdict", claim.verdict().label())
                        .put("criterion", claim.criterion());
            }
        }
        lines.add(holds + " of " + judged + " claims hold; " + output.resolve(PAGE));
        Json.write(output.resolve("paper.json"), json);
        byte[] page = page(output, claims).getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(output.resolve(PAGE), out -> out.write(page));
        return new StudyResult(output, lines, json, warnings);
    }

    private static String page(Path output, List<List<PaperClaim>> claims) {
        StringBuilder html = Html.page("The paper's study on twins of its samples", "wide");
        html.append(
                        "<p>Collins, MacArthur et al., APL Mater. 7, 091111 (2019). The particles here are simulated, so that what")
                .append(
                        " each number should be is known; 15 tilts, TV for ADF, TV² least squares for each element. 'Twin' is")
                .append(" what the particle was made with, 'ours' what the chain found in its simulated files.</p>");
        for (int s = 0; s < SAMPLES.size(); s++) {
            Sample sample = SAMPLES.get(s);
            html.append("<h2>").append(Html.escape(sample.title())).append("</h2><table><tr>");
            for (String heading : List.of("in the paper", "claim", "paper", "twin", "ours", "", "judged by")) {
                html.append("<th>").append(heading);
            }
            html.append("</tr>");
            for (PaperClaim claim : claims.get(s)) {
                html.append("<tr><td>").append(Html.escape(claim.place()));
                html.append("<td>").append(Html.escape(claim.claim()));
                html.append("<td>").append(Html.escape(claim.paper()));
                html.append("<td>").append(Html.escape(claim.truth()));
                html.append("<td>").append(Html.escape(claim.ours()));
                html.append("<td class=\"").append(claim.verdict().label()).append("\">");
                html.append(claim.verdict().label());
                html.append("<td>").append(Html.escape(claim.criterion()));
            }
            html.append("</table>");
            for (String name : FIGURES) {
                Path png =
                        output.resolve(sample.kind().label()).resolve("figures").resolve(name + ".png");
                if (Files.exists(png)) {
                    Html.figure(
                            html,
                            sample.kind().label() + "-" + name,
                            png,
                            sample.kind().label() + ", " + name);
                }
            }
        }
        return Html.end(html, "");
    }
}
