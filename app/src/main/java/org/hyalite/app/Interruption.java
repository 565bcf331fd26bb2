package org.hyalite.app;

import org.jspecify.annotations.Nullable;

/** What Ctrl-C says: one line on what is kept. */
final class Interruption {
    private static @Nullable Thread hook;

    private Interruption() {}

    /** From now on Ctrl-C says {@code kept}. */
    static synchronized void tell(Console console, String kept) {
        if (hook == null) {
            hook = new Thread(() -> {
                console.clear();
                System.err.println("hyalite: interrupted; " + kept);
            });
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** The work came to its own end. */
    static synchronized void done() {
        if (hook != null) {
            Runtime.getRuntime().removeShutdownHook(hook);
            hook = null;
        }
    }
}
