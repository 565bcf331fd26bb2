package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.study.CountsStep.Lines;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Doubts;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import tools.jackson.databind.node.ArrayNode;
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
            Optional<Double> beamEnergyKeV) {
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
            maps.addAll(loader.edsAsIs(file));
        }
        maps.sort(Comparator.comparingDouble(EdsMap::tiltDeg)); // files without a tilt stay in their order
        SeriesCounts counts = CountsStep.count(
                record,
                "counts",
                maps,
                new Lines(request.lines(), request.others(), request.method()),
                request.beamEnergyKeV(),
                threads,
                progress);
        CountsStep.write(files.folder(), "", counts);
        ObjectNode json = CountsStep.toJson(counts);
        Json.write(files.folder().resolve("counts.json"), json);
        new FigureFiles(files, Figures.DRAWN, record)
                .write(
                        "spectrum",
                        () -> SpectrumFigure.draw(
                                "sum spectrum", counts.fitter().sumFit()));
        Json.write(files.provenance(), record.toJson());
        return new StudyResult(output, CountsStep.summary(counts), json, record.warnings());
    }

    /**
     * Aligns the first series, an ADF series whose background is taken off, and moves the others alike; with
     * {@code like} all of them are moved by that alignment and nothing is taken off.
     */
    public static StudyResult align(
            List<Path> series, Optional<Path> like, boolean axisAlongX, Path output, Progress progress) {
        StudyRecord record = new StudyRecord();
        ResultFiles files = ResultFiles.create(output);
        SeriesLoader loader = new SeriesLoader(record, 1);
        Set<String> names = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>();
        Optional<Alignment> first = Optional.empty();
        for (Path file : series) {
            TiltSeries recorded = loader.adf(file.getFileName().toString(), source(file), axisAlongX);
            String name = file.getFileName().toString().replaceFirst("[.][^.]+$", "");
            if (!names.add(name)) {
                throw new InputException(file + ": a second series called '" + name + "'");
            }
            TiltSeries aligned;
            if (first.isEmpty() && like.isPresent()) {
                Alignment given = AdfStep.read(record, like.get());
                first = Optional.of(given.forTilts(recorded.geometry().tiltsDeg()));
                aligned = given.applyTo(recorded, Resampling.FREE);
            } else if (first.isEmpty()) {
                AlignmentSpec spec = new AlignmentSpec(AlignmentMethod.AUTO, Optional.empty());
                AdfStep.Prepared prepared = AdfStep.prepare(record, name, recorded, spec, false, progress);
                first = Optional.of(prepared.alignment());
                aligned = prepared.aligned();
            } else {
                aligned = first.get().applyTo(recorded, Resampling.FREE);
            }
            MrcWriter.writeSeries(files.folder().resolve(name + "_aligned.mrc"), AlignedImages.whole(aligned));
            lines.add("wrote " + files.folder().resolve(name + "_aligned.mrc"));
        }
        Alignment alignment = first.orElseThrow();
        byte[] csv = alignment.toCsv().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        AtomicWrite.file(files.folder().resolve("alignment.csv"), out -> out.write(csv));
        ObjectNode json = Json.object();
        json.put("axis_offset_px", alignment.axisOffsetPx());
        json.put("axis_rotation_deg", alignment.axisRotationDeg());
        json.put("method", alignment.method());
        json.set("residuals_px", Json.numbers(alignment.residualsPx()));
        Json.write(files.folder().resolve("alignment.json"), json);
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

    /**
     * An aligned series to reconstruct.
     *
     * @param axisAlongX the tilt axis lies along x: images are turned, and so is the volume
     * @param every use every so many-th tilt only
     */
    public record SeriesRequest(Path file, boolean axisAlongX, int every) {}

    /**
     * Reconstructs one series as it lies in its file.
     *
     * @param compared a volume to hold the result against
     */
    public static StudyResult reconstruct(
            SeriesRequest series,
            Path volume,
            ReconstructionSettings settings,
            Optional<Path> compared,
            RunSettings run,
            Progress progress) {
        Outputs.requireEnding(volume, List.of("mrc", "rec", "map"));
        Outputs.requireOther(series.file(), volume);
        StudyRecord record = new StudyRecord();
        Path file = series.file();
        TiltSeries data =
                new SeriesLoader(record, 1).adf(file.getFileName().toString(), source(file), series.axisAlongX());
        data = data.select(IntStream.iterate(0, i -> i + series.every())
                .limit((data.tilts() + series.every() - 1) / series.every())
                .toArray());
        int nz = settings.nz() > 0 ? settings.nz() : data.nx();
        run.require(file.toString(), Reconstructor.forecastBytes(nz, data.ny(), data.nx(), data.tilts(), settings));
        Reconstruction made = Reconstructor.reconstruct(data, settings, progress);
        MrcWriter.writeVolume(volume, made.volume());
        ObjectNode json = ConvergenceReport.toJson(volume.getFileName().toString(), "per nm", "", made.convergence());
        ArrayNode all = Json.array();
        all.add(json);
        String name = volume.getFileName().toString().replaceFirst("[.][^.]+$", "");
        Json.write(volume.resolveSibling(name + "_convergence.json"), all);
        Doubts.of(data, settings).forEach(doubt -> record.warn(name + ": " + doubt));
        ConvergenceReport.warnings(name, made.convergence()).forEach(record::warn);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d tilts, %s, weight %.3g (%s), gap %.1e after %d iterations, %.1f s",
                volume,
                data.tilts(),
                made.convergence().regulariser(),
                made.convergence().weight(),
                made.convergence().criterion(),
                made.convergence().relativeGap(),
                made.convergence().iterations(),
                made.convergence().seconds()));
        compared.ifPresent(other -> compare(made.volume(), other, json, lines));
        return new StudyResult(volume, lines, json, record.warnings());
    }

    /** Relative L2 difference, and the Dice overlap of the particles that each volume's own threshold segments. */
    private static void compare(Volume volume, Path other, ObjectNode json, List<String> lines) {
        Volume reference = Stacks.volume(other);
        try {
            reference.requireSameGrid(volume);
        } catch (IllegalArgumentException e) {
            throw new InputException(other + ": " + e.getMessage(), e);
        }
        double difference = VolumeDifference.relativeL2(volume, reference);
        double dice = VolumeDifference.dice(
                VolumeMask.above(volume, EdgeSpreadFit.fit(volume).threshold()),
                VolumeMask.above(reference, EdgeSpreadFit.fit(reference).threshold()));
        json.putObject("compared")
                .put("with", other.toString())
                .put("relative_l2", difference)
                .put("dice", dice);
        lines.add(String.format(
                Locale.ROOT,
                "against %s: relative L2 difference %.3f, Dice overlap of the segmented particles %.3f",
                other,
                difference,
                dice));
    }
}
