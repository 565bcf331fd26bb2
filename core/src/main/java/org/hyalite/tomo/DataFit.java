package org.hyalite.tomo;

import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;

/** A data term D with its data: its value, its conjugate, and the step of its dual variable q, pixel by pixel. */
abstract class DataFit {
    final TiltSeries data;
    final Slabs slabs;

    private DataFit(TiltSeries data, Slabs slabs) {
        this.data = data;
        this.slabs = slabs;
    }

    static DataFit leastSquares(TiltSeries data, Slabs slabs) {
        return new Squares(data, null, slabs);
    }

    static DataFit weighted(TiltSeries data, TiltSeries standardErrors, Slabs slabs) {
        return new Squares(data, standardErrors, slabs);
    }

    static DataFit kullbackLeibler(TiltSeries counts, DataTerm.KullbackLeibler term, Slabs slabs) {
        return new Counts(counts, term, slabs);
    }

    /** {@code q += ρ (prox(q + σ s) − q)} with {@code σ = scale / raySum}. */
    final void dualStep(float[][] q, float[][] s, float[] sigma, float rho) {
        pieces((b, tilt, from, to, width) -> {
            for (int o = from; o < to; o += width) {
                step(b, tilt, q[b], s[b], o, o + width, sigma[o / width], rho);
            }
            return 0;
        });
    }

    /** {@code q = ∇D(s)}. */
    final void slope(float[][] q, float[][] s) {
        pieces((b, tilt, from, to, width) -> {
            slope(b, tilt, q[b], s[b], from, to);
            return 0;
        });
    }

    /** D(s). */
    final double value(float[][] s) {
        return pieces((b, tilt, from, to, width) -> value(b, tilt, s[b], from, to));
    }

    /** D*(q). */
    final double conjugate(float[][] q) {
        return pieces((b, tilt, from, to, width) -> conjugate(b, tilt, q[b], from, to));
    }

    /** What pulls the volume from zero: {@code w b} for squares, {@code −∇D(0)}; for counts see {@link Weight.Relative}. */
    final TiltSeries pull() {
        return filled(this::pull);
    }

    /** What the data alone say of Ax: b for squares, (k − r)/c for counts. */
    final TiltSeries estimate() {
        return filled(this::estimate);
    }

    private TiltSeries filled(Filling filling) {
        TiltSeries series = TiltSeries.zeros(data.geometry(), data.ny(), data.nx(), data.pixelNm());
        pieces((b, tilt, from, to, width) -> {
            filling.fill(b, tilt, series.blocks()[b], from, to);
            return 0;
        });
        return series;
    }

    private interface Filling {
        void fill(int block, int tilt, float[] into, int from, int to);
    }

    /** A typical second derivative of D with respect to a pixel. */
    abstract double curvature();

    /** s over the curvature and the mean ray: found by trial on particles of 32³ to 96³ voxels. */
    abstract double usualStep();

    abstract void step(int b, int tilt, float[] q, float[] s, int from, int to, float sigma, float rho);

    abstract void slope(int b, int tilt, float[] q, float[] s, int from, int to);

    abstract double value(int b, int tilt, float[] s, int from, int to);

    abstract double conjugate(int b, int tilt, float[] q, int from, int to);

    abstract void pull(int b, int tilt, float[] into, int from, int to);

    abstract void estimate(int b, int tilt, float[] into, int from, int to);

    interface Piece {
        double of(int block, int tilt, int from, int to, int width);
    }

    final double pieces(Piece piece) {
        int tilts = data.tilts();
        return slabs.sum(Blocks.count(data.ny()) * tilts, i -> {
            int b = i / tilts;
            int tilt = i % tilts;
            int width = Blocks.width(data.ny(), b);
            return piece.of(b, tilt, tilt * data.nx() * width, (tilt + 1) * data.nx() * width, width);
        });
    }

    /** {@code ½ Σ w (s − b)²}, with w = 1 or one over the squared standard error (none: no weight). */
    private static final class Squares extends DataFit {
        private final float[][] weights;
        private final double curvature;

        Squares(TiltSeries data, @org.jspecify.annotations.Nullable TiltSeries errors, Slabs slabs) {
            super(data, slabs);
            int blocks = data.blocks().length;
            weights = new float[blocks][];
            double sum = 0;
            long count = 0;
            for (int b = 0; errors != null && b < blocks; b++) {
                float[] e = errors.blocks()[b];
                weights[b] = new float[e.length];
                for (int i = 0; i < e.length; i++) {
                    weights[b][i] = (float) (1 / ((double) e[i] * e[i]));
                    sum += weights[b][i];
                    count++;
                }
            }
            curvature = errors == null ? 1 : Math.max(sum / count, Double.MIN_NORMAL);
        }

        @Override
        double usualStep() {
            return 0.2;
        }

        @Override
        double curvature() {
            return curvature;
        }

        private boolean weighted() {
            return weights[0] != null;
        }

        @Override
        void step(int b, int tilt, float[] q, float[] s, int from, int to, float sigma, float rho) {
            float[] data = this.data.blocks()[b];
            if (!weighted()) {
                float shrink = 1f / (1f + sigma);
                for (int i = from; i < to; i++) {
                    float moved = (q[i] + sigma * (s[i] - data[i])) * shrink;
                    q[i] += rho * (moved - q[i]);
                }
                return;
            }
            float[] w = weights[b];
            for (int i = from; i < to; i++) {
                float moved = (q[i] + sigma * (s[i] - data[i])) * w[i] / (w[i] + sigma);
                q[i] += rho * (moved - q[i]);
            }
        }

        @Override
        void slope(int b, int tilt, float[] q, float[] s, int from, int to) {
            float[] data = this.data.blocks()[b];
            for (int i = from; i < to; i++) {
                q[i] = weighted() ? weights[b][i] * (s[i] - data[i]) : s[i] - data[i];
            }
        }

        @Override
        double value(int b, int tilt, float[] s, int from, int to) {
            float[] data = this.data.blocks()[b];
            double sum = 0;
            for (int i = from; i < to; i++) {
                double d = (double) s[i] - data[i];
                sum += weighted() ? weights[b][i] * d * d : d * d;
            }
            return sum / 2;
        }

        @Override
        double conjugate(int b, int tilt, float[] q, int from, int to) {
            float[] data = this.data.blocks()[b];
            double sum = 0;
            for (int i = from; i < to; i++) {
                double own = weighted()
                        ? (weights[b][i] > 0 ? (double) q[i] * q[i] / weights[b][i] : 0)
                        : (double) q[i] * q[i];
                sum += own / 2 + (double) q[i] * data[i];
            }
            return sum;
        }

        @Override
        void pull(int b, int tilt, float[] into, int from, int to) {
            float[] data = this.data.blocks()[b];
            for (int i = from; i < to; i++) {
                into[i] = weighted() ? weights[b][i] * data[i] : data[i];
            }
        }

        @Override
        void estimate(int b, int tilt, float[] into, int from, int to) {
            System.arraycopy(data.blocks()[b], from, into, from, to - from);
        }
    }

    /** {@code Σ (c s + r) − k log(c s + r) − (k − k log k)}. */
    private static final class Counts extends DataFit {
        private final float[][] background;
        private final double[] gain;

        Counts(TiltSeries data, DataTerm.KullbackLeibler term, Slabs slabs) {
            super(data, slabs);
            this.background = term.background().blocks();
            this.gain = term.countsPerUnit();
        }

        @Override
        double usualStep() {
            return 1;
        }

        @Override
        double curvature() {
            // where the counts are, not where the field is empty
            double weighted = pieces((b, tilt, from, to, width) -> {
                double own = 0;
                for (int i = from; i < to; i++) {
                    double k = data.blocks()[b][i];
                    own += k * gain[tilt] * gain[tilt] / Math.max(1, k);
                }
                return own;
            });
            double all = pieces((b, tilt, from, to, width) -> {
                double own = 0;
                for (int i = from; i < to; i++) {
                    own += data.blocks()[b][i];
                }
                return own;
            });
            return all > 0 ? Math.max(Double.MIN_NORMAL, weighted / all) : 1;
        }

        @Override
        void step(int b, int tilt, float[] q, float[] s, int from, int to, float sigma, float rho) {
            float[] counts = data.blocks()[b];
            double c = gain[tilt];
            for (int i = from; i < to; i++) {
                double y = q[i] + sigma * (s[i] + background[b][i] / c);
                double root = Math.sqrt((y - c) * (y - c) + 4 * sigma * (double) counts[i]);
                // the smaller root of (c − q)(y − q) = σ k, without cancellation
                double moved = y + c >= 0 && counts[i] > 0
                        ? 2 * (y * c - sigma * counts[i]) / (y + c + root)
                        : (y + c - root) / 2;
                q[i] += (float) (rho * (moved - q[i]));
            }
        }

        @Override
        void slope(int b, int tilt, float[] q, float[] s, int from, int to) {
            float[] counts = data.blocks()[b];
            double c = gain[tilt];
            for (int i = from; i < to; i++) {
                q[i] = (float) (c - c * counts[i] / (c * s[i] + background[b][i]));
            }
        }

        @Override
        double value(int b, int tilt, float[] s, int from, int to) {
            float[] counts = data.blocks()[b];
            double c = gain[tilt];
            double sum = 0;
            for (int i = from; i < to; i++) {
                double k = counts[i];
                double mean = c * s[i] + background[b][i];
                sum += mean - k + (k > 0 ? k * Math.log(k / mean) : 0);
            }
            return sum;
        }

        @Override
        double conjugate(int b, int tilt, float[] q, int from, int to) {
            float[] counts = data.blocks()[b];
            double c = gain[tilt];
            double sum = 0;
            for (int i = from; i < to; i++) {
                double k = counts[i];
                double share = q[i] / c;
                sum += -share * background[b][i]
                        - (k > 0 ? k * Math.log1p(-share) : share > 1 + 1e-6 ? Double.POSITIVE_INFINITY : 0);
            }
            return sum;
        }

        @Override
        void pull(int b, int tilt, float[] into, int from, int to) {
            float[] counts = data.blocks()[b];
            double c = gain[tilt];
            for (int i = from; i < to; i++) {
                into[i] = (float) (c * (counts[i] - background[b][i]) / Math.max(1, counts[i]));
            }
        }

        @Override
        void estimate(int b, int tilt, float[] into, int from, int to) {
            float[] counts = data.blocks()[b];
            for (int i = from; i < to; i++) {
                into[i] = (float) ((counts[i] - background[b][i]) / gain[tilt]);
            }
        }
    }
}
