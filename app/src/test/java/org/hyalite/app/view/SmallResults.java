package org.hyalite.app.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Element;
import org.hyalite.study.Json;
import tools.jackson.databind.node.ObjectNode;

/** A results folder as a run leaves it, with small volumes that were made up. */
record SmallResults(Path folder, Volume co, Volume zn, double threshold) {
    static final double VOXEL_NM = 2;

    /** A ball of two halves, nearly pure Co and Zn, in noise. */
    static SmallResults in(Path folder, int nz, int ny, int nx, long seed) throws IOException {
        Random random = new Random(seed);
        Volume co = Volume.zeros(nz, ny, nx, VOXEL_NM);
        Volume zn = Volume.zeros(nz, ny, nx, VOXEL_NM);
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    double far =
                            Math.hypot(Math.hypot((z + 0.5) / nz - 0.5, (y + 0.5) / ny - 0.5), (x + 0.5) / nx - 0.5);
                    boolean inside = far < 0.4;
                    boolean left = x < nx / 2;
                    co.set(z, y, x, value(random, inside && left ? 5 : 0));
                    zn.set(z, y, x, value(random, inside && !left ? 6 : 0));
                }
            }
        }
        SmallResults made = new SmallResults(folder, co, zn, 2.5);
        MrcWriter.writeVolume(folder.resolve("sample/density_Co.mrc"), co);
        MrcWriter.writeVolume(folder.resolve("sample/density_Zn.mrc"), zn);
        double[] tilts = {-30, 0, 30};
        Image image = Image.zeros(ny, nx, VOXEL_NM);
        MrcWriter.writeSeries(
                folder.resolve("sample/counts_Co_Ka.mrc"),
                TiltSeries.of(TiltGeometry.of(tilts), java.util.List.of(image, image, image)));
        made.writePhases();
        ObjectNode convergence = Json.object().put("volume", "density_Co").put("unit", "atoms/nm³");
        Json.write(folder.resolve("sample/convergence.json"), Json.array().add(convergence));
        ObjectNode provenance = Json.object();
        provenance.putArray("warnings").add("a warning of the run");
        Json.write(folder.resolve("provenance.json"), provenance);
        Files.createDirectories(folder.resolve("figures"));
        Files.writeString(folder.resolve("figures/weights.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Files.createDirectories(folder.resolve("sample/volume.ome.zarr"));
        Files.writeString(folder.resolve("sample/volume.ome.zarr/.zattrs"), "{}");
        return made;
    }

    private static float value(Random random, double mean) {
        return (float) Math.max(0, mean + 0.3 * random.nextGaussian() - (mean > 0 ? 0 : 0.2));
    }

    void writePhases() {
        ObjectNode phases = Json.object().put("fraction_of", "Zn").put("unit", "atoms/nm³");
        phases.putArray("among").add("Co").add("Zn");
        phases.put("threshold_per_nm3", threshold);
        Json.write(folder.resolve("phases.json"), phases);
    }

    Map<Element, Volume> densities() {
        return Map.of(Element.of("Co"), co, Element.of("Zn"), zn);
    }
}
