package org.hyalite.figure;

import java.awt.Color;
import java.util.Optional;

/** One series of values in a plot. */
public final class Curve {
    /** How a series is shown. */
    public enum Style {
        /** Joined. */
        LINE,
        /** Joined, dashed. */
        DASHED,
        /** Held from one value to the middle between it and the next, as a histogram. */
        STEPS,
        /** Dots. */
        POINTS,
        /** Dots, joined. */
        LINE_AND_POINTS
    }

    private final String name;
    private final double[] x;
    private final double[] y;
    private final double[] errors;
    private final Style style;
    private final Optional<Color> colour;

    private Curve(String name, double[] x, double[] y, double[] errors, Style style, Optional<Color> colour) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("curve '" + name + "': " + x.length + " x for " + y.length + " y");
        }
        if (errors.length != 0 && errors.length != y.length) {
            throw new IllegalArgumentException(
                    "curve '" + name + "': " + errors.length + " errors for " + y.length + " values");
        }
        this.name = name;
        this.x = x;
        this.y = y;
        this.errors = errors;
        this.style = style;
        this.colour = colour;
    }

    /** A series; the arrays are copied. Points that are not finite are left out. */
    public static Curve of(String name, double[] x, double[] y, Style style) {
        return new Curve(name, x.clone(), y.clone(), new double[0], style, Optional.empty());
    }

    /** The same with a standard error at each value, in the unit of y; copied. */
    public Curve withErrors(double[] standardErrors) {
        return new Curve(name, x, y, standardErrors.clone(), style, colour);
    }

    Curve named(String other) {
        return new Curve(other, x, y, errors, style, colour);
    }

    /** The same in a colour of its own. */
    public Curve coloured(Color own) {
        return new Curve(name, x, y, errors, style, Optional.of(own));
    }

    /** For the legend; may be empty. */
    public String name() {
        return name;
    }

    /** How many values. */
    public int size() {
        return x.length;
    }

    public double x(int i) {
        return x[i];
    }

    public double y(int i) {
        return y[i];
    }

    /** The standard error; 0 where none was given. */
    public double error(int i) {
        return errors.length == 0 || !(errors[i] > 0) || Double.isInfinite(errors[i]) ? 0 : errors[i];
    }

    public Style style() {
        return style;
    }

    /** A colour of its own, where it has one. */
    public Optional<Color> colour() {
        return colour;
    }
}
