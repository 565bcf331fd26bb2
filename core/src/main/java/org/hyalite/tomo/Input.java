package org.hyalite.tomo;

import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltSeries;

/** What is asked of the series that are reconstructed. */
final class Input {
    private Input() {}

    static void require(TiltSeries data, Optional<TiltSeries> errors, ReconstructionSettings settings) {
        requireFinite("data", data);
        errors.ifPresent(e -> {
            requireSize("standard errors", e, data);
            requirePositive("standard errors", e);
        });
        if (settings.dataTerm() instanceof DataTerm.WeightedLeastSquares && errors.isEmpty()) {
            throw new IllegalArgumentException("weighted least squares without standard errors");
        }
        if (settings.dataTerm() instanceof DataTerm.KullbackLeibler term) {
            requireCounts("counts", data, term);
        }
    }

    /** Counts, and the background and the counts per unit that belong to them. */
    static void requireCounts(String what, TiltSeries data, DataTerm.KullbackLeibler term) {
        requireFinite(what, data);
        requireSize(what + ": background", term.background(), data);
        requirePositive(what + ": background", term.background());
        if (term.countsPerUnit().length != data.tilts()) {
            throw new IllegalArgumentException(what + ": " + term.countsPerUnit().length
                    + " values of counts per unit for " + data.tilts() + " tilts");
        }
        for (double c : term.countsPerUnit()) {
            if (!(c > 0) || Double.isInfinite(c)) {
                throw new IllegalArgumentException(what + ": " + c + " counts per unit, expected a positive number");
            }
        }
        visit(data, (t, y, x, value) -> {
            if (value < 0) {
                throw new IllegalArgumentException(at(what, t, y, x, value) + "negative");
            }
        });
    }

    static boolean allZero(TiltSeries data) {
        for (float[] block : data.blocks()) {
            for (float value : block) {
                if (value != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    static void requireSize(String what, TiltSeries series, TiltSeries data) {
        if (series.tilts() != data.tilts() || series.ny() != data.ny() || series.nx() != data.nx()) {
            throw new IllegalArgumentException(what + ": " + series.tilts() + " images of " + series.ny() + " × "
                    + series.nx() + " pixels, the data have " + data.tilts() + " of " + data.ny() + " × "
                    + data.nx());
        }
    }

    static void requireFinite(String what, TiltSeries series) {
        visit(series, (t, y, x, value) -> {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(at(what, t, y, x, value) + "not a finite number");
            }
        });
    }

    static void requirePositive(String what, TiltSeries series) {
        visit(series, (t, y, x, value) -> {
            if (!(value > 0) || Float.isInfinite(value)) {
                throw new IllegalArgumentException(at(what, t, y, x, value) + "not a positive number");
            }
        });
    }

    private static String at(String what, int tilt, int y, int x, float value) {
        return String.format(Locale.ROOT, "%s: image %d, row %d, column %d: %s is ", what, tilt, y, x, value);
    }

    private interface Visitor {
        void see(int tilt, int y, int x, float value);
    }

    private static void visit(TiltSeries series, Visitor visitor) {
        for (int b = 0; b < series.blocks().length; b++) {
            float[] block = series.blocks()[b];
            int width = Blocks.width(series.ny(), b);
            for (int i = 0; i < block.length; i++) {
                int row = i / width;
                visitor.see(row / series.nx(), b * Blocks.WIDTH + i % width, row % series.nx(), block[i]);
            }
        }
    }
}
