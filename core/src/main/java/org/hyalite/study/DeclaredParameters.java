package org.hyalite.study;

import java.util.Locale;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.tomo.ReconstructionSettings;

/** Notes every setting of an experiment: as its file has it, or the default that stands in for it. */
final class DeclaredParameters {
    private final StudyContext context;

    private DeclaredParameters(StudyContext context) {
        this.context = context;
    }

    static void note(StudyContext context) {
        DeclaredParameters parameters = new DeclaredParameters(context);
        parameters.given();
        parameters.defaults();
    }

    private void given() {
        Experiment experiment = context.experiment();
        for (Experiment.Given given : experiment.given()) {
            context.record()
                    .parameter(
                            given.key(),
                            given.value(),
                            StudyRecord.unitOf(given.key()),
                            Origin.USER,
                            experiment.file() + ", line " + given.line());
        }
    }

    private void defaults() {
        Experiment experiment = context.experiment();
        byDefault("spectra.method", label(experiment.spectra().method()));
        byDefault("spectra.bin", experiment.spectra().bin());
        byDefault("spectra.denoise", "none");
        byDefault("alignment.method", label(experiment.alignment().method()));
        byDefault("alignment.refine", Boolean.toString(experiment.alignment().refines()));
        experiment.sample().ifPresent(sample -> byDefault("sample.tilt_axis", sample.axisAlongX() ? "x" : "y"));
        byDefault("reconstruction.preset", context.preset());
        reconstruction("reconstruction.adf", context.adfSettings());
        reconstruction("reconstruction.eds", context.edsSettings());
        RunSettings run = context.settings();
        boolean allCores = run.threads() == Runtime.getRuntime().availableProcessors();
        context.record()
                .parameter(
                        "threads",
                        run.threads(),
                        "",
                        allCores ? Origin.DEFAULT : Origin.USER,
                        allCores ? "all cores" : "--threads");
        boolean allMemory = run.memoryBytes() == Runtime.getRuntime().maxMemory();
        context.record()
                .parameter(
                        "memory_bytes",
                        run.memoryBytes(),
                        "B",
                        allMemory ? Origin.DEFAULT : Origin.USER,
                        allMemory ? "what Java has" : "--memory");
    }

    private void reconstruction(String key, ReconstructionSettings settings) {
        byDefault(key + ".regulariser", settings.regulariser().label());
        byDefault(key + ".data_term", settings.dataTerm().label());
        byDefault(key + ".weight", "auto");
        byDefault(key + ".relative_gap", settings.relativeGap());
        if (!context.experiment().gives("reconstruction.max_iterations")) {
            byDefault(key + ".max_iterations", settings.maxIterations());
        }
    }

    private void byDefault(String key, Object value) {
        if (!context.experiment().gives(key)) {
            context.record().parameter(key, value, "", Origin.DEFAULT, "hyalite " + StudyRecord.version());
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
