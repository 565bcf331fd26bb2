package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.physics.Element;

/**
 * The model of the sum spectrum: linear in the amplitudes of line parts, unknown peaks and background splines, not linear
 * in a vector θ of axis, detector and absorbers. Amplitudes stand in this order: each group's main part (with the parts
 * tied to it) and its free parts, the unknown peaks, the splines.
 *
 * @param range the fitted channels
 * @param groups the line groups
 * @param unknownChannels where peaks stand that no group explains; they move with the axis, so that they say nothing of it
 * @param absorbers elements in the way of the continuum, each with its mass thickness in θ
 * @param beamEnergyKeV of the beam
 * @param escape whether lines have escape peaks
 */
record SumModel(
        FitRange range,
        List<LineGroup> groups,
        List<Double> unknownChannels,
        List<Absorber> absorbers,
        double beamEnergyKeV,
        boolean escape) {
    /** Indices of θ: centre of channel 0, keV. */
    static final int OFFSET = 0;
    /** Width of a channel, keV. */
    static final int GAIN = 1;
    /** FWHM at Mn Kα, eV. */
    static final int FWHM = 2;
    /** Growth of FWHM² with energy, eV. */
    static final int SLOPE = 3;
    /** Depth of incomplete charge collection, µm. */
    static final int LOSS_DEPTH = 4;
    /** Share of charge lost at the surface. */
    static final int SURFACE_LOSS = 5;
    /** Share of photons that lose charge at any depth. */
    static final int BORDER_SHARE = 6;
    /** The largest share of its charge that such a photon loses. */
    static final int BORDER_LOSS = 7;
    /** The first absorber's mass thickness, 1e-4 g/cm². */
    static final int ABSORBER = 8;

    static final double THICKNESS_UNIT = 1e-4;
    private static final double[] DELTA = {1e-4, 2e-7, 0.05, 0.001, 5e-4, 2e-4, 2e-4, 5e-4};

    /**
     * An element in the way of the continuum.
     *
     * @param perMass μ/ρ at every channel, cm²/g
     */
    record Absorber(Element element, double[] perMass) {}

    int parameters() {
        return ABSORBER + absorbers.size();
    }

    /** The same with elements in the way of the continuum, their edges where θ has them. */
    SumModel withAbsorbers(List<Element> elements, double[] theta) {
        List<Absorber> made = new ArrayList<>();
        for (Element element : elements) {
            PeakWidth width = new PeakWidth(theta[FWHM], theta[SLOPE]);
            made.add(new Absorber(
                    element, Background.attenuation(element, width, firstKeV(theta), theta[GAIN], range.channels())));
        }
        return new SumModel(range, groups, unknownChannels, List.copyOf(made), beamEnergyKeV, escape);
    }

    SumModel withEscape(boolean with) {
        return new SumModel(range, groups, unknownChannels, absorbers, beamEnergyKeV, with);
    }

    double firstKeV(double[] theta) {
        return theta[OFFSET] + range.first() * theta[GAIN];
    }

    Response response(double[] theta) {
        PeakWidth width = new PeakWidth(theta[FWHM], theta[SLOPE]);
        return new Response(
                width, theta[LOSS_DEPTH], theta[SURFACE_LOSS], theta[BORDER_SHARE], theta[BORDER_LOSS], escape);
    }

    /** All columns at θ. */
    Columns columns(double[] theta) {
        double[][] lines = lines(theta);
        double[] through = new double[range.channels()];
        Arrays.fill(through, 1);
        for (int k = 0; k < absorbers.size(); k++) {
            double thickness = theta[ABSORBER + k] * THICKNESS_UNIT;
            if (thickness > 0) {
                double[] mu = absorbers.get(k).perMass();
                for (int c = 0; c < through.length; c++) {
                    through[c] *= Math.exp(-thickness * mu[c]);
                }
            }
        }
        double[][] splines = Background.splines(firstKeV(theta), theta[GAIN], range.channels(), beamEnergyKeV, through);
        double[][] all = Arrays.copyOf(lines, lines.length + splines.length);
        System.arraycopy(splines, 0, all, lines.length, splines.length);
        return Columns.of(all);
    }

    /**
     * The model's derivative by a parameter of θ, the amplitudes held.
     *
     * @param here {@link #lines} at θ
     */
    double[] slope(int parameter, double[] theta, double[][] here, double[] amplitude, double[] background) {
        double[] slope = new double[range.channels()];
        if (parameter >= ABSORBER) {
            double[] mu = absorbers.get(parameter - ABSORBER).perMass();
            for (int c = 0; c < slope.length; c++) {
                slope[c] = -THICKNESS_UNIT * mu[c] * background[c];
            }
            return slope;
        }
        double[] up = theta.clone();
        up[parameter] += DELTA[parameter];
        double[][] above = lines(up);
        for (int j = 0; j < above.length; j++) {
            double factor = amplitude[j] / DELTA[parameter];
            if (factor > 0) {
                for (int c = 0; c < slope.length; c++) {
                    slope[c] += factor * (above[j][c] - here[j][c]);
                }
            }
        }
        return slope;
    }

    int lineColumns() {
        int n = unknownChannels.size();
        for (LineGroup group : groups) {
            for (int p = 0; p < group.parts().size(); p++) {
                n += p == 0 || separate(p, group.parts().get(p)) ? 1 : 0;
            }
        }
        return n;
    }

    private static boolean separate(int index, LineGroup.Part part) {
        return index > 0 && part.freedom() > 0;
    }

    /** Each group's columns: the main part with those tied to it, then every free part; [column][channel]. */
    double[][] lines(double[] theta) {
        Response response = response(theta);
        double first = firstKeV(theta);
        double[][] dense = new double[lineColumns()][range.channels()];
        int column = 0;
        for (LineGroup group : groups) {
            int main = column++;
            for (int p = 0; p < group.parts().size(); p++) {
                LineGroup.Part part = group.parts().get(p);
                int own = separate(p, part) ? column++ : main;
                response.add(part.lines(), part.share(), first, theta[GAIN], dense[own]);
            }
        }
        for (double unknown : unknownChannels) {
            double energy = theta[OFFSET] + unknown * theta[GAIN];
            double sigma = response.width().sigmaKeV(energy);
            NormalIntegral.add(dense[column++], 1, energy, sigma, first - theta[GAIN] / 2, theta[GAIN]);
        }
        return dense;
    }

    /** The groups with the shares of their parts as amplitudes with a covariance, and the tables as a prior, have them. */
    List<LineGroup> refined(double[] theta, double[] amplitude, double[] covariance, int n) {
        List<LineGroup> refined = new ArrayList<>();
        int at = 0;
        for (LineGroup group : groups) {
            int main = at++;
            double[] shares = new double[group.parts().size()];
            double all = 0;
            double tabled = 0;
            for (int p = 0; p < shares.length; p++) {
                LineGroup.Part part = group.parts().get(p);
                shares[p] = part.share();
                tabled += part.share();
                if (separate(p, part)) {
                    int own = at++;
                    if (amplitude[main] > 0) {
                        double ratio = amplitude[own] / amplitude[main];
                        double variance = covariance[own * n + own] / (amplitude[main] * amplitude[main]);
                        double prior = part.freedom() * part.freedom();
                        double posterior = (variance + ratio * prior) / (variance + prior);
                        shares[p] *= Math.min(posterior, 1 + 3 * part.freedom());
                    }
                }
                all += shares[p];
            }
            boolean shell = group.parts().get(0).share() < 1;
            if (shell) { // L and M: the amplitude is the counts of the whole shell
                for (int p = 0; p < shares.length; p++) {
                    shares[p] *= tabled / all;
                }
            }
            refined.add(group.withShares(shares));
        }
        for (double unknown : unknownChannels) {
            refined.add(LineGroup.unknown(theta[OFFSET] + unknown * theta[GAIN]));
        }
        return refined;
    }
}
