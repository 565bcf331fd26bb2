package org.hyalite.app;

import org.hyalite.study.RunSettings;
import org.hyalite.study.RunSettings.Figures;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that follows an experiment file can be told. */
final class StudyOptions {
    /** What Ctrl-C says of such a command. */
    static final String KEPT = "finished volumes are kept; go on with --resume";

    @Option(
            names = "--resume",
            description = "go on with an interrupted run: read back what it finished, go on with the rest")
    boolean resume;

    @Option(names = "--no-figures", description = "draw no figures")
    boolean noFigures;

    @Mixin
    WorkOptions work = new WorkOptions();

    RunSettings settings() {
        RunSettings settings = work.settings();
        settings = resume ? settings.resuming() : settings;
        return noFigures ? settings.with(Figures.NONE) : settings;
    }
}
