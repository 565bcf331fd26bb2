package org.hyalite.figure;

import java.awt.Color;

/**
 * A scale of colours over 0 … 1. The coloured ones are computed in Ottosson's OKLab, in which equal steps look equally
 * large: lightness rises evenly, hue turns, chroma swells in between as far as sRGB allows.
 */
public enum ColourMap {
    /** Black through violet, red and orange to pale yellow: amounts, from nothing. */
    EMBER(new Path(0, 0.97, 285, 466, 0.19, 0.6)),
    /** Deep violet through blue and green to yellow: heights and thicknesses. */
    LAGOON(new Path(0.25, 0.93, 300, 106, 0.16, 0.15)),
    /** Black to white. */
    GREY(new Path(0, 1, 0, 0, 0, 1));

    /** The colour of what is not a number. */
    static final int MISSING = 0x5A5A5A;

    private static final int STEPS = 256;
    private final int[] table = new int[STEPS];

    ColourMap(Path path) {
        double[] chroma = path.chromas(STEPS);
        for (int i = 0; i < STEPS; i++) {
            table[i] = path.greatest() == 0 ? 0x10101 * i : path.rgb(i / (STEPS - 1.0), chroma[i]);
        }
    }

    /** The colour {@code 0xRRGGBB} at {@code t}, clamped to 0 … 1; a neutral grey for NaN. */
    public int rgb(double t) {
        if (Double.isNaN(t)) {
            return MISSING;
        }
        return table[(int) Math.round(Math.max(0, Math.min(1, t)) * (STEPS - 1))];
    }

    /** The same as a colour. */
    public Color colour(double t) {
        return new Color(rgb(t));
    }

    /**
     * A way through OKLab: lightness and hue (degrees) at its ends, the greatest chroma it may take, and how flat chroma
     * is in between.
     */
    private record Path(double dark, double light, double hueDark, double hueLight, double greatest, double flatness) {
        /** The chroma at each step: within sRGB, and smoothed, because every kink shows as an edge. */
        double[] chromas(int steps) {
            double[] room = new double[steps];
            double[] chroma = new double[steps];
            for (int i = 0; i < steps; i++) {
                double t = i / (steps - 1.0);
                room[i] = room(t);
                double wanted = greatest * Math.pow(Math.sin(Math.PI * (0.06 + 0.88 * t)), flatness);
                chroma[i] = Math.min(wanted, 0.94 * room[i]);
            }
            for (int pass = 0; pass < 3; pass++) {
                double[] smooth = new double[steps];
                for (int i = 0; i < steps; i++) {
                    int reach = Math.min(14, Math.min(i, steps - 1 - i));
                    for (int j = i - reach; j <= i + reach; j++) {
                        smooth[i] += chroma[j] / (2 * reach + 1);
                    }
                }
                chroma = smooth;
            }
            for (int i = 0; i < steps; i++) {
                chroma[i] = Math.min(chroma[i], room[i]);
            }
            return chroma;
        }

        private double lightness(double t) {
            return dark + t * (light - dark);
        }

        private double hue(double t) {
            return Math.toRadians(hueDark + t * (hueLight - hueDark));
        }

        /** The most chroma that sRGB has at this lightness and hue. */
        private double room(double t) {
            double low = 0;
            double high = 0.4;
            for (int i = 0; i < 40; i++) {
                double middle = (low + high) / 2;
                if (inside(at(t, middle))) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private double[] at(double t, double chroma) {
            return linear(lightness(t), chroma * Math.cos(hue(t)), chroma * Math.sin(hue(t)));
        }

        int rgb(double t, double chroma) {
            int rgb = 0;
            for (double channel : at(t, chroma)) {
                rgb = rgb << 8 | (int) Math.round(255 * encoded(Math.max(0, Math.min(1, channel))));
            }
            return rgb;
        }

        private static boolean inside(double[] linear) {
            for (double channel : linear) {
                if (channel < -1e-6 || channel > 1 + 1e-6) {
                    return false;
                }
            }
            return true;
        }

        private static double[] linear(double lightness, double a, double b) {
            double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
            double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
            double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
            return new double[] {
                4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
            };
        }

        private static double cube(double v) {
            return v * v * v;
        }

        private static double encoded(double linear) {
            return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        }
    }
}
