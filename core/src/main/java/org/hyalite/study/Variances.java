package org.hyalite.study;

import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltSeries;

/** Standard errors, moved with their images: as variances, and back. */
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
        for (float[] block : moved.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) Math.sqrt(Math.max(0, block[i]));
            }
        }
        return moved;
    }
}
