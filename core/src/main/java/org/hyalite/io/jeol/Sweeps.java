package org.hyalite.io.jeol;

/**
 * How often the map was swept: a sweep ends where the lines begin again. The last sweep of a recording that was stopped is
 * incomplete; its pixels would have lived longer than the others, so that it is not counted with them.
 */
final class Sweeps implements EventStream.Reader {
    private int broken;
    private int sweeps;
    private int line = -1;
    private long sweepFrom;
    private long photonsInSweep;
    private long photons;
    private long unknown;
    private boolean image;
    private final int bottom;

    /** @param bottom position of the lowest line */
    private Sweeps(int bottom) {
        this.bottom = bottom;
    }

    /** Reads all words once. */
    static Sweeps of(EventStream stream, int bottom) {
        Sweeps sweeps = new Sweeps(bottom);
        stream.read(stream.words(), sweeps);
        return sweeps;
    }

    /** The largest position of a line in a stream; -1 if there is none. */
    static int lowestLine(EventStream stream) {
        int[] lowest = {-1};
        stream.read(stream.words(), (index, kind, value) -> {
            if (kind == EventStream.Y) {
                lowest[0] = Math.max(lowest[0], value);
            }
        });
        return lowest[0];
    }

    @Override
    public void word(long index, int kind, int value) {
        switch (kind) {
            case EventStream.Y -> line(index, value);
            case EventStream.PHOTON -> {
                photons++;
                photonsInSweep++;
            }
            case EventStream.IMAGE -> image = true;
            case EventStream.X, EventStream.REAL_TICK, EventStream.LIVE_TICK -> {}
            default -> unknown++;
        }
    }

    private void line(long index, int value) {
        if (line < 0 || value < line) {
            if (line >= 0 && line < bottom) {
                broken++;
            }
            sweeps++;
            sweepFrom = index;
            photonsInSweep = 0;
        }
        line = value;
    }

    int sweeps() {
        return sweeps;
    }

    /** Sweeps other than the last that end above the lowest line. */
    int broken() {
        return broken;
    }

    /** Whether the last sweep reached the lowest line. */
    boolean lastIsComplete() {
        return line >= bottom;
    }

    int lastLine() {
        return line;
    }

    /** How many words there are before the last sweep. */
    long lastSweepFrom() {
        return sweepFrom;
    }

    long photonsInLastSweep() {
        return photonsInSweep;
    }

    long photons() {
        return photons;
    }

    /** Words of a kind that is not known. */
    long unknown() {
        return unknown;
    }

    /** Whether an electron image was recorded along with the X-rays. */
    boolean hasImage() {
        return image;
    }
}
