package org.hyalite.tomo;

import org.hyalite.grid.TiltSeries;

/** How the distance between a volume's images and the measured ones is counted. */
public sealed interface DataTerm {
    /** The word users write. */
    String label();

    /** {@code ½ Σ (Ax − b)²}: all pixels alike, the paper's. */
    record LeastSquares() implements DataTerm {
        @Override
        public String label() {
            return "l2";
        }
    }

    /** {@code ½ Σ ((Ax − b)/s)²} with the standard error s of every pixel, which must be given. */
    record WeightedLeastSquares() implements DataTerm {
        @Override
        public String label() {
            return "wl2";
        }
    }

    /**
     * {@code Σ (c Ax + r) − k log(c Ax + r)} for counts k, which are the data, with known expected background r; the
     * value is told less its minimum over Ax, half the deviance.
     *
     * @param background expected counts r per pixel besides the line's own, {@code [tilt, y, x]}, > 0 where k > 0
     * @param countsPerUnit c, counts per unit of Ax, by tilt; the array is not copied
     */
    record KullbackLeibler(TiltSeries background, double[] countsPerUnit) implements DataTerm {
        @Override
        public String label() {
            return "kl";
        }
    }
}
