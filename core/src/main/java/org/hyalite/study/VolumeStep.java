package org.hyalite.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Doubts;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.JointReconstruction;
import org.hyalite.tomo.JointReconstructor;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import tools.jackson.databind.node.ObjectNode;

/** One tilt series → one volume, written when it stands, and read back instead of made again when a run resumes. */
final class VolumeStep {
    private final StudyContext context;
    private final Checkpoint checkpoint;

    VolumeStep(StudyContext context, Checkpoint checkpoint) {
        this.context = context;
        this.checkpoint = checkpoint;
    }

    /** A volume and its entry in {@code convergence.json}. */
    record Reconstructed(Volume volume, ObjectNode convergence) {}

    /**
     * @param name the volume's name in progress and convergence
     * @param unit of the volume's values
     */
    Reconstructed reconstruct(
            String name,
            String unit,
            Path file,
            TiltSeries data,
            Optional<TiltSeries> standardErrors,
            ReconstructionSettings settings,
            String preset) {
        return reconstruct(name, unit, file, data, standardErrors, settings, preset, Optional.empty());
    }

    /**
     * The same.
     *
     * @param note what the file must say of itself
     */
    Reconstructed reconstruct(
            String name,
            String unit,
            Path file,
            TiltSeries data,
            Optional<TiltSeries> standardErrors,
            ReconstructionSettings settings,
            String preset,
            Optional<String> note) {
        String key = SolveKey.of(data, standardErrors, settings);
        Optional<ObjectNode> before = checkpoint.find(name, key, file);
        if (before.isPresent()) {
            context.record().fact("resumed " + name, "read back from " + file.getFileName());
            return new Reconstructed(Stacks.volume(file), before.get());
        }
        long bytes = Reconstructor.forecastBytes(data, settings);
        String memory = context.settings().require(name, bytes);
        context.progress().report(name + ": needs " + memory, 0);
        context.record().fact("memory " + name, "needs " + memory);
        SolveFile state = SolveFile.beside(file, key, context.settings(), context.record()::warn);
        Reconstruction done;
        try {
            done = Reconstructor.reconstruct(
                    data, standardErrors, settings, state, watched(name, List.of(file), settings, data));
        } catch (IllegalArgumentException e) {
            throw new InputException(name + ": " + e.getMessage(), e);
        }
        ObjectNode convergence = ConvergenceReport.toJson(name, unit, preset, done.convergence());
        Volume volume = ofField(done.volume(), data, settings, convergence);
        MrcWriter.writeVolume(file, volume, note);
        context.record()
                .parameter(
                        name + ".weight",
                        done.convergence().weight(),
                        "",
                        Origin.DERIVED,
                        done.convergence().criterion());
        checkpoint.mark(name, key, convergence);
        if (state.found()) {
            context.record().fact("resumed " + name, "went on from its checkpoint");
        }
        state.remove();
        context.record().took("reconstruct " + name, done.convergence().seconds());
        Doubts.of(data, settings).forEach(doubt -> context.record().warn(name + ": " + doubt));
        ConvergenceReport.warnings(name, done.convergence()).forEach(context.record()::warn);
        return new Reconstructed(volume, convergence);
    }

    /** What lies in the field: a volume that knows of what is beside it is cut back to the maps' grid. */
    private static Volume ofField(
            Volume volume, TiltSeries data, ReconstructionSettings settings, ObjectNode convergence) {
        int beside = settings.beside(data);
        if (beside > 0) {
            convergence.put("columns_beside_field", beside);
        }
        return volume.columns(beside, data.nx());
    }

    /**
     * Several volumes that are reconstructed together, by their names.
     *
     * @param files by volume
     */
    Map<String, Reconstructed> together(
            Map<String, Path> files, String unit, JointData data, ReconstructionSettings settings, String preset) {
        String key = SolveKey.of(data, settings);
        Map<String, Reconstructed> made = new LinkedHashMap<>();
        files.forEach((name, file) -> checkpoint
                .find(name, key, file)
                .ifPresent(before -> made.put(name, new Reconstructed(Stacks.volume(file), before))));
        if (made.size() == files.size()) {
            context.record().fact("resumed " + String.join(", ", files.keySet()), "read back");
            return made;
        }
        made.clear();
        String memory =
                context.settings().require("all elements together", JointReconstructor.forecastBytes(data, settings));
        context.progress().report("elements: needs " + memory, 0);
        context.record().fact("memory elements", "needs " + memory);
        // one state for all of them, beside the first
        Path beside = files.values().iterator().next();
        SolveFile state = SolveFile.beside(beside, key, context.settings(), context.record()::warn);
        JointReconstruction done;
        try {
            TiltSeries first = data.channels().get(0).counts();
            done = JointReconstructor.reconstruct(
                    data, settings, state, watched("elements", List.copyOf(files.values()), settings, first));
        } catch (IllegalArgumentException e) {
            throw new InputException("elements together: " + e.getMessage(), e);
        }
        done.adf()
                .filter(adf -> !adf.fused())
                .ifPresent(adf -> context.record()
                        .warn(String.format(
                                Locale.ROOT,
                                "ADF images are not fused in: the elements explain %.0f %% of what they show",
                                100 * adf.explained())));
        int i = 0;
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            made.put(
                    entry.getKey(),
                    written(entry.getKey(), entry.getValue(), unit, preset, key, data, settings, done, i++));
        }
        if (state.found()) {
            context.record().fact("resumed elements", "went on from their checkpoint");
        }
        state.remove();
        context.record()
                .took(
                        "reconstruct elements",
                        done.volumes().get(0).convergence().seconds());
        return made;
    }

    private Reconstructed written(
            String name,
            Path file,
            String unit,
            String preset,
            String key,
            JointData data,
            ReconstructionSettings settings,
            JointReconstruction done,
            int i) {
        Reconstruction own = done.volumes().get(i);
        ObjectNode convergence = ConvergenceReport.toJson(name, unit, preset, own.convergence());
        done.adf()
                .ifPresent(adf -> convergence
                        .put("adf_response", adf.response().get(i))
                        .put("adf_explained", adf.explained())
                        .put("adf_fused", adf.fused()));
        TiltSeries counts = data.channels().get(i).counts();
        Volume volume = ofField(own.volume(), counts, settings, convergence);
        MrcWriter.writeVolume(file, volume);
        String criterion = own.convergence().criterion();
        context.record().parameter(name + ".weight", own.convergence().weight(), "", Origin.DERIVED, criterion);
        checkpoint.mark(name, key, convergence);
        ConvergenceReport.warnings(name, own.convergence()).forEach(context.record()::warn);
        return new Reconstructed(volume, convergence);
    }

    /** Progress under the volume's name, which leaves previews of what is on its way to {@code files}. */
    private Progress watched(String name, List<Path> files, ReconstructionSettings settings, TiltSeries data) {
        return LivePreview.watch(new Named(context.progress(), name), files, settings.beside(data), data.nx());
    }

    /** Progress under the volume's name. */
    private record Named(Progress inner, String name) implements Progress {
        @Override
        public void report(String task, double fraction) {
            inner.report(name + ": " + task, fraction);
        }

        @Override
        public boolean cancelled() {
            return inner.cancelled();
        }
    }
}
