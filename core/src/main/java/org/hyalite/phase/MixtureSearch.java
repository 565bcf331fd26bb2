package org.hyalite.phase;

import java.util.Random;

/** The best mixture of a number of phases: several seeded starts, the best of them brought to its end. */
final class MixtureSearch {
    private static final int STARTS = 3;
    private static final int FIRST_STEPS = 12;
    private static final int MOST_STEPS = 100;

    /** Gain of log likelihood per point below which a fit has come to its end. */
    private static final double SETTLED = 1e-5;

    private final MixturePoints points;
    private final MixtureEm em;
    private final double[] sd;

    MixtureSearch(MixturePoints points) {
        this.points = points;
        em = new MixtureEm(points);
        sd = spreads(points);
    }

    MixtureEm em() {
        return em;
    }

    /** A fitted mixture with the log likelihood of all points. */
    record Fitted(MixtureState state, double logLikelihood) {}

    Fitted fit(int phases, long seed) {
        MixtureState best = new MixtureState(phases, points.elements());
        double highest = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < (phases == 1 ? 1 : STARTS); start++) {
            MixtureState s = start(phases, new Random(seed + 1000L * phases + start));
            double log = 0;
            for (int step = 0; step < FIRST_STEPS; step++) {
                log = em.step(s, true);
            }
            if (log > highest) {
                highest = log;
                best = s;
            }
        }
        double before = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            double log = em.step(best, true);
            if (log - before < SETTLED * points.count()) {
                break;
            }
            before = log;
        }
        return new Fitted(best, em.step(best, false));
    }

    /** Means at points chosen far from one another (k-means++), spreads a share of the whole. */
    private MixtureState start(int phases, Random random) {
        int e = points.elements();
        MixtureState s = new MixtureState(phases, e);
        s.evenWeights();
        double[] distance = new double[points.count()];
        java.util.Arrays.fill(distance, 1);
        for (int k = 0; k < phases; k++) {
            double sum = 0;
            for (double d : distance) {
                sum += d;
            }
            double pick = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < distance.length - 1 && pick > distance[chosen]) {
                pick -= distance[chosen++];
            }
            for (int a = 0; a < e; a++) {
                s.mean[k][a] = points.densities()[chosen * e + a];
                s.spread[k][a * e + a] = sd[a] * sd[a] / (4.0 * phases * phases);
            }
            for (int i = 0; i < distance.length; i++) {
                double square = 0;
                for (int a = 0; a < e; a++) {
                    double d = (points.densities()[i * e + a] - s.mean[k][a]) / sd[a];
                    square += d * d;
                }
                distance[i] = k == 0 ? square : Math.min(distance[i], square);
            }
        }
        return s;
    }

    private static double[] spreads(MixturePoints points) {
        int e = points.elements();
        double[] sd = new double[e];
        for (int a = 0; a < e; a++) {
            double sum = 0;
            double square = 0;
            for (int i = a; i < points.densities().length; i += e) {
                sum += points.densities()[i];
                square += points.densities()[i] * points.densities()[i];
            }
            double mean = sum / points.count();
            sd[a] = Math.sqrt(Math.max(points.noise().common()[a * e + a], square / points.count() - mean * mean));
        }
        return sd;
    }
}
