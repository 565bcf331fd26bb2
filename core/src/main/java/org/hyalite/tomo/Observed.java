package org.hyalite.tomo;

import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;

/**
 * One measured series, how its distance is counted, and how it answers to each volume.
 *
 * @param response by volume
 */
record Observed(
        TiltSeries data,
        Optional<TiltSeries> standardErrors,
        DataTerm term,
        float[] response,
        Optional<Thinned> thinned) {

    static Observed single(TiltSeries data, Optional<TiltSeries> standardErrors, DataTerm term) {
        return new Observed(data, standardErrors, term, new float[] {1f}, Optional.empty());
    }

    DataFit fit(Slabs slabs) {
        if (term instanceof DataTerm.WeightedLeastSquares) {
            return DataFit.weighted(data, standardErrors.orElseThrow(), slabs);
        }
        if (term instanceof DataTerm.KullbackLeibler counts) {
            return DataFit.kullbackLeibler(data, counts, slabs);
        }
        return DataFit.leastSquares(data, slabs);
    }

    /** On pixels of twice the edge. */
    Observed coarser(Slabs slabs) {
        DataTerm own = term instanceof DataTerm.KullbackLeibler counts
                ? new DataTerm.KullbackLeibler(Coarser.series(counts.background(), slabs), counts.countsPerUnit())
                : term;
        return new Observed(
                Coarser.series(data, slabs),
                standardErrors.map(e -> Coarser.errors(e, slabs)),
                own,
                response,
                thinned.map(t -> new Thinned(Coarser.series(t.setAside(), slabs), t.share())));
    }

    /** Some tilts of it. */
    Observed select(int... tilts) {
        DataTerm own = term;
        if (term instanceof DataTerm.KullbackLeibler counts) {
            double[] gains = IntStream.of(tilts)
                    .mapToDouble(t -> counts.countsPerUnit()[t])
                    .toArray();
            own = new DataTerm.KullbackLeibler(counts.background().select(tilts), gains);
        }
        return new Observed(
                data.select(tilts),
                standardErrors.map(e -> e.select(tilts)),
                own,
                response,
                thinned.map(t -> new Thinned(t.setAside().select(tilts), t.share())));
    }

    /** With a share of the counts to be set aside; the same where there are no counts. */
    Observed thinned(double share, long seed) {
        return term instanceof DataTerm.KullbackLeibler
                ? new Observed(data, standardErrors, term, response, Optional.of(Thinned.of(data, share, seed)))
                : this;
    }

    /** {@code E[D]} at the truth, whose images (by response) are {@code seen}, if noise is all that differs. */
    double expectedMisfit(TiltSeries seen, Slabs slabs) {
        if (term instanceof DataTerm.KullbackLeibler counts) {
            PoissonDeviance deviance = new PoissonDeviance();
            float[][] background = counts.background().blocks();
            return fit(slabs).pieces((b, tilt, from, to, width) -> {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    sum += deviance.expectedHalf(counts.countsPerUnit()[tilt] * seen.blocks()[b][i] + background[b][i]);
                }
                return sum;
            });
        }
        TiltSeries errors = standardErrors.orElseThrow(() -> new IllegalArgumentException(
                "the discrepancy principle asks for counts or for standard errors; choose another criterion"));
        boolean weighted = term instanceof DataTerm.WeightedLeastSquares;
        return fit(slabs).pieces((b, tilt, from, to, width) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
                double e = errors.blocks()[b][i];
                sum += weighted ? 0.5 : e * e / 2;
            }
            return sum;
        });
    }

    /** Without the counts set aside; the same where none are. */
    Observed kept() {
        if (thinned.isEmpty()) {
            return this;
        }
        TiltSeries left = data.copy();
        for (int b = 0; b < left.blocks().length; b++) {
            float[] from = thinned.get().setAside().blocks()[b];
            for (int i = 0; i < from.length; i++) {
                left.blocks()[b][i] = Math.max(0f, left.blocks()[b][i] - from[i]);
            }
        }
        return part(left, 1 - thinned.get().share());
    }

    /** The counts set aside alone. */
    Observed setAside() {
        Thinned own = thinned.orElseThrow();
        return part(own.setAside(), own.share());
    }

    private Observed part(TiltSeries counts, double share) {
        DataTerm.KullbackLeibler all = (DataTerm.KullbackLeibler) term;
        TiltSeries background = all.background().copy();
        for (float[] block : background.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (share * block[i]);
            }
        }
        double[] gains = all.countsPerUnit().clone();
        for (int t = 0; t < gains.length; t++) {
            gains[t] *= share;
        }
        DataTerm own = new DataTerm.KullbackLeibler(background, gains);
        return new Observed(counts, standardErrors, own, response, Optional.empty());
    }
}
