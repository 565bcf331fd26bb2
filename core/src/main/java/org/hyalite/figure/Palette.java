package org.hyalite.figure;

import java.awt.Color;

/** Colours that belong together: elements glow on black and add up, series stand on white and stay apart. */
public final class Palette {
    private static final Color[] ELEMENTS = {
        new Color(255, 48, 32), new Color(32, 96, 255), new Color(48, 208, 72), new Color(255, 200, 32),
        new Color(32, 208, 216), new Color(232, 72, 232), new Color(255, 136, 24), new Color(168, 168, 176),
    };

    /** Differ in lightness as well as in hue, so that they are told apart without colour vision. */
    private static final Color[] SERIES = {
        new Color(0x1B, 0x5F, 0xA8), new Color(0xD2, 0x5B, 0x10), new Color(0x1A, 0x9A, 0x7A),
        new Color(0xB8, 0x4A, 0x8E), new Color(0x5A, 0xAF, 0xE0), new Color(0xE0, 0xA0, 0x10),
        new Color(0x55, 0x55, 0x55),
    };

    /** Sets of colours for elements that are added up on black. */
    public enum Elements {
        /** The paper's: red, blue, then green, yellow, cyan, magenta, orange, grey. */
        RED_BLUE(ELEMENTS),
        /**
         * For readers who cannot tell red from green, or red from dark blue: orange and azure differ in lightness too and
         * add up to white; then magenta, green, yellow, grey.
         */
        ORANGE_AZURE(
                new Color(255, 128, 0),
                new Color(0, 127, 255),
                new Color(214, 72, 172),
                new Color(0, 190, 120),
                new Color(240, 228, 66),
                new Color(168, 168, 176)),
        /** Magenta and green, which add up to white; then blue, yellow, orange, grey. */
        MAGENTA_GREEN(
                new Color(255, 0, 255),
                new Color(0, 255, 0),
                new Color(48, 112, 255),
                new Color(240, 228, 66),
                new Color(255, 140, 40),
                new Color(168, 168, 176));

        private final Color[] colours;

        Elements(Color... colours) {
            this.colours = colours;
        }

        /** The colour of the i-th element, and again from the first. */
        public Color of(int i) {
            return colours[Math.floorMod(i, colours.length)];
        }
    }

    private Palette() {}

    /** The colour of the i-th element: red, blue, green, yellow, cyan, magenta, orange, grey, and again. */
    public static Color element(int i) {
        return ELEMENTS[Math.floorMod(i, ELEMENTS.length)];
    }

    /** The colour of the i-th curve or particle on white. */
    public static Color series(int i) {
        return SERIES[Math.floorMod(i, SERIES.length)];
    }
}
