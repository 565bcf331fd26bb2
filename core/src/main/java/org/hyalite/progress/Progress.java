package org.hyalite.progress;

/**
 * How long work tells what it is doing, and how it is stopped. The one way out of {@code core} while work goes on;
 * nothing in {@code core} prints.
 */
public interface Progress {
    /** Work that nobody watches and nobody cancels. */
    Progress NONE = new Progress() {
        @Override
        public void report(String task, double fraction) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /**
     * Tells how far a task has come.
     *
     * @param task what is being done, for people
     * @param fraction 0 … 1
     */
    void report(String task, double fraction);

    /** Whether the work shall stop as soon as it can. */
    boolean cancelled();

    /**
     * Ends the work if it was cancelled.
     *
     * @throws java.util.concurrent.CancellationException if so
     */
    default void check() {
        if (cancelled()) {
            throw new java.util.concurrent.CancellationException("cancelled");
        }
    }
}
