package org.hyalite.io.tia;

import java.util.List;
import java.util.Map;
import org.hyalite.io.Seed;

/** Small series of TIA: alone in both versions, images, and one opened by its {@code .emi} file. */
public final class TiaSeeds {
    private TiaSeeds() {}

    public static List<Seed> all() {
        SerBuilder old = TiaFileTest.map(2, 2, 5);
        SerBuilder wide = TiaFileTest.map(2, 1, 4);
        wide.version = 0x0220;
        SerBuilder images = TiaFileTest.map(2, 1, 3);
        images.type = SerBuilder.IMAGES;
        images.ny = 2;
        images.values = new double[12];
        byte[] emi = SerBuilder.emi("EDX", "<ShapingTime>1e-5</ShapingTime>");
        return List.of(
                Seed.of("a_1.ser", old.build()),
                Seed.of("a_1.ser", wide.build()),
                Seed.of("a_1.ser", images.build()),
                Seed.of("a.emi", Map.of("a.emi", emi, "a_1.ser", old.build())));
    }
}
