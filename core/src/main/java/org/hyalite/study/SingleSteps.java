package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyalite.align.Alignment;
import org.hyalite.align.Refused;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Selection;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.ResidualMap;
import org.hyalite.study.CountsStep.Lines;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.AlignmentGiven;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.Experiment.Denoise;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ObjectNode;

/** The steps of the walk one by one, on files, without an experiment file. */
public final class SingleSteps {
    private SingleSteps() {}

    private static Source source(Path file) {
        return new Source(
                Path.of(""), file.toString(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is asked of the spectra of some files. */
    public record CountsRequest(
            List<Path> files,
            List<XrayLine> lines,
            List<Element> others,
            Method method,
            int bin,
            Optional<Double> beamEnergyKeV,
            Optional<Denoise> denoise,
            Selection part) {
        private static final int MAX_BIN = 64;

        public CountsRequest {
            if (bin < 1 || bin > MAX_BIN) {
                throw new InputException("--bin " + bin + " is not within 1…" + MAX_BIN);
            }
        }
    }

    /** Net counts of spectrum images: one stack per line, one image per file or tilt. */
    public static StudyResult counts(CountsRequest request, Path output, int threads, Progress progress) {
        StudyRecord record = new StudyRecord();
        ResultFiles files = ResultFiles.create(output);
        SeriesLoader loader = new SeriesLoader(record, request.bin());
        List<EdsMap> maps = new ArrayList<>();
        for (Path file : request.files()) {
            maps.addAll(loader.edsAsIs(file, request.part()));
        }
        maps.sort(Comparator.comparingDouble(EdsMap::tiltDeg)); // files without a tilt stay in their order
        SeriesCounts counts = CountsStep.count(
                record,
                "counts",
                maps,
                new Lines(request.lines(), request.others(), request.method(), request.denoise()),
                request.beamEnergyKeV(),
                threads,
                progress);
        Map<XrayLine, List<ResidualMap>> residuals = counts.residuals(threads, progress);
        CountsReport.write(files.folder(), "", counts, residuals);
        ObjectNode json = CountsReport.toJson(counts, residuals);
        Json.write(files.folder().resolve("counts.json"), json);
        CountsFigures.write(
                new FigureFiles(files, Figures.DRAWN, record), "spectrum", "sum spectrum", counts, residuals);
        Json.write(files.provenance(), record.toJson());
        return new StudyResult(output, CountsReport.summary(counts), json, record.warnings());
    }

    /**
     * How a series is to be aligned.
     *
     * @param axisAlongX the tilt axis lies along x: images are turned
     * @param refine whether the alignment is refined by projection matching
     */
    public record AlignRequest(boolean axisAlongX, boolean refine, int threads) {}

    /**
     * Aligns the first series, an ADF series whose background is taken off, and moves the others alike; with
     * {@code like} all of them are moved by that alignment (ours, IMOD's or tomviz') and nothing is taken off.
     *
     * @param export other programs that shall get the alignment: {@code imod}, {@code tomviz}
     */
    public static StudyResult align(
            List<Path> series,
            Optional<Path> like,
            AlignRequest request,
            List<String> export,
            Path output,
            Progress progress) {
        Set<AlignmentFiles.Program> programs = AlignmentFiles.Program.of(export);
        StackFrame frame = new StackFrame(request.axisAlongX(), 1);
        StudyRecord record = new StudyRecord();
        ResultFiles files = ResultFiles.create(output);
        SeriesLoader loader = new SeriesLoader(record, 1);
        Set<String> names = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>();
        Optional<Alignment> first = Optional.empty();
        List<Refused> refused = List.of();
        for (Path file : series) {
            TiltSeries recorded = loader.adf(file.getFileName().toString(), source(file), request.axisAlongX());
            String name = file.getFileName().toString().replaceFirst("[.][^.]+$", "");
            if (!names.add(name)) {
                throw new InputException(file + ": a second series called '" + name + "'");
            }
            TiltSeries aligned;
            if (first.isEmpty() && like.isPresent()) {
                Alignment given = AlignmentFiles.read(record, like.get(), frame);
                first = Optional.of(given.forTilts(recorded.geometry().tiltsDeg()));
                aligned = given.applyTo(recorded, Resampling.FREE);
            } else if (first.isEmpty()) {
                AlignmentSpec spec = new AlignmentSpec(
                        AlignmentMethod.AUTO, Optional.empty(), request.refine(), AlignmentGiven.SILENT);
                AdfStep.Prepared prepared =
                        AdfStep.prepare(record, name, recorded, spec, false, request.threads(), progress);
                first = Optional.of(prepared.alignment());
                refused = prepared.refused();
                aligned = prepared.aligned();
            } else {
                aligned = first.get().applyTo(RefusedTilts.without(refused, recorded), Resampling.FREE);
            }
            Optional<String> note = Notes.of(file);
            note.ifPresent(n -> record.warn(file + ": " + n));
            MrcWriter.writeSeries(files.folder().resolve(name + "_aligned.mrc"), AlignedImages.whole(aligned), note);
            lines.add("wrote " + files.folder().resolve(name + "_aligned.mrc"));
        }
        Alignment alignment = first.orElseThrow();
        byte[] csv = alignment.toCsv().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        AtomicWrite.file(files.folder().resolve("alignment.csv"), out -> out.write(csv));
        ObjectNode json = AlignmentReport.toJson(alignment, refused);
        Json.write(files.folder().resolve("alignment.json"), json);
        lines.addAll(AlignmentFiles.export(
                record,
                alignment,
                loader.storedTilts(series.get(0)).orElseGet(() -> boxed(alignment.tiltsDeg())),
                frame,
                files.folder(),
                names.iterator().next(),
                programs));
        json.set("shift_y_px", Json.numbers(alignment.shiftYPx()));
        json.set("shift_x_px", Json.numbers(alignment.shiftXPx()));
        lines.add(
                0,
                String.format(
                        Locale.ROOT,
                        "axis %.2f px beside the centre, rotated by %.2f° (%s)",
                        alignment.axisOffsetPx(),
                        alignment.axisRotationDeg(),
                        alignment.method()));
        return new StudyResult(output, lines, json, record.warnings());
    }

    private static List<Double> boxed(double[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }
}
