package org.hyalite.spectra;

import java.util.List;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;

/**
 * What a silicon detector makes of a line: a Gaussian, and two things beside it.
 *
 * <p><b>Incomplete charge collection.</b> Of the charge freed at depth z under the entrance window the share
 * {@code η(z) = 1 − L exp(−z/τ)} is collected (the form of Scholze and Procop, X-Ray Spectrom. 38, 312, 2009). Photons of
 * attenuation μ stop at depths of density {@code μ exp(−μz)}; so the lost share {@code u = 1 − η} has the density
 * {@code x u^(x−1) / L^x} on 0…L with {@code x = μτ}: a peak that stays where it is, with a tail down to {@code (1 − L) E},
 * strongest just above silicon's K edge, and at low energies, where all photons stop near the surface, a peak moved down.
 * A further share of the photons, as at the border of the detector, loses charge at whatever depth it stops: any part of it
 * up to a limit, all alike.
 *
 * <p><b>Escape.</b> Above silicon's K edge a Si Kα photon may leave through the window: a peak 1.740 keV lower, with
 * {@code ½ ω (1 − 1/r) (1 − (μ_K/μ) ln(1 + μ/μ_K))} counts for one in the line (Reed and Ware, J. Phys. E 5, 582, 1972); ω,
 * r and both attenuations are xraylib's.
 *
 * @param width of the Gaussians
 * @param lossDepthUm τ, µm of silicon; 0: all charge is collected
 * @param surfaceLoss L, share of the charge that is lost at the very surface
 * @param borderShare share of the photons that lose charge at any depth
 * @param borderLoss the largest share of its charge that such a photon loses
 * @param escape whether escape peaks are part of a line
 */
record Response(
        PeakWidth width,
        double lossDepthUm,
        double surfaceLoss,
        double borderShare,
        double borderLoss,
        boolean escape) {
    private static final Element SILICON = Element.of("Si");
    private static final double SILICON_DENSITY = 2.33;
    private static final double CM_PER_UM = 1e-4;
    private static final double SI_EDGE_KEV = XrayLine.of("Si_Ka").edgeKeV();
    private static final double SI_KA_KEV = XrayLine.of("Si_Ka").energyKeV();
    private static final double SI_KA_ATTENUATION = MassAttenuation.cm2PerGram(SILICON, SI_KA_KEV);

    /** Tails are made of Gaussians this many standard deviations apart; the first, with the peak, reaches half as far. */
    private static final double STEP_SIGMAS = 0.9;

    private static final double NEGLIGIBLE = 1e-5;

    /** Parts of a family below this share of it are Gaussians. */
    private static final double WORTH_A_TAIL = 0.01;

    /** Gaussians alone. */
    static Response gaussian(PeakWidth width) {
        return new Response(width, 0, 0, 0, 0, false);
    }

    /**
     * Adds lines that lie close together to {@code into}, {@code [channel]}.
     *
     * @param lines weights add up to one
     * @param counts in the peak and its tail, for one of the family; the escape peak's come on top
     * @param firstKeV centre of channel 0 of {@code into}
     */
    void add(List<XrayLine.Component> lines, double counts, double firstKeV, double gain, double[] into) {
        double edge = firstKeV - gain / 2;
        double mean =
                lines.stream().mapToDouble(l -> l.energyKeV() * l.weight()).sum();
        double x = silicon(mean) * SILICON_DENSITY * CM_PER_UM * lossDepthUm;
        double inner = counts > WORTH_A_TAIL ? counts * (1 - borderShare) : counts;
        double first = Math.min(surfaceLoss, 0.5 * STEP_SIGMAS * width.sigmaKeV(mean) / mean);
        boolean tailed = counts > WORTH_A_TAIL;
        double share = tailed && x > 0 && surfaceLoss > 0 ? Math.pow(first / surfaceLoss, x) : 1;
        double lost = x > 0 ? x / (x + 1) * first : 0;
        for (XrayLine.Component line : lines) {
            double at = line.energyKeV() * (1 - lost);
            double sigma = width.sigmaKeV(line.energyKeV());
            NormalIntegral.add(into, inner * share * line.weight(), at, sigma, edge, gain);
        }
        if (share < 1) {
            tail(mean, x, first, inner, edge, gain, into);
        }
        if (tailed && borderShare > 0) {
            int pieces = pieces(borderLoss, mean);
            for (int i = 0; i < pieces; i++) {
                double energy = mean * (1 - borderLoss * (i + 0.5) / pieces);
                NormalIntegral.add(into, counts * borderShare / pieces, energy, width.sigmaKeV(energy), edge, gain);
            }
        }
        if (escape && mean > SI_EDGE_KEV) {
            double energy = mean - SI_KA_KEV;
            NormalIntegral.add(into, counts * escapeShare(mean), energy, width.sigmaKeV(energy), edge, gain);
        }
    }

    private void tail(double mean, double x, double first, double counts, double edge, double gain, double[] into) {
        int pieces = pieces(surfaceLoss - first, mean);
        double below = Math.pow(first / surfaceLoss, x);
        double belowMean = below * first;
        for (int i = 1; i <= pieces; i++) {
            double u = first + (surfaceLoss - first) * i / pieces;
            double upTo = Math.pow(u / surfaceLoss, x);
            double share = upTo - below;
            if (share > NEGLIGIBLE) {
                double lost = x / (x + 1) * (upTo * u - belowMean) / share;
                double energy = mean * (1 - lost);
                NormalIntegral.add(into, counts * share, energy, width.sigmaKeV(energy), edge, gain);
            }
            below = upTo;
            belowMean = upTo * u;
        }
    }

    private int pieces(double loss, double mean) {
        return Math.max(1, (int) Math.ceil(loss * mean / (STEP_SIGMAS * width.sigmaKeV(mean))));
    }

    /** Counts in the escape peak for one in the line's own. */
    static double escapeShare(double energyKeV) {
        double ratio = silicon(energyKeV) / SI_KA_ATTENUATION;
        double all = 0.5 * SILICON.fluorescenceYieldK() * (1 - 1 / SILICON.jumpK());
        return all * (1 - Math.log1p(ratio) / ratio);
    }

    private static double silicon(double energyKeV) {
        return MassAttenuation.cm2PerGram(SILICON, energyKeV);
    }
}
