package org.hyalite.io.jeol;

import java.util.List;
import java.util.Map;
import org.hyalite.io.Seed;

/** Small files of every kind of JEOL's Analysis Station, and a project of two. */
public final class JeolSeeds {
    private JeolSeeds() {}

    public static List<Seed> all() {
        int[][][][] photons = {{{{5, 90}, {}}, {{7}, {4000, 1}}}, {{{}, {8}}, {{9}, {}}}};
        byte[] map = JeolBuilder.map(
                "2x2",
                List.of(0, 0, 1, 1),
                JeolBuilder.sweeps(photons, 2048, 2048).array());
        byte[] image = JeolBuilder.image("a", 3, 2, 7, new byte[12]);
        return List.of(
                Seed.of("m.pts", map),
                Seed.of("m.img", image),
                Seed.of("m.map", JeolBuilder.image("Fe", 2, 2, 6, new byte[4])),
                Seed.of("m.eds", JeolBuilder.spectrum(new int[] {1, 0, 7, 3}, 5)),
                Seed.of(
                        "p.asw",
                        Map.of("p.asw", JeolBuilder.project(3, ".\\a.img", ".\\m.pts"), "a.img", image, "m.pts", map)));
    }
}
