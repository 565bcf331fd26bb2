package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.TiltPrediction.Row;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How well volumes predict images that they were not made of, beside interpolation: see {@link TiltPrediction}. */
public final class PredictionStudy {
    private final StudyRecord record = new StudyRecord();
    private final ArrayNode all = Json.array();
    private final List<String> lines = new ArrayList<>();
    private final RunSettings run;
    private final Progress progress;

    private PredictionStudy(RunSettings run, Progress progress) {
        this.run = run;
        this.progress = progress;
    }

    /**
     * One aligned series.
     *
     * @throws InputException where the series cannot be read, or has too few tilts
     */
    public static StudyResult series(
            SeriesReconstruction.Request request, ReconstructionSettings settings, RunSettings run, Progress progress) {
        PredictionStudy study = new PredictionStudy(run, progress);
        TiltSeries images = SeriesData.load(request, study.record).images();
        Path name = Objects.requireNonNull(request.file().getFileName());
        study.judge(name.toString(), "in the images' unit", images, settings);
        return study.result();
    }

    /**
     * The sample of an experiment: its ADF images and each element's net counts, each by itself, with the regularisers of
     * the preset {@code paper} and the experiment's other settings.
     *
     * @param elements of the experiment's; none: all
     * @throws InputException if what the user gave cannot be used
     */
    public static StudyResult experiment(
            Experiment experiment, List<Element> elements, RunSettings run, Progress progress) {
        PredictionStudy study = new PredictionStudy(run, progress);
        SampleMaps sample = SampleMaps.of(experiment, elements, run, study.record, progress);
        StudyContext context = sample.context();
        ReconstructionSettings adf = context.adfSettings().withFilledField(sample.fillsField());
        ReconstructionSettings eds = context.joint()
                ? ReconstructionSettings.elements().withThreads(run.threads()).withPlanes(adf.nz())
                : context.edsSettings();
        study.judge("ADF", "ADF units", sample.adf().aligned(), adf);
        for (Element element : sample.elements()) {
            study.judge(element.symbol(), "counts", sample.net(element), eds.withFilledField(sample.fillsField()));
        }
        return study.result();
    }

    private void judge(String name, String unit, TiltSeries images, ReconstructionSettings settings) {
        try {
            progress.report(name + ": needs " + run.require(name, Reconstructor.forecastBytes(images, settings)), 0);
            TiltSeries ascending = images.ascending();
            List<Row> rows = TiltPrediction.of(ascending, settings, new Progress() {
                @Override
                public void report(String task, double fraction) {
                    progress.report(name + ": " + task, fraction);
                }

                @Override
                public boolean cancelled() {
                    return progress.cancelled();
                }
            });
            tell(name, unit, ascending, settings, rows);
        } catch (IllegalArgumentException e) {
            throw new InputException(name + ": " + e.getMessage(), e);
        }
    }

    private void tell(String name, String unit, TiltSeries images, ReconstructionSettings settings, List<Row> rows) {
        int beside = settings.beside(images);
        ObjectNode json = all.addObject();
        json.put("name", name).put("unit", unit).put("planes", settings.nz(images));
        json.put("columns", images.nx()).put("columns_beside_field", beside);
        json.put("regulariser", settings.regulariser().label());
        ArrayNode table = json.putArray("tilts");
        lines.add(String.format(
                Locale.ROOT,
                "%s (%s): %s, %d planes of %d columns, %d more on either side",
                name,
                unit,
                settings.regulariser().label(),
                settings.nz(images),
                images.nx(),
                beside));
        lines.add("  left out      error of   gains 1   interpolated:      slab    ratio   correlation of volume,"
                + " interpolation   gain");
        for (Row row : rows) {
            table.add(toJson(row));
            lines.add(line(String.format(Locale.ROOT, "%7.1f°", row.tiltDeg()), List.of(row)));
        }
        lines.add(line("    mean", rows));
        ObjectNode mean = json.putObject("mean");
        mean.put("error_volume", mean(rows, r -> r.volume().error()));
        mean.put("error_volume_gains_1", mean(rows, r -> r.ungained().error()));
        mean.put("error_interpolation", mean(rows, r -> r.interpolation().error()));
        mean.put("error_over_interpolation", ratio(rows));
        mean.put("scaled_error_volume", mean(rows, r -> r.volume().scaledError()));
        mean.put("scaled_error_interpolation", mean(rows, r -> r.interpolation().scaledError()));
        mean.put("correlation_volume", mean(rows, r -> r.volume().correlation()));
        mean.put("correlation_interpolation", mean(rows, r -> r.interpolation().correlation()));
        lines.add(String.format(
                Locale.ROOT,
                "  each prediction scaled to fit best: error of the volume %.4g, of interpolation %.4g",
                mean(rows, r -> r.volume().scaledError()),
                mean(rows, r -> r.interpolation().scaledError())));
    }

    private static String line(String what, List<Row> rows) {
        double slab = mean(rows, r -> r.slab().map(Likeness::error).orElse(Double.NaN));
        return String.format(
                Locale.ROOT,
                "%s  %12.4g %9.4g %14.4g %10s %8.3f %18.4f %14.4f %12.3f",
                what,
                mean(rows, r -> r.volume().error()),
                mean(rows, r -> r.ungained().error()),
                mean(rows, r -> r.plain().error()),
                Double.isNaN(slab) ? "–" : String.format(Locale.ROOT, "%.4g", slab),
                ratio(rows),
                mean(rows, r -> r.volume().correlation()),
                mean(rows, r -> r.interpolation().correlation()),
                mean(rows, Row::gain));
    }

    private static double ratio(List<Row> rows) {
        return mean(rows, r -> r.volume().error())
                / mean(rows, r -> r.interpolation().error());
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> of) {
        return rows.stream().mapToDouble(of).average().orElseThrow();
    }

    private static ObjectNode toJson(Row row) {
        ObjectNode json = Json.object();
        json.put("tilt_deg", row.tiltDeg()).put("gain", row.gain()).put("weight", row.weight());
        json.set("volume", toJson(row.volume()));
        json.set("volume_gains_1", toJson(row.ungained()));
        json.set("interpolation_plain", toJson(row.plain()));
        row.slab().ifPresent(slab -> json.set("interpolation_slab", toJson(slab)));
        return json;
    }

    private static ObjectNode toJson(Likeness likeness) {
        ObjectNode json = Json.object();
        json.put("error", likeness.error()).put("scaled_error", likeness.scaledError());
        return json.put("correlation", likeness.correlation());
    }

    private StudyResult result() {
        ObjectNode json = Json.object();
        json.put("smoothing_sigma_px", Likeness.SIGMA_PX).put("edge_left_out", Likeness.EDGE);
        json.set("series", all);
        ArrayNode warnings = json.putArray("warnings");
        record.warnings().forEach(warnings::add);
        lines.add(String.format(
                Locale.ROOT,
                "errors: rms over the field without an eighth at each edge, images smoothed by %.1f px; ratio: to the better"
                        + " interpolation; gains by the volume itself, the left-out tilt's between its neighbours'",
                Likeness.SIGMA_PX));
        return new StudyResult(Path.of(""), lines, json, record.warnings());
    }
}
