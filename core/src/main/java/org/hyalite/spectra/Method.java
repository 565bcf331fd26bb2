package org.hyalite.spectra;

/** How net counts are taken from a spectrum. */
public enum Method {
    /** A linear model of lines and background, fitted to the whole spectrum of each pixel; see {@link Estimator}. */
    FIT("fit"),
    /** A window around the line less the background of two windows beside it, interpolated linearly. */
    WINDOWS("windows");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /** The name in experiment files and reports: {@code fit}. */
    public String label() {
        return label;
    }

    /**
     * The method of a name as {@code fit}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Method of(String label) {
        for (Method method : values()) {
            if (method.label.equals(label)) {
                return method;
            }
        }
        throw new IllegalArgumentException("unknown method '" + label + "'; known: fit, windows");
    }
}
