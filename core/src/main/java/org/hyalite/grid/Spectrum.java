package org.hyalite.grid;

/** Counts against energy, {@code [energy]}. */
public final class Spectrum {
    private final EnergyAxis axis;
    private final double[] counts;

    private Spectrum(EnergyAxis axis, double[] counts) {
        this.axis = axis;
        this.counts = counts;
    }

    /** Takes ownership of {@code counts}. */
    public static Spectrum of(EnergyAxis axis, double[] counts) {
        if (counts.length != axis.channels()) {
            throw new IllegalArgumentException(counts.length + " counts for " + axis.channels() + " channels");
        }
        return new Spectrum(axis, counts);
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
        return of(axis, sum);
    }
}
