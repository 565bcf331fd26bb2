package org.hyalite.study.recipe;

import java.util.Map;

/**
 * How uncertainties are estimated: {@code uncertainty: {replicas: N, seed: S, alignment: held|repeated}}.
 *
 * @param replicas of the measured counts; 0: none, and no uncertainties
 * @param seed names the draws
 * @param realigned whether each replica's ADF images are aligned anew
 */
public record UncertaintySettings(int replicas, long seed, boolean realigned) {
    /** Nothing is asked for. */
    public static final UncertaintySettings NONE = new UncertaintySettings(0, 1, false);

    /** A standard deviation of fewer says nothing. */
    private static final int FEWEST = 3;

    private static final int MOST = 10_000;

    /** The same with another number of replicas. */
    public UncertaintySettings withReplicas(int number) {
        if (number != 0 && (number < FEWEST || number > MOST)) {
            throw new InputException("--replicas " + number + ": give " + FEWEST + "…" + MOST + ", or 0 for none");
        }
        return new UncertaintySettings(number, seed, realigned);
    }

    static UncertaintySettings read(YamlMap map) {
        int replicas = map.wholeNumber("replicas").orElseThrow(() -> map.missing("replicas"));
        if (replicas != 0 && (replicas < FEWEST || replicas > MOST)) {
            throw map.error("replicas", replicas + " is not within " + FEWEST + "…" + MOST + ", nor 0 for none");
        }
        int seed = map.wholeNumber("seed").orElse((int) NONE.seed);
        boolean repeated = map.choice("alignment", Map.of("held", false, "repeated", true))
                .orElse(false);
        map.finish();
        return new UncertaintySettings(replicas, seed, repeated);
    }
}
