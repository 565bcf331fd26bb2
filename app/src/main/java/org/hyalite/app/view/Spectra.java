package org.hyalite.app.view;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.progress.Progress;
import org.hyalite.study.Json;
import org.hyalite.study.SelectionFiles;
import org.hyalite.study.SelectionSpectrum;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ObjectNode;

/** Sum spectra of selections, made one after the other behind the answers. */
final class Spectra implements AutoCloseable {
    private static final int MOST_WAITING = 32;

    private static final class Job implements Progress {
        private volatile double fraction;
        private volatile Optional<String> error = Optional.empty();
        private volatile boolean cancelled;

        @Override
        public void report(String task, double now) {
            fraction = now;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    private final Path folder;
    private final Diagrams diagrams;
    private final SelectionFiles files;
    /** Those that wait or run, and those that failed. */
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "hyalite-view-spectra");
        made.setDaemon(true);
        return made;
    });

    Spectra(Path folder, Diagrams diagrams) {
        this.folder = folder;
        this.diagrams = diagrams;
        this.files = new SelectionFiles(folder);
    }

    /** Begins one, unless it is under way or there. */
    synchronized ObjectNode start(String name) {
        files.selection(name);
        if (!busy(name) && files.spectrum(name).isEmpty()) {
            if (jobs.values().stream().filter(j -> j.error.isEmpty()).count() >= MOST_WAITING) {
                throw new Refusal(Refusal.BUSY, MOST_WAITING + " spectra wait already; ask again later");
            }
            Job job = new Job();
            jobs.put(name, job);
            thread.execute(() -> make(name, job));
        }
        return state(name);
    }

    private void make(String name, Job job) {
        try {
            job.check();
            SelectionSpectrum.make(folder, name, diagrams.alone(diagrams::current), job);
            jobs.remove(name, job);
        } catch (InputException | MicroscopeFileException | Refusal e) {
            job.error = Optional.of(e.getMessage());
        } catch (OutOfMemoryError e) {
            job.error = Optional.of("out of memory; give Java more: HYALITE_JAVA_OPTS=-Xmx16g hyalite view …");
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            job.error = Optional.of("this was not foreseen: " + e);
        }
    }

    /** Whether one waits or runs. */
    boolean busy(String name) {
        Job job = jobs.get(name);
        return job != null && job.error.isEmpty();
    }

    /** Forgets that one failed. */
    synchronized void forget(String name) {
        if (!busy(name)) {
            jobs.remove(name);
        }
    }

    /** {@code {state: none|running|finished|failed, fraction, spectrum, error}}. */
    ObjectNode state(String name) {
        Job job = jobs.get(name);
        if (job != null && job.error.isEmpty()) {
            return Json.object().put("state", "running").put("fraction", job.fraction);
        }
        if (job != null) {
            return Json.object().put("state", "failed").put("error", job.error.orElse(""));
        }
        Optional<ObjectNode> made = files.spectrum(name);
        if (made.isPresent() && made.get().has("spectrum")) {
            ObjectNode all = Json.object().put("state", "finished").put("fraction", 1.0);
            all.setAll(made.get());
            return all;
        }
        return Json.object().put("state", "none").put("fraction", 0.0);
    }

    @Override
    public void close() {
        jobs.values().forEach(j -> j.cancelled = true);
        thread.shutdownNow();
    }
}
