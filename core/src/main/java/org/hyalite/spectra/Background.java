package org.hyalite.spectra;

import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.Element;

/**
 * The continuum under the lines. Its shape is Kramers' law for thin targets of unknown window and dead layer,
 * {@code b(E) = (E₀ − E)/E · Σ_m b_m B_m(ln(E + 0.35 keV))}: cubic B-splines, too wide to take a line for continuum, stand
 * for the detector's efficiency and the specimen's absorption and are fitted to the sum spectrum with {@code b_m ≥ 0}.
 * In each pixel the fitted continuum is split by hat functions over the same variable into two to four pieces with
 * amplitudes of their own, so that film, grid and particle may differ in shape.
 */
final class Background {
    private static final double SHIFT_KEV = 0.35;
    private static final double SPLINE_STEP = 0.3;
    private static final double PIECE_STEP = 0.9;

    private static final int BLUR_STEPS = 8;
    private static final double BLUR_SIGMAS = 2.5;

    private Background() {}

    /** The columns for the sum spectrum, {@code [spline][channel]}, each with sum one. */
    static double[][] splines(double firstKeV, double gain, int channels, double beamEnergyKeV, double[] through) {
        double low = Math.log(firstKeV + SHIFT_KEV);
        double high = Math.log(firstKeV + channels * gain + SHIFT_KEV);
        int intervals = Math.max(1, (int) Math.round((high - low) / SPLINE_STEP));
        double step = (high - low) / intervals;
        double[][] columns = new double[intervals + 3][channels];
        for (int m = 0; m < columns.length; m++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                double energy = firstKeV + c * gain;
                double t = (Math.log(energy + SHIFT_KEV) - low) / step - (m - 1);
                columns[m][c] = kramers(energy, beamEnergyKeV) * through[c] * spline(t);
                sum += columns[m][c];
            }
            scale(columns[m], sum);
        }
        return columns;
    }

    /** The columns for a pixel, {@code [piece][channel]}: {@code fitted} split by hats, each with sum one. */
    static double[][] pieces(double[] fitted, double firstKeV, double gain) {
        int channels = fitted.length;
        double low = Math.log(firstKeV + SHIFT_KEV);
        double high = Math.log(firstKeV + channels * gain + SHIFT_KEV);
        int pieces = Math.min(4, Math.max(2, 1 + (int) Math.round((high - low) / PIECE_STEP)));
        double step = (high - low) / (pieces - 1);
        double[][] columns = new double[pieces][channels];
        for (int m = 0; m < pieces; m++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                double t = (Math.log(firstKeV + c * gain + SHIFT_KEV) - low) / step - m;
                columns[m][c] = fitted[c] * Math.max(0, 1 - Math.abs(t));
                sum += columns[m][c];
            }
            scale(columns[m], sum);
        }
        return columns;
    }

    /**
     * {@code μ/ρ} of an element at every channel, cm²/g, blurred by the detector's resolution: the mean over a
     * Gaussian.
     */
    static double[] attenuation(Element element, PeakWidth width, double firstKeV, double gain, int channels) {
        double[] mu = new double[channels];
        for (int c = 0; c < channels; c++) {
            double energy = firstKeV + c * gain;
            double sigma = width.sigmaKeV(energy);
            double total = 0;
            for (int i = -BLUR_STEPS; i <= BLUR_STEPS; i++) {
                double t = BLUR_SIGMAS * i / BLUR_STEPS;
                double weight = Math.exp(-t * t / 2);
                mu[c] += weight * MassAttenuation.cm2PerGram(element, energy + t * sigma);
                total += weight;
            }
            mu[c] /= total;
        }
        return mu;
    }

    private static double kramers(double energy, double beamEnergyKeV) {
        return Math.max((beamEnergyKeV - energy) / energy, 1e-6);
    }

    private static double spline(double t) {
        double a = Math.abs(t);
        if (a >= 2) {
            return 0;
        }
        double b = 2 - a;
        return a >= 1 ? b * b * b / 6 : (4 - 6 * a * a + 3 * a * a * a) / 6;
    }

    private static void scale(double[] column, double sum) {
        if (sum > 0) {
            for (int c = 0; c < column.length; c++) {
                column[c] /= sum;
            }
        }
    }
}
