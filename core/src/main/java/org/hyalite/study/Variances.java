package org.hyalite.study;

import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltSeries;

/**
 * Standard errors, moved with their images: as variances, and back. A pixel that was not recorded, having come in from
 * outside of the field, gets its image's mean error.
 */
final class Variances {
    private Variances() {}

    static TiltSeries moved(Alignment alignment, TiltSeries standardErrors) {
        TiltSeries variance = standardErrors.copy();
        for (float[] block : variance.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] *= block[i];
            }
        }
        TiltSeries moved = alignment.applyToVariance(variance);
        for (int t = 0; t < moved.tilts(); t++) {
            double sum = 0;
            int recorded = 0;
            for (int y = 0; y < moved.ny(); y++) {
                for (int x = 0; x < moved.nx(); x++) {
                    double v = moved.at(t, y, x);
                    sum += v > 0 ? Math.sqrt(v) : 0;
                    recorded += v > 0 ? 1 : 0;
                }
            }
            float mean = recorded == 0 ? 0 : (float) (sum / recorded);
            for (int y = 0; y < moved.ny(); y++) {
                for (int x = 0; x < moved.nx(); x++) {
                    float v = moved.at(t, y, x);
                    moved.set(t, y, x, v > 0 ? (float) Math.sqrt(v) : mean);
                }
            }
        }
        return moved;
    }
}
