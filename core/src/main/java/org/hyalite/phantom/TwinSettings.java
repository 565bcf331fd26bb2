package org.hyalite.phantom;

import org.hyalite.physics.Dose;

/**
 * What experiment to simulate.
 *
 * @param kind which glass the sample is
 * @param size pixels along each edge of every image; the field is 384 nm wide whatever its number of pixels
 * @param tilts spectrum images of the sample, evenly from −70° to 70°; odd, so that one is at zero tilt
 * @param electrons per pixel and tilt
 * @param seed names the particles, the misalignment and the noise
 * @param misalignment whether images are shifted and the tilt axis lies beside the centre and rotated
 * @param noise whether counts and intensities are drawn; else they are the expected values
 * @param instrument whose cross sections
 */
public record TwinSettings(
        Kind kind,
        int size,
        int tilts,
        double electrons,
        long seed,
        boolean misalignment,
        boolean noise,
        Instrument instrument) {
    /** The paper's two samples. */
    public enum Kind {
        /** {@code (aT-ZIF-4-Co)0.5(ag-ZIF-62)0.5}: two pure phases and a sharp interface. */
        SEGREGATED("segregated"),
        /** {@code ag[(ZIF-67)0.2(ZIF-62)0.8]}: a mixed phase and a Zn-rich one, diffused into each other. */
        FLUX("flux");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name on the command line: {@code segregated}. */
        public String label() {
            return label;
        }

        /** The kind of a name. */
        public static Kind of(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("unknown kind '" + label + "'; known: segregated, flux");
        }
    }

    /** The dose of the paper's kind of map: 0.9 nA for 0.12 s. */
    public static final Dose USUAL_DOSE = new Dose(0.9, 0.12);

    /** Edge of the field, nm. */
    public static final double FIELD_NM = 384;

    /** The tilts reach this far to either side, degrees. */
    public static final double LAST_TILT_DEG = 70;

    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 1024;
    private static final int MAX_TILTS = 361;

    public TwinSettings {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "size of " + size + " pixels is not within " + MIN_SIZE + "…" + MAX_SIZE);
        }
        if (tilts < 3 || tilts > MAX_TILTS || tilts % 2 == 0) {
            throw new IllegalArgumentException(
                    tilts + " tilts: give an odd number within 3…" + MAX_TILTS + ", so that one image is at zero tilt");
        }
        if (!(electrons > 0) || electrons > 1e12) {
            throw new IllegalArgumentException("dose of " + electrons + " electrons per pixel is not within 0…1e12");
        }
    }

    /** 96 pixels of 4 nm, 15 tilts, the usual dose, seed 1, the Titan, with misalignment and noise. */
    public static TwinSettings of(Kind kind) {
        return new TwinSettings(kind, 96, 15, USUAL_DOSE.electrons(), 1, true, true, Instrument.TITAN);
    }

    public TwinSettings withSize(int pixels) {
        return new TwinSettings(kind, pixels, tilts, electrons, seed, misalignment, noise, instrument);
    }

    public TwinSettings withTilts(int number) {
        return new TwinSettings(kind, size, number, electrons, seed, misalignment, noise, instrument);
    }

    public TwinSettings withElectrons(double perPixel) {
        return new TwinSettings(kind, size, tilts, perPixel, seed, misalignment, noise, instrument);
    }

    public TwinSettings withSeed(long other) {
        return new TwinSettings(kind, size, tilts, electrons, other, misalignment, noise, instrument);
    }

    /** The same experiment on another microscope. */
    public TwinSettings on(Instrument other) {
        return new TwinSettings(kind, size, tilts, electrons, seed, misalignment, noise, other);
    }

    /** The same experiment with every image where it belongs. */
    public TwinSettings withoutMisalignment() {
        return new TwinSettings(kind, size, tilts, electrons, seed, false, noise, instrument);
    }

    /** The same experiment with expected values in place of draws. */
    public TwinSettings noiseFree() {
        return new TwinSettings(kind, size, tilts, electrons, seed, misalignment, false, instrument);
    }

    /** Edge of a pixel, nm. */
    public double pixelNm() {
        return FIELD_NM / size;
    }

    /** The tilts of the sample's images, ascending, degrees. */
    double[] tiltsDeg() {
        return evenly(tilts);
    }

    /** A standard's tilts: twice as fine, for ADF images are cheap. */
    double[] standardTiltsDeg() {
        return evenly(2 * tilts - 1);
    }

    private static double[] evenly(int n) {
        double[] all = new double[n];
        int last = n - 1;
        for (int i = 0; i < n; i++) {
            all[i] = LAST_TILT_DEG * (2 * i - last) / last;
        }
        return all;
    }
}
