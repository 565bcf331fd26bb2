package org.hyalite.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C during long work: says in one line what is kept, cancels the work, and lets it clean up behind itself before
 * the program ends.
 */
final class Interruption {
    private static final long PATIENCE_S = 5;

    private final Console console;
    private final String kept;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "hyalite-interruption");

    private Interruption(Console console, String kept) {
        this.console = console;
        this.kept = kept;
    }

    /** From now until {@link #done} Ctrl-C says {@code kept} and cancels what {@code console} watches. */
    static Interruption tell(Console console, String kept) {
        Interruption interruption = new Interruption(console, kept);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Runs while the virtual machine ends, when no command can print its own end any more. */
    private void interrupted() {
        console.clear();
        System.err.println("hyalite: interrupted; " + kept);
        console.cancel();
        try {
            ended.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work came to an end, its own or the one that was asked for. */
    void done() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            ended.countDown(); // the program is ending already, and the hook waits for this
        }
    }
}
