package org.hyalite.phantom;

import java.util.List;
import org.hyalite.grid.Image;

/** The annular dark-field detector: intensity {@code gain · Σ n Z^1.7} on a black level, with noise. */
final class Darkfield {
    private static final double EXPONENT = 1.7;

    /** Of 16 bits, about 20 000 behind 250 nm of glass. */
    private static final double UNITS_PER_Z = 0.028;

    private static final double BLACK_LEVEL = 1200;

    /** Noise of the empty detector, units. */
    private static final double READ_NOISE = 150;

    /** Variance that a unit of signal adds, units: 2.5 % noise at 20 000. */
    private static final double SHOT_VARIANCE = 12.5;

    private static final double WHITE = 65535;

    private Darkfield() {}

    /** The expected image, units. */
    static Image expected(Seen seen, List<Compound> compounds) {
        float[] values = new float[seen.film().length];
        double carbon = StrictMath.pow(Compound.CARBON_Z, EXPONENT);
        double[] response = compounds.stream()
                .mapToDouble(c -> c.atomicNumbersToThe(EXPONENT))
                .toArray();
        for (int i = 0; i < values.length; i++) {
            double scattered = carbon * seen.film()[i];
            for (int m = 0; m < response.length; m++) {
                scattered += response[m] * seen.metals()[m][i];
            }
            values[i] = (float) (BLACK_LEVEL + UNITS_PER_Z * scattered);
        }
        return Image.of(seen.size(), seen.size(), seen.view().pixelNm(), values);
    }

    /** The image as a digitiser leaves it: noise of a few per cent, whole numbers of 16 bits. */
    static Image recorded(Seen seen, List<Compound> compounds, Dice dice) {
        Image image = expected(seen, compounds);
        float[] values = image.values();
        for (int i = 0; i < values.length; i++) {
            double variance = READ_NOISE * READ_NOISE + SHOT_VARIANCE * (values[i] - BLACK_LEVEL);
            double drawn = values[i] + StrictMath.sqrt(variance) * dice.normal();
            values[i] = (float) StrictMath.rint(Math.min(WHITE, Math.max(0, drawn)));
        }
        return image;
    }
}
