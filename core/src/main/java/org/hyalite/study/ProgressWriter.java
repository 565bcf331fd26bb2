package org.hyalite.study;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hyalite.progress.Progress;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands progress on and keeps it in {@code progress.json} of a results folder: at once what changed within half a second,
 * and a sign of life every few seconds. What cannot be written there disturbs nobody's work.
 */
final class ProgressWriter implements Progress {
    private static final long EVERY_MS = 500;
    private static final long SIGN_OF_LIFE_MS = 5000;
    private static final int MOST_STEPS = 500;
    private static final String ONLY_TOLD = ": needs ";

    /** This machine's name, found when it is first needed: asking for it may take long. */
    static final class Host {
        static final String NAME = name();

        private Host() {}

        private static String name() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "";
            }
        }
    }

    private final Path folder;
    private final Progress inner;
    private final String started = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    /** Seconds that each finished piece of a step took, by name in the order they began. */
    private final Map<String, Double> steps = new LinkedHashMap<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hyalite-progress");
        thread.setDaemon(true);
        return thread;
    });

    private String step = "";
    private String message = "";
    private double fraction;
    private long stepStart = System.nanoTime();
    private boolean changed = true;
    private long written;

    private ProgressWriter(Path folder, Progress inner) {
        this.folder = folder.toAbsolutePath().normalize();
        this.inner = inner;
    }

    static ProgressWriter begin(Path folder, Progress inner) {
        ProgressWriter writer = new ProgressWriter(folder, inner);
        writer.write("running");
        writer.clock.scheduleWithFixedDelay(writer::tick, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
        return writer;
    }

    /** Whether it keeps the progress of this folder. */
    boolean isOf(Path other) {
        return folder.equals(other.toAbsolutePath().normalize());
    }

    @Override
    public void report(String task, double now) {
        note(task, now);
        inner.report(task, now);
    }

    @Override
    public boolean cancelled() {
        return inner.cancelled();
    }

    private synchronized void note(String task, double now) {
        message = task;
        changed = true;
        if (task.contains(ONLY_TOLD)) {
            return;
        }
        if (!task.equals(step)) {
            leave();
            step = task;
            steps.putIfAbsent(task, 0.0);
            while (steps.size() > MOST_STEPS) {
                steps.remove(steps.keySet().iterator().next());
            }
        }
        fraction = Math.max(0, Math.min(1, now));
    }

    /** Ends the step that is under way. */
    private void leave() {
        if (!step.isEmpty()) {
            steps.merge(step, seconds(), Double::sum);
        }
        stepStart = System.nanoTime();
        fraction = 0;
    }

    private double seconds() {
        return (System.nanoTime() - stepStart) * 1e-9;
    }

    private synchronized void tick() {
        long now = System.currentTimeMillis();
        if (changed || now - written >= SIGN_OF_LIFE_MS) {
            write("running");
        }
    }

    /** Tells how the work ended. */
    void end(String state, String how) {
        clock.shutdownNow();
        synchronized (this) {
            if (state.equals("finished")) {
                leave();
                step = "";
                fraction = 1;
            }
            message = how;
            write(state);
        }
    }

    private synchronized void write(String state) {
        written = System.currentTimeMillis();
        changed = false;
        try {
            Json.write(folder.resolve(ProgressFile.NAME), json(state));
        } catch (UncheckedIOException e) {
            // nobody can follow the run then, but it goes on
        }
    }

    private ObjectNode json(String state) {
        double elapsed = seconds();
        ObjectNode json = Json.object().put("state", state).put("step", step).put("fraction", fraction);
        boolean known = state.equals("running") && elapsed >= 2 && fraction >= 0.02 && fraction < 1;
        json.put("seconds_left", known ? (Double) (elapsed * (1 - fraction) / fraction) : null);
        json.put("started", started);
        json.put("updated", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("pid", ProcessHandle.current().pid());
        json.put("host", Host.NAME);
        ArrayNode all = json.putArray("steps");
        steps.forEach((name, seconds) -> {
            boolean now = name.equals(step);
            all.addObject()
                    .put("name", name)
                    .put("seconds", Math.round(1000 * (now ? seconds + elapsed : seconds)) / 1000.0)
                    .put("done", !now);
        });
        return json.put("message", message);
    }
}
