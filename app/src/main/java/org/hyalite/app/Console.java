package org.hyalite.app;

import java.io.PrintStream;
import java.util.Locale;
import org.hyalite.progress.Progress;

/**
 * Progress for people: one line that is rewritten, with the time left, on a terminal; a plain line per task and tenth
 * otherwise. Everything goes to standard error, so that standard output stays clean for results.
 */
final class Console implements Progress {
    private static final long REDRAW_MS = 200;
    private static final int TENTHS = 10;
    private static final int LINE = 78;

    private final PrintStream out;
    private final boolean terminal;
    private String task = "";
    private long taskStart;
    private long lastDrawn;
    private int lastTenth = -1;
    private volatile boolean cancelled;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Progress on standard error. */
    static Console onStandardError() {
        return new Console(System.err, System.console() != null && System.getenv("TERM") != null);
    }

    @Override
    public synchronized void report(String newTask, double fraction) {
        long now = System.currentTimeMillis();
        if (!newTask.equals(task)) {
            clear();
            task = newTask;
            taskStart = now;
            lastTenth = -1;
            lastDrawn = 0;
        }
        if (terminal) {
            if (now - lastDrawn >= REDRAW_MS) {
                lastDrawn = now;
                draw(String.format(Locale.ROOT, "%s  %3.0f %%%s", task, 100 * fraction, left(now, fraction)));
            }
            return;
        }
        int tenth = (int) (fraction * TENTHS);
        boolean quick = now - taskStart < 2000;
        if (lastTenth < 0 || tenth > lastTenth && !quick) {
            lastTenth = Math.max(tenth, 0);
            out.printf(
                    Locale.ROOT,
                    "%s%s%n",
                    task,
                    tenth == 0 ? "" : String.format(Locale.ROOT, "  %d %%%s", tenth * TENTHS, left(now, fraction)));
        }
    }

    private String left(long now, double fraction) {
        double elapsed = (now - taskStart) / 1000.0;
        if (elapsed < 2 || fraction < 0.02 || fraction >= 1) {
            return "";
        }
        double seconds = elapsed * (1 - fraction) / fraction;
        return seconds < 90
                ? String.format(Locale.ROOT, ", %.0f s left", seconds)
                : String.format(Locale.ROOT, ", %.0f min left", seconds / 60);
    }

    private void draw(String text) {
        String line = text.length() > LINE ? text.substring(0, LINE) : text;
        out.print("\r" + line + " ".repeat(LINE - line.length()));
        out.flush();
    }

    /** Ends the line that is being rewritten. */
    synchronized void clear() {
        if (terminal && lastDrawn > 0) {
            out.print("\r" + " ".repeat(LINE) + "\r");
            out.flush();
            lastDrawn = 0;
        }
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
