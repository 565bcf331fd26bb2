package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.progress.Progress;

/**
 * The subspace of spectra that explains most of a series' Poisson-scaled counts. A pixel's spectrum is replaced by its
 * projection {@code P n}, {@code P = √H V Vᵀ / √H}, one matrix for all pixels: a filter f of the projected spectrum is the
 * filter {@code Pᵀ f} of the counted one, so that no denoised cube is ever made. The first vector is the mean spectrum's,
 * hence the sum over all pixels of the maps is kept exactly.
 *
 * <p>The rank with the least estimated risk: vectors learnt on half of the pixels (a chessboard's black ones) are judged on
 * the other half, whose noise is independent. A vector v lowers the squared error there by
 * {@code Σ_p ((v·ñ_p)² − 2 Σ_c v_c² n_pc / (g_p h_c))}, estimated without bias: the signal that it keeps less the noise
 * that it lets through.
 */
final class LowRank {
    private static final int MOST_CHANNELS = 4096;
    private static final int MOST_TRIED = 24;

    /** The largest rank that may be asked for. */
    static final int MOST_RANK = 100;

    private final double[] scale;
    private final List<double[]> vectors;
    private final Denoising denoising;

    private LowRank(double[] scale, List<double[]> vectors, Denoising denoising) {
        this.scale = scale;
        this.vectors = vectors;
        this.denoising = denoising;
    }

    /**
     * @param rank empty: found
     * @throws IllegalArgumentException if the rank is not within 1…100, or the range has more than 4096 channels
     */
    static LowRank of(List<SpectrumImage> maps, FitRange range, OptionalInt rank, int threads, Progress progress) {
        if (rank.isPresent() && (rank.getAsInt() < 1 || rank.getAsInt() > MOST_RANK)) {
            throw new IllegalArgumentException(
                    rank.getAsInt() + " components to denoise with, expected 1…" + MOST_RANK + " or auto");
        }
        if (range.channels() > MOST_CHANNELS) {
            throw new IllegalArgumentException(range.channels() + " channels are fitted; denoising takes at most "
                    + MOST_CHANNELS + ": sum neighbouring channels first");
        }
        double[] scale = scale(maps, range);
        double[] first = scale.clone();
        double norm = Math.sqrt(LeadingVectors.dot(first, first));
        if (!(norm > 0)) {
            throw new IllegalArgumentException("no counts to denoise");
        }
        for (int c = 0; c < first.length; c++) {
            first[c] /= norm;
        }
        ChannelGram black = ChannelGram.of(maps, range, scale, 0, threads, progress);
        ChannelGram white = ChannelGram.of(maps, range, scale, 1, threads, progress);
        progress.check();
        double[] saved = new double[0];
        int wanted;
        if (rank.isPresent()) {
            wanted = rank.getAsInt();
        } else {
            saved = riskSaved(black, white, first);
            wanted = best(saved);
        }
        List<double[]> vectors = LeadingVectors.of(
                (x, into) -> {
                    black.addProduct(x, into);
                    white.addProduct(x, into);
                },
                first,
                wanted);
        return new LowRank(scale, vectors, new Denoising(vectors.size(), rank.isEmpty(), saved));
    }

    /** {@code √h_c}, h being each channel's share of all counts. */
    private static double[] scale(List<SpectrumImage> maps, FitRange range) {
        double[] sum = new double[range.channels()];
        for (SpectrumImage map : maps) {
            double[] counts = map.sum().counts();
            for (int c = 0; c < sum.length; c++) {
                sum[c] += counts[range.first() + c];
            }
        }
        double total = 0;
        for (double s : sum) {
            total += s;
        }
        for (int c = 0; c < sum.length; c++) {
            sum[c] = total > 0 ? Math.sqrt(sum[c] / total) : 0;
        }
        return sum;
    }

    /** Relative to the noise that each vector lets through, each half judging the other's vectors. */
    private static double[] riskSaved(ChannelGram black, ChannelGram white, double[] first) {
        List<double[]> ofBlack = LeadingVectors.of(black::addProduct, first, MOST_TRIED);
        List<double[]> ofWhite = LeadingVectors.of(white::addProduct, first, MOST_TRIED);
        double[] saved = new double[Math.min(ofBlack.size(), ofWhite.size())];
        for (int k = 0; k < saved.length; k++) {
            double noise = white.noise(ofBlack.get(k)) + black.noise(ofWhite.get(k));
            double energy = white.energy(ofBlack.get(k)) + black.energy(ofWhite.get(k));
            saved[k] = noise > 0 ? energy / noise - 2 : 0;
        }
        return saved;
    }

    /** Where the sum of what is saved is largest; at least one. */
    private static int best(double[] saved) {
        int best = 1;
        double sum = 0;
        double most = 0;
        for (int k = 1; k < saved.length; k++) {
            sum += saved[k];
            if (sum > most) {
                most = sum;
                best = k + 1;
            }
        }
        return best;
    }

    Denoising denoising() {
        return denoising;
    }

    /** {@code Pᵀ f}: what f gives of the projected spectrum, as a filter of the counted one. */
    double[] adjoint(double[] filter) {
        double[] scaled = new double[filter.length];
        for (int c = 0; c < scaled.length; c++) {
            scaled[c] = filter[c] * scale[c];
        }
        double[] out = new double[filter.length];
        for (double[] v : vectors) {
            double share = LeadingVectors.dot(v, scaled);
            for (int c = 0; c < out.length; c++) {
                out[c] += scale[c] > 0 ? share * v[c] / scale[c] : 0;
            }
        }
        return out;
    }

    double[][] adjoint(double[][] filters) {
        List<double[]> all = new ArrayList<>();
        for (double[] filter : filters) {
            all.add(adjoint(filter));
        }
        return all.toArray(double[][]::new);
    }
}
