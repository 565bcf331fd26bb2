package org.hyalite.phantom;

/** What random numbers are drawn for; each has streams of its own, so that changing one leaves the others as they are. */
enum Stream {
    PARTICLE,
    MISALIGNMENT,
    FILM,
    ADF,
    XRAYS,
    MICROSCOPE;

    Dice dice(long seed, int... names) {
        long[] stream = new long[names.length + 1];
        stream[0] = ordinal();
        for (int i = 0; i < names.length; i++) {
            stream[i + 1] = names[i];
        }
        return Dice.of(seed, stream);
    }
}
