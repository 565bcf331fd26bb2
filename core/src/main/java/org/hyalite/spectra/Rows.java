package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.hyalite.progress.Progress;

/** Works through the rows of an image on several threads; no row knows which thread took it. */
final class Rows {
    private Rows() {}

    /**
     * Calls a worker for every row.
     *
     * @param worker makes one worker for each thread
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    static void each(int rows, int threads, String task, Progress progress, Supplier<IntConsumer> worker) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Runnable work = () -> {
            IntConsumer row = worker.get();
            for (int y = next.getAndIncrement(); y < rows; y = next.getAndIncrement()) {
                progress.check();
                row.accept(y);
                synchronized (progress) {
                    progress.report(task, (double) done.incrementAndGet() / rows);
                }
            }
        };
        int used = Math.min(threads, rows);
        if (used == 1) {
            work.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(used);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < used; t++) {
                futures.add(pool.submit(work));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            next.set(rows);
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            next.set(rows);
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        } finally {
            pool.shutdown();
        }
    }
}
