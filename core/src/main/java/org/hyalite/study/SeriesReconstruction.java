package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Convergence;
import org.hyalite.tomo.Doubts;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One aligned series, as it lies in its file → one volume, without an experiment file. */
public final class SeriesReconstruction {
    private final Request request;
    private final StudyRecord record = new StudyRecord();

    private SeriesReconstruction(Request request) {
        this.request = request;
    }

    /**
     * A series to reconstruct.
     *
     * @param axisAlongX the tilt axis lies along x: images are turned, and so is the volume
     * @param every use every so many-th tilt only
     */
    public record Request(Path file, boolean axisAlongX, int every, Misfit misfit) {}

    /** How the distance from the images is counted, and what must be known for it. */
    public sealed interface Misfit {
        /** All pixels alike. */
        record LeastSquares() implements Misfit {}

        /**
         * Each pixel by its standard error.
         *
         * @param standardErrors a series like the images, > 0
         */
        record WeightedLeastSquares(Path standardErrors) implements Misfit {}

        /**
         * The images hold counts, and their noise is Poisson's.
         *
         * @param background expected counts of all that the volume is not, > 0: a number for all pixels, or the file of a
         *     series like the images
         * @param countsPerUnit counts per pixel and unit of the volume's line integral; 1: the volume is in counts/nm
         */
        record Counts(String background, double countsPerUnit) implements Misfit {
            public Counts {
                if (!(countsPerUnit > 0) || Double.isInfinite(countsPerUnit)) {
                    throw new InputException("--counts-per-unit " + countsPerUnit + " is not a positive number");
                }
            }
        }
    }

    /**
     * Reconstructs one series.
     *
     * @param volume the file to write; the state of a long reconstruction stands beside it meanwhile
     * @param compared a volume to hold the result against
     */
    public static StudyResult reconstruct(
            Request request,
            Path volume,
            ReconstructionSettings settings,
            Optional<Path> compared,
            RunSettings run,
            Progress progress) {
        Outputs.requireEnding(volume, List.of("mrc", "rec", "map"));
        Outputs.requireOther(request.file(), volume);
        return new SeriesReconstruction(request).made(volume, settings, compared, run, progress);
    }

    private StudyResult made(
            Path volume, ReconstructionSettings asked, Optional<Path> compared, RunSettings run, Progress progress) {
        Optional<String> note = Notes.of(request.file());
        if (note.isPresent() && request.misfit() instanceof Misfit.Counts) {
            throw new InputException(request.file() + ": says '" + note.get()
                    + "'; the data term of counts needs them as counted: take the counts without --denoise");
        }
        SeriesData data = SeriesData.load(request, record);
        note.ifPresent(n -> record.warn(request.file() + ": " + n));
        ReconstructionSettings settings = asked.with(data.term());
        TiltSeries images = data.images();
        long bytes = Reconstructor.forecastBytes(images, settings);
        String memory = run.require(request.file().toString(), bytes);
        progress.report("needs " + memory, 0);
        SolveFile state = SolveFile.beside(volume, SolveKey.of(images, data.errors(), settings), run, record::warn);
        Reconstruction made;
        try {
            made = Reconstructor.reconstruct(images, data.errors(), settings, state, progress);
        } catch (IllegalArgumentException e) {
            throw new InputException(request.file() + ": " + e.getMessage(), e);
        }
        MrcWriter.writeVolume(volume, made.volume(), note);
        ObjectNode json =
                ConvergenceReport.toJson(volume.getFileName().toString(), data.unit(), "", made.convergence());
        json.put("memory_forecast_bytes", bytes);
        note.ifPresent(n -> json.put("note", n));
        ArrayNode all = Json.array();
        all.add(json);
        String name = volume.getFileName().toString().replaceFirst("[.][^.]+$", "");
        Json.write(volume.resolveSibling(name + "_convergence.json"), all);
        state.remove();
        Doubts.of(images, settings).forEach(doubt -> record.warn(name + ": " + doubt));
        ConvergenceReport.warnings(name, made.convergence()).forEach(record::warn);
        List<String> lines = new ArrayList<>();
        lines.add(summary(volume, images, made.convergence()));
        lines.add("   memory: needed at most " + memory + (state.found() ? "; went on from its checkpoint" : ""));
        compared.ifPresent(other -> compare(made.volume(), other, json, lines));
        return new StudyResult(volume, lines, json, record.warnings());
    }

    private static String summary(Path volume, TiltSeries images, Convergence c) {
        return String.format(
                Locale.ROOT,
                "%s: %d tilts, %s, weight %.3g (%s), gap %.1e after %d iterations, %.1f s",
                volume,
                images.tilts(),
                c.regulariser(),
                c.weight(),
                c.criterion(),
                c.relativeGap(),
                c.iterations(),
                c.seconds());
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
