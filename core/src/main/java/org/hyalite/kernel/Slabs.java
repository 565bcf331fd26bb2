package org.hyalite.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * The one place for parallel work: numbered pieces, each done by one thread. The pieces are cut by the size of the
 * problem, never by the number of threads, and sums are added in the pieces' order, so results do not depend on it.
 */
public final class Slabs {
    private final int threads;
    private final ThreadPoolExecutor helpers;

    private Slabs(int threads) {
        this.threads = threads;
        this.helpers =
                new ThreadPoolExecutor(threads, threads, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "hyalite-slab");
                    thread.setDaemon(true);
                    return thread;
                });
        helpers.allowCoreThreadTimeOut(true);
    }

    /** Work by so many threads, the caller's among them; the others end by themselves when there is none. */
    public static Slabs of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        return new Slabs(threads);
    }

    public int threads() {
        return threads;
    }

    /** Does pieces 0 … count − 1 and returns when all are done; throws what the first of them threw. */
    public void run(int count, IntConsumer piece) {
        int others = Math.min(threads, count) - 1;
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                piece.accept(i);
            }
        };
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            futures.add(helpers.submit(work));
        }
        RuntimeException failure = null;
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = e;
            next.set(count);
        }
        boolean interrupted = false;
        for (Future<?> future : futures) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    failure = (RuntimeException) e.getCause();
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The sum of the pieces' results, added in their order. */
    public double sum(int count, IntToDoubleFunction piece) {
        double[] parts = new double[count];
        run(count, i -> parts[i] = piece.applyAsDouble(i));
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }
}
