package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.hyalite.progress.Progress;

/** Does pieces of work that do not touch each other on several threads. */
final class Workers {
    private Workers() {}

    /** Calls {@code work} once for each of {@code 0 … pieces − 1}; the first failure ends all. */
    static void each(int pieces, int threads, Progress progress, String task, IntConsumer work) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, pieces)));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < Math.max(1, Math.min(threads, pieces)); t++) {
                running.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                        progress.check();
                        work.accept(i);
                        progress.report(task, (double) done.incrementAndGet() / pieces);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            next.set(pieces);
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(task + " failed", e.getCause());
        } catch (InterruptedException e) {
            next.set(pieces);
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        } finally {
            pool.shutdown();
        }
    }
}
