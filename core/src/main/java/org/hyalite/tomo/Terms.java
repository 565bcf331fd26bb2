package org.hyalite.tomo;

import java.util.List;
import org.hyalite.grid.TiltSeries;

/**
 * What the volumes' images are held against: {@code Σ_j D_j(Σ_c R_jc A x_c)} over terms j and channels (volumes) c. An
 * elemental map sees one volume; an ADF image sees all, each by its response R.
 */
final class Terms {
    private final List<Term> terms;
    private final int channels;

    /** One series, and how strongly it answers to each volume. */
    record Term(DataFit fit, float[] response) {
        /** The one volume that this term sees as it is; −1: it sees a mixture. */
        int plain() {
            int seen = -1;
            for (int c = 0; c < response.length; c++) {
                if (response[c] == 1f && seen < 0) {
                    seen = c;
                } else if (response[c] != 0f) {
                    return -1;
                }
            }
            return seen;
        }

        /** Σ_c |R_c|. */
        double total() {
            double sum = 0;
            for (float r : response) {
                sum += Math.abs(r);
            }
            return sum;
        }
    }

    private Terms(List<Term> terms, int channels) {
        this.terms = terms;
        this.channels = channels;
    }

    static Terms of(List<Term> terms, int channels) {
        return new Terms(List.copyOf(terms), channels);
    }

    static Terms single(DataFit fit) {
        return of(List.of(new Term(fit, new float[] {1f})), 1);
    }

    int count() {
        return terms.size();
    }

    int channels() {
        return channels;
    }

    Term get(int j) {
        return terms.get(j);
    }

    /** Whether a term sees several volumes, or a volume is seen by several terms. */
    boolean mixed() {
        for (int c = 0; c < channels; c++) {
            if (only(c) < 0) {
                return true;
            }
        }
        return false;
    }

    private int only(int channel) {
        int only = -1;
        for (int j = 0; j < terms.size(); j++) {
            if (terms.get(j).response[channel] != 0f) {
                if (only >= 0 || terms.get(j).plain() != channel) {
                    return -1;
                }
                only = j;
            }
        }
        return only;
    }

    /** {@code Σ_c R_jc s_c}: in {@code scratch}, or s itself where nothing is mixed. */
    TiltSeries seen(int j, TiltSeries[] s, TiltSeries scratch) {
        Term term = terms.get(j);
        int plain = term.plain();
        if (plain >= 0) {
            return s[plain];
        }
        sum(term.fit, term.response, s, scratch);
        return scratch;
    }

    /** {@code Σ_j R_jc q_j}: in {@code scratch}, or q itself where nothing is mixed. */
    TiltSeries pulled(int channel, TiltSeries[] q, TiltSeries scratch) {
        int only = only(channel);
        if (only >= 0) {
            return q[only];
        }
        float[] factors = new float[terms.size()];
        for (int j = 0; j < factors.length; j++) {
            factors[j] = terms.get(j).response[channel];
        }
        sum(terms.get(0).fit, factors, q, scratch);
        return scratch;
    }

    private static void sum(DataFit pieces, float[] factors, TiltSeries[] from, TiltSeries into) {
        pieces.pieces((b, tilt, first, last, width) -> {
            float[] out = into.blocks()[b];
            java.util.Arrays.fill(out, first, last, 0f);
            for (int k = 0; k < factors.length; k++) {
                float factor = factors[k];
                float[] in = from[k].blocks()[b];
                for (int i = first; factor != 0f && i < last; i++) {
                    out[i] += factor * in[i];
                }
            }
            return 0;
        });
    }

    /** Σ_j D_j. */
    double value(TiltSeries[] s, TiltSeries scratch) {
        double sum = 0;
        for (int j = 0; j < terms.size(); j++) {
            sum += terms.get(j).fit.value(seen(j, s, scratch).blocks());
        }
        return sum;
    }

    /** Σ_j D_j*. */
    double conjugate(TiltSeries[] q) {
        double sum = 0;
        for (int j = 0; j < terms.size(); j++) {
            sum += terms.get(j).fit.conjugate(q[j].blocks());
        }
        return sum;
    }
}
