package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoissonFitTest {
    private static final int CHANNELS = 120;

    private static double[][] bumps(int count, SplittableRandom random) {
        double[][] columns = new double[count][CHANNELS];
        for (int j = 0; j < count; j++) {
            double centre = random.nextDouble(CHANNELS);
            double width = j == 0 ? 1e3 : random.nextDouble(1, 12);
            double sum = 0;
            for (int c = 0; c < CHANNELS; c++) {
                columns[j][c] = Math.exp(-0.5 * Math.pow((c - centre) / width, 2));
                sum += columns[j][c];
            }
            for (int c = 0; c < CHANNELS; c++) {
                columns[j][c] /= sum;
            }
        }
        return columns;
    }

    /** The law of the maximum (Karush, Kuhn, Tucker), over random models of any conditioning and sparse counts. */
    @Test
    void theConditionsOfTheMaximumHoldForRandomModels() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 300; trial++) {
            double[][] dense = bumps(1 + random.nextInt(10), random);
            int[] channel = new int[CHANNELS];
            double[] counts = new double[CHANNELS];
            int events = 0;
            for (int c = 0; c < CHANNELS; c++) {
                if (random.nextDouble() < 0.4) {
                    channel[events] = c;
                    counts[events++] = 1 + random.nextInt(trial % 7 == 0 ? 1000 : 3);
                }
            }
            double total = Arrays.stream(counts).sum();
            double[] a = new double[dense.length];
            Arrays.fill(a, 1);
            boolean converged = new PoissonFit(Columns.of(dense)).fit(channel, counts, events, a);
            assertThat(converged).as("trial %d", trial).isTrue();
            double fitted = 0;
            for (int j = 0; j < a.length; j++) {
                double gradient = Arrays.stream(dense[j]).sum();
                for (int e = 0; e < events; e++) {
                    double mu = 0;
                    for (int k = 0; k < a.length; k++) {
                        mu += a[k] * dense[k][channel[e]];
                    }
                    gradient -= counts[e] * dense[j][channel[e]] / mu;
                }
                assertThat(a[j]).isNotNegative();
                assertThat(gradient).as("gradient of %d, trial %d", j, trial).isGreaterThan(-1e-4);
                assertThat(gradient * a[j]).isCloseTo(0, within(1e-4 * (1 + total)));
                fitted += a[j] * Arrays.stream(dense[j]).sum();
            }
            assertThat(fitted).as("the fit holds the counts").isCloseTo(total, within(1e-4 * (1 + total)));
        }
    }

    @Test
    void noCountsGiveNothing() {
        double[] a = {3, 3};
        boolean converged = new PoissonFit(Columns.of(bumps(2, new SplittableRandom(1))))
                .fit(new int[CHANNELS], new double[CHANNELS], 0, a);
        assertThat(converged).isTrue();
        assertThat(a).containsOnly(0);
    }

    @Test
    void anExactModelIsFoundAgain() {
        double[][] dense = bumps(5, new SplittableRandom(5));
        Columns columns = Columns.of(dense);
        double[] truth = {300, 20, 0.5, 80, 40};
        double[] model = columns.model(truth);
        int[] channel = new int[CHANNELS];
        Arrays.setAll(channel, c -> c);
        double[] a = {1, 1, 1, 1, 1};
        new PoissonFit(columns).fit(channel, model, CHANNELS, a);
        for (int j = 0; j < a.length; j++) {
            assertThat(a[j]).isCloseTo(truth[j], within(1e-2));
        }
    }
}
