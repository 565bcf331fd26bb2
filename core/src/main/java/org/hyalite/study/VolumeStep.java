package org.hyalite.study;

import java.nio.file.Path;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.tomo.Doubts;
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
        String key = SolveKey.of(data, standardErrors, settings);
        Optional<ObjectNode> before = checkpoint.find(name, key, file);
        if (before.isPresent()) {
            context.record().fact("resumed " + name, "read back from " + file.getFileName());
            return new Reconstructed(Stacks.volume(file), before.get());
        }
        int nz = settings.nz() > 0 ? settings.nz() : data.nx();
        long bytes = Reconstructor.forecastBytes(nz, data.ny(), data.nx(), data.tilts(), settings);
        String memory = context.settings().require(name, bytes);
        context.progress().report(name + ": needs " + memory, 0);
        context.record().fact("memory " + name, "needs " + memory);
        SolveFile state = SolveFile.beside(file, key, context.settings(), context.record()::warn);
        Reconstruction done =
                Reconstructor.reconstruct(data, standardErrors, settings, state, new Named(context.progress(), name));
        ObjectNode convergence = ConvergenceReport.toJson(name, unit, preset, done.convergence());
        MrcWriter.writeVolume(file, done.volume());
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
        return new Reconstructed(done.volume(), convergence);
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
