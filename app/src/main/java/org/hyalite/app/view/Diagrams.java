package org.hyalite.app.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hyalite.study.Results;
import org.hyalite.study.ResultsDiagram;

/** The folder's phase diagram, kept as long as its files stay as they are. One at a time reads through the volumes. */
final class Diagrams {
    private static final int USUAL_BINS = 256;
    private static final int MOST_BINS = 512;
    private static final long PATIENCE_S = 60;

    /** @param bytes float64, lowest byte first */
    record Drawn(int bins, double densityMax, byte[] bytes) {}

    private final Path folder;
    private final ReentrantLock reading = new ReentrantLock(true);
    private String revision = "";
    private Optional<ResultsDiagram> diagram = Optional.empty();
    private Optional<Drawn> drawn = Optional.empty();

    Diagrams(Path folder) {
        this.folder = folder;
    }

    /** Does something that reads the volumes, when nobody else does. */
    <T> T alone(Supplier<T> work) {
        boolean locked = false;
        try {
            locked = reading.tryLock(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            throw new Refusal(Refusal.BUSY, "the volumes are being read for other questions; ask again later");
        }
        try {
            return work.get();
        } finally {
            reading.unlock();
        }
    }

    /** The diagram of the files as they are now; to be used {@link #alone}. */
    ResultsDiagram current() {
        Results results = Results.of(folder);
        String now = results.diagramRevision();
        if (diagram.isEmpty() || !now.equals(revision)) {
            drawn = Optional.empty();
            diagram = Optional.of(new ResultsDiagram(results));
            revision = now;
        }
        return diagram.get();
    }

    Drawn moments(Map<String, String> query) {
        int bins = bins(query.getOrDefault("bins", Integer.toString(USUAL_BINS)));
        return alone(() -> {
            ResultsDiagram now = current();
            if (drawn.isEmpty() || drawn.get().bins() != bins) {
                ResultsDiagram.Moments moments = now.moments(bins);
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * moments.values().length)
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(moments.values());
                drawn = Optional.of(new Drawn(bins, moments.densityMax(), bytes.array()));
            }
            return drawn.get();
        });
    }

    private static int bins(String text) {
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_BINS) {
            return Integer.parseInt(text);
        }
        throw new Refusal(Refusal.BAD_REQUEST, "bins: a number from 1 to " + MOST_BINS + " is expected");
    }
}
