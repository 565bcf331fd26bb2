package org.hyalite.grid;

/** Counts against energy, {@code [energy]}; or values that are no X-ray counts ({@link #signed}). */
public final class Spectrum {
    private final EnergyAxis axis;
    private final double[] counts;
    private final boolean xrays;

    private Spectrum(EnergyAxis axis, double[] counts, boolean xrays) {
        if (counts.length != axis.channels()) {
            throw new IllegalArgumentException(counts.length + " counts for " + axis.channels() + " channels");
        }
        this.axis = axis;
        this.counts = counts;
        this.xrays = xrays;
    }

    /** Takes ownership of {@code counts}. */
    public static Spectrum of(EnergyAxis axis, double[] counts) {
        return new Spectrum(axis, counts, true);
    }

    /** Values that are no X-ray counts, or not said to be, and may be negative: energy losses. Takes ownership. */
    public static Spectrum signed(EnergyAxis axis, double[] values) {
        return new Spectrum(axis, values, false);
    }

    /** Whether these are counts of X-rays; otherwise nothing may be quantified from them. */
    public boolean isCounts() {
        return xrays;
    }

    public EnergyAxis axis() {
        return axis;
    }

    /** The spectrum's own array, not a copy. */
    public double[] counts() {
        return counts;
    }

    public double total() {
        double total = 0;
        for (double c : counts) {
            total += c;
        }
        return total;
    }

    /** The sum of two spectra on one axis. */
    public Spectrum plus(Spectrum other) {
        if (!axis.equals(other.axis)) {
            throw new IllegalArgumentException("spectra on different energy axes: " + axis + " and " + other.axis);
        }
        double[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.counts[i];
        }
        return new Spectrum(axis, sum, xrays && other.xrays);
    }
}
