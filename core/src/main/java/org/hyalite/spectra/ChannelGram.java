package org.hyalite.spectra;

import java.util.List;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/**
 * Second moments of Poisson-scaled spectra, Keenan & Kotula (2004), Surf. Interface Anal. 36, 203: with {@code g_p} a
 * pixel's counts and {@code h_c} a channel's share of all counts, {@code K = Σ_p ñ_p ñ_pᵀ}, {@code ñ_pc = n_pc / √(g_p h_c)},
 * in which noise is alike everywhere. One of two interleaved halves of the pixels. Holds the lower triangle.
 */
final class ChannelGram {
    private static final int PIECES = 16;

    private final double[][] rows;
    private final double[] noise;

    private ChannelGram(double[][] rows, double[] noise) {
        this.rows = rows;
        this.noise = noise;
    }

    /**
     * Of the pixels with {@code (y + x) mod 2 = half}; each piece of channels reads all of them, so that threads share no sum.
     *
     * @param scale {@code √h_c}; channels of zero are left out
     */
    static ChannelGram of(
            List<SpectrumImage> maps, FitRange range, double[] scale, int half, int threads, Progress progress) {
        int channels = range.channels();
        double[][] rows = new double[channels][];
        double[] noise = new double[channels];
        Slabs.of(threads).run(PIECES, piece -> {
            int from = edge(piece, channels);
            int to = edge(piece + 1, channels);
            for (int c = from; c < to; c++) {
                rows[c] = new double[c + 1];
            }
            double[] scaled = new double[channels];
            for (SpectrumImage map : maps) {
                progress.check();
                PixelReader reader = new PixelReader(map, range);
                for (int y = 0; y < map.ny(); y++) {
                    for (int x = (y + half) % 2; x < map.nx(); x += 2) {
                        int events = reader.read(y, x);
                        double all = 0;
                        for (int e = 0; e < events; e++) {
                            all += reader.counts[e];
                        }
                        for (int e = 0; e < events && all > 0; e++) {
                            int c = reader.channel[e];
                            scaled[e] = reader.counts[e] / scale[c];
                            if (c >= from && c < to) {
                                noise[c] += scaled[e] / scale[c] / all;
                                double factor = scaled[e] / all;
                                double[] row = rows[c];
                                for (int i = 0; i <= e; i++) {
                                    row[reader.channel[i]] += factor * scaled[i];
                                }
                            }
                        }
                    }
                }
            }
        });
        return new ChannelGram(rows, noise);
    }

    /** Pieces of as many entries of the triangle. */
    private static int edge(int piece, int channels) {
        return (int) Math.round(channels * Math.sqrt((double) piece / PIECES));
    }

    int channels() {
        return rows.length;
    }

    /** Adds {@code K x} to {@code into}. */
    void addProduct(double[] x, double[] into) {
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double xi = x[i];
            double sum = row[i] * xi;
            for (int j = 0; j < i; j++) {
                sum += row[j] * x[j];
                into[j] += row[j] * xi;
            }
            into[i] += sum;
        }
    }

    /** {@code vᵀ K v}. */
    double energy(double[] v) {
        double[] product = new double[v.length];
        addProduct(v, product);
        double sum = 0;
        for (int c = 0; c < v.length; c++) {
            sum += v[c] * product[c];
        }
        return sum;
    }

    /** The part of {@link #energy} that Poisson noise makes, estimated from the counts: {@code Σ_c v_c² Σ_p n_pc / (g_p h_c)}. */
    double noise(double[] v) {
        double sum = 0;
        for (int c = 0; c < v.length; c++) {
            sum += v[c] * v[c] * noise[c];
        }
        return sum;
    }
}
