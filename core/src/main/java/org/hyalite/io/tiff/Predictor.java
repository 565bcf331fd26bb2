package org.hyalite.io.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Undoes what was done to rows so that they compress better: differences to the value before (2), or, for floats, bytes
 * sorted by significance and then differences (3, Adobe's technical note 3).
 */
final class Predictor {
    private static final int DIFFERENCES = 2;
    private static final int FLOATS = 3;

    private Predictor() {}

    /** Undoes it within {@code raw}; returns the byte order that its values have then. */
    static ByteOrder undo(PageLayout layout, ByteOrder order, byte[] raw, int rows) {
        int rowBytes = (int) layout.rowBytes();
        if (layout.predictor() == DIFFERENCES) {
            ByteBuffer buffer = ByteBuffer.wrap(raw).order(order);
            for (int r = 0; r < rows; r++) {
                sum(layout, buffer, r * rowBytes);
            }
        } else if (layout.predictor() == FLOATS) {
            byte[] sorted = new byte[rowBytes];
            for (int r = 0; r < rows; r++) {
                gather(layout, raw, r * rowBytes, sorted);
            }
            return ByteOrder.BIG_ENDIAN;
        }
        return order;
    }

    private static void sum(PageLayout layout, ByteBuffer row, int at) {
        int step = layout.together();
        int values = layout.blockWidth() * step;
        for (int i = step; i < values; i++) {
            switch (layout.bits()) {
                case 8 -> row.put(at + i, (byte) (row.get(at + i) + row.get(at + i - step)));
                case 16 -> {
                    int here = at + 2 * i;
                    row.putShort(here, (short) (row.getShort(here) + row.getShort(here - 2 * step)));
                }
                case 32 -> {
                    int here = at + 4 * i;
                    row.putInt(here, row.getInt(here) + row.getInt(here - 4 * step));
                }
                default -> {
                    int here = at + 8 * i;
                    row.putLong(here, row.getLong(here) + row.getLong(here - 8 * step));
                }
            }
        }
    }

    private static void gather(PageLayout layout, byte[] raw, int at, byte[] sorted) {
        int step = layout.together();
        int bytes = layout.bits() / 8;
        int values = layout.blockWidth() * step;
        System.arraycopy(raw, at, sorted, 0, sorted.length);
        for (int i = step; i < sorted.length; i++) {
            sorted[i] += sorted[i - step];
        }
        for (int i = 0; i < values; i++) {
            for (int b = 0; b < bytes; b++) {
                raw[at + i * bytes + b] = sorted[b * values + i];
            }
        }
    }
}
