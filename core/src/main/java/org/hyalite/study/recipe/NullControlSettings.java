package org.hyalite.study.recipe;

/**
 * Whether the particle is held against one of pure phases: {@code phases: {null_control: N}}, or
 * {@code {null_control: {replicas: N, seed: S}}}.
 *
 * @param replicas particles of pure phases; 0: none, and no control
 * @param seed names the draws
 */
public record NullControlSettings(int replicas, long seed) {
    /** Nothing is asked for. */
    public static final NullControlSettings NONE = new NullControlSettings(0, 1);

    /** With fewer a t-distribution has tails in which nothing is found. */
    private static final int FEWEST = 3;

    private static final int MOST = 1000;
    private static final String KEY = "null_control";

    /** The same with another number of replicas. */
    public NullControlSettings withReplicas(int number) {
        if (wrong(number)) {
            throw new InputException("--null-control " + number + ": give " + FEWEST + "…" + MOST + ", or 0 for none");
        }
        return new NullControlSettings(number, seed);
    }

    private static boolean wrong(int number) {
        return number != 0 && (number < FEWEST || number > MOST);
    }

    /** @param phases the mapping that the key stands in */
    static NullControlSettings read(YamlMap phases) {
        if (!phases.isMap(KEY)) {
            return checked(phases, phases.wholeNumber(KEY).orElse(0), NONE.seed);
        }
        YamlMap map = phases.map(KEY).orElseThrow();
        int replicas = map.wholeNumber("replicas").orElseThrow(() -> map.missing("replicas"));
        int seed = map.wholeNumber("seed").orElse((int) NONE.seed);
        map.finish();
        return checked(phases, replicas, seed);
    }

    private static NullControlSettings checked(YamlMap phases, int replicas, long seed) {
        if (wrong(replicas)) {
            throw phases.error(KEY, replicas + " replicas: give " + FEWEST + "…" + MOST + ", or 0 for none");
        }
        return new NullControlSettings(replicas, seed);
    }
}
