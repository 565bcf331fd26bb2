package org.hyalite.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hyalite.figure.Canvas.Anchor;

/** What the lines and dots of a plot mean, in rows above its frame, so that nothing is covered. */
final class Legend {
    private static final double SWATCH = 13;
    private static final double SPACE = 8;

    /**
     * @param label what it means
     * @param swatch draws the sign into a box
     */
    record Entry(String label, BiConsumer<Canvas, Box> swatch) {}

    private final List<List<Entry>> rows = new ArrayList<>();
    private final double width;

    private Legend(double width) {
        this.width = width;
    }

    static Legend of(List<Entry> entries, double width) {
        Legend legend = new Legend(width);
        double used = Double.POSITIVE_INFINITY;
        for (Entry entry : entries) {
            double needed = SWATCH + 3 + Math.min(width - SWATCH - 3, Type.TICK.width(entry.label()));
            if (used + SPACE + needed > width) {
                legend.rows.add(new ArrayList<>());
                used = needed;
            } else {
                used += SPACE + needed;
            }
            legend.rows.get(legend.rows.size() - 1).add(entry);
        }
        return legend;
    }

    double height() {
        return rows.size() * Type.TICK.lineHeight();
    }

    void draw(Canvas canvas, double left, double top) {
        for (int r = 0; r < rows.size(); r++) {
            double x = left;
            double baseline = top + r * Type.TICK.lineHeight() + Type.TICK.capHeight() + 1;
            double middle = baseline - Type.TICK.capHeight() / 2;
            for (Entry entry : rows.get(r)) {
                entry.swatch().accept(canvas, new Box(x, middle - 3, SWATCH, 6));
                String label = Type.TICK.fit(entry.label(), width - SWATCH - 3);
                canvas.text(label, x + SWATCH + 3, baseline, Anchor.START, Type.TICK, Canvas.INK);
                x += SWATCH + 3 + Type.TICK.width(label) + SPACE;
            }
        }
    }
}
