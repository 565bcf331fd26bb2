package org.hyalite.study;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.hyalite.progress.Progress;

/**
 * Work on a results folder that can be watched from outside: {@code progress.json} tells how far it is and how it ended
 * ({@code running}, {@code finished}, {@code failed}, {@code cancelled}), {@code live/} shows volumes in the making.
 */
public final class LiveRun {
    private LiveRun() {}

    /**
     * Does the work.
     *
     * @param progress is told as before
     * @param work is given the progress to report to; work on the same folder within is part of it
     */
    public static <T> T watched(Path folder, Progress progress, Function<Progress, T> work) {
        if (progress instanceof ProgressWriter outer && outer.isOf(folder)) {
            return work.apply(progress);
        }
        LivePreview.remove(folder);
        ProgressWriter writer = ProgressWriter.begin(folder, progress);
        try {
            T made = work.apply(writer);
            writer.end("finished", "");
            return made;
        } catch (CancellationException e) {
            writer.end("cancelled", "it was stopped");
            throw e;
        } catch (RuntimeException | Error e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            writer.end("failed", why.lines().findFirst().orElse(""));
            throw e;
        } finally {
            LivePreview.remove(folder);
        }
    }
}
