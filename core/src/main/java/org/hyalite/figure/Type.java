package org.hyalite.figure;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The few sizes of type in a figure; widths are measured here, before anything is drawn. */
enum Type {
    /** Numbers at an axis, legends, scale bars. */
    TICK(6.8f, Font.PLAIN),
    /** Axis titles and headings. */
    LABEL(7.6f, Font.PLAIN),
    /** Titles of panels. */
    TITLE(7.6f, Font.BOLD),
    /** Panel letters. */
    LETTER(8.6f, Font.BOLD);

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final float size;
    private final int style;

    Type(float size, int style) {
        this.size = size;
        this.style = style;
    }

    Font font() {
        return new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
    }

    double size() {
        return size;
    }

    /** From the baseline up to the top of a capital. */
    double capHeight() {
        return capHeight(size);
    }

    static double capHeight(double size) {
        return 0.73 * size;
    }

    /** From one line's baseline to the next. */
    double lineHeight() {
        return 1.32 * size;
    }

    /**
     * Width of a text, points.
     *
     * @throws IllegalStateException if this machine has no fonts at all, saying what to install
     */
    double width(String text) {
        return width(font(), text);
    }

    static double width(Font font, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return font.getStringBounds(text, EXACT).getWidth();
        } catch (LinkageError | InternalError | NullPointerException | ArrayIndexOutOfBoundsException noFonts) {
            throw new IllegalStateException(
                    "this machine has no fonts to draw figures with; install fontconfig and a font such as DejaVu Sans",
                    noFonts);
        }
    }

    /** The text, or as much of its beginning as fits {@code room} points, then an ellipsis. */
    String fit(String text, double room) {
        if (width(text) <= room) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(text.substring(0, middle).stripTrailing() + "…") <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : text.substring(0, low).stripTrailing() + "…";
    }
}
