package org.hyalite.io.dm;

import java.util.List;
import org.hyalite.io.Seed;

/** Small DigitalMicrograph files of either version: a map and a tilt series. */
public final class DmSeeds {
    private DmSeeds() {}

    public static List<Seed> all() {
        return List.of(
                Seed.of("s.dm3", DmDamageTest.small(3, true)),
                Seed.of("s.dm4", DmDamageTest.small(4, false)),
                Seed.of("s.dm4", DmDamageTest.small(4, true)));
    }
}
