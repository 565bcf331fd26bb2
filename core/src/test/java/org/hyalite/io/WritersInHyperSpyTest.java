package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.ripple.RippleWriter;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Protects users who go on with other programs: HyperSpy finds in what is written here every value in its place, the axes
 * and their units. What {@code .zspy} says of the recording is held by {@code ZspyInHyperSpyTest}.
 */
class WritersInHyperSpyTest {
    private static final String SCRIPT = """
            import os
            out = {}
            for name in sorted(os.listdir(path)):
                if not name.endswith((".mrc", ".rpl", ".zspy")):
                    continue
                s = hs.load(os.path.join(path, name))
                header = s.original_metadata.get_item("std_header")
                cell = [] if header is None else [float(header[a + "len"] / header["M" + a]) for a in "ZYX"]
                out[name] = {
                    "dtype": str(s.data.dtype), "shape": s.data.shape, "values": [float(v) for v in s.data.ravel()],
                    "axes": [[a.name, a.scale, a.offset, str(a.units)] for a in s.axes_manager._axes],
                    "cell": cell,
                    "energy": s.metadata.get_item("Acquisition_instrument.TEM.beam_energy"),
                    "tilt": s.metadata.get_item("Acquisition_instrument.TEM.Stage.tilt_alpha"),
                    "live": s.metadata.get_item("Acquisition_instrument.TEM.Detector.EDS.live_time"),
                }
            """;

    @TempDir
    Path folder;

    private final Random random = new Random(81);
    private final EnergyAxis energy = new EnergyAxis(6, -0.02, 0.01);
    private final Acquisition known = Acquisition.nothing()
            .with(Key.BEAM_ENERGY, 80, "t")
            .with(Key.TILT, -35.5, "t")
            .with(Key.DWELL_TIME, 2, "t")
            .with(Key.LIVE_TIME, 12, "t");

    private Image image(int ny, int nx, double nm) {
        Image image = Image.zeros(ny, nx, nm);
        for (int i = 0; i < ny * nx; i++) {
            image.values()[i] = (float) random.nextGaussian();
        }
        return image;
    }

    private static List<Axis> axes(double nm, int ny, int nx) {
        return List.of(new Axis("y", ny, nm, 0, "nm"), new Axis("x", nx, nm, 0, "nm"));
    }

    @Test
    void everyValueIsInItsPlace() {
        List<Image> planes = List.of(image(3, 5, 1.25), image(3, 5, 1.25), image(3, 5, 1.25), image(3, 5, 1.25));
        Volume volume = Volume.zeros(4, 3, 5, 1.25);
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 5; x++) {
                    volume.set(z, y, x, planes.get(z).at(y, x));
                }
            }
        }
        MrcWriter.writeVolume(folder.resolve("volume.mrc"), volume);
        MrcWriter.writeStack(folder.resolve("stack.mrc"), planes);
        MrcWriter.writeSeries(
                folder.resolve("series.mrc"), TiltSeries.of(TiltGeometry.of(new double[] {60, -60, 0, 30}), planes));

        SpectrumImage.Builder cells = SpectrumImage.whole(2, 3, 1.5, energy);
        double[] counts = new double[36];
        for (int pixel = 0; pixel < 6; pixel++) {
            int[] spectrum = new int[6];
            for (int c = 0; c < 6; c++) {
                spectrum[c] = random.nextInt(3) * random.nextInt(70_000);
                counts[6 * pixel + c] = spectrum[c];
            }
            cells.pixel(pixel / 3, pixel % 3, spectrum);
        }
        SpectrumImage map = cells.build();
        RippleWriter.write(folder.resolve("map.rpl"), map, "map", known);
        Image picture = image(2, 3, 0.75);
        Signal image = new Signal("ADF", axes(0.75, 2, 3), new Statistics(0, 0, 0), known, new Signal.Picture(picture));
        RippleWriter.write(folder.resolve("image.rpl"), image);
        double[] sum = {1, 2.5, 0, 1e9, 7, 0.125};
        Axis energies = new Axis("energy", 6, 0.01, -0.02, "keV");
        RippleWriter.write(
                folder.resolve("spectrum.rpl"),
                new Signal(
                        "sum",
                        List.of(energies),
                        new Statistics(0, 0, 0),
                        known,
                        new Signal.SingleSpectrum(Spectrum.of(energy, sum))));
        List<Axis> mapAxes = new ArrayList<>(axes(1.5, 2, 3));
        mapAxes.add(energies);
        ZspyWriter.write(
                folder.resolve("map.zspy"),
                List.of(new Signal("map", mapAxes, new Statistics(0, 0, 0), known, new Signal.Maps(List.of(map)))));
        ZspyWriter.write(folder.resolve("image.zspy"), List.of(image));

        JsonNode seen = PythonReader.read(folder, "import zarr, hyperspy.api as hs", SCRIPT, folder);
        assertThat(seen.size()).isEqualTo(8);
        assertMrc(seen.get("volume.mrc"), planes, 0, 1, 2, 3);
        assertMrc(seen.get("stack.mrc"), planes, 0, 1, 2, 3);
        assertMrc(seen.get("series.mrc"), planes, 1, 2, 3, 0);
        for (String name : List.of("map.rpl", "map.zspy")) {
            JsonNode map2 = seen.get(name);
            assertThat(map2.get("dtype").asString()).as(name).isEqualTo("uint32");
            assertThat(numbers(map2.get("shape"))).as(name).containsExactly(2, 3, 6);
            assertThat(numbers(map2.get("values"))).as(name).isEqualTo(counts);
            assertAxis(map2, 0, "y", 1.5, 0, "nm");
            assertAxis(map2, 1, "x", 1.5, 0, "nm");
            assertAxis(map2, 2, "Energy", 0.01, -0.02, "keV");
            assertThat(map2.get("energy").asDouble()).isEqualTo(80);
            assertThat(map2.get("tilt").asDouble()).isEqualTo(-35.5);
            assertThat(map2.get("live").asDouble())
                    .as("HyperSpy means the time per spectrum")
                    .isEqualTo(2);
        }
        for (String name : List.of("image.rpl", "image.zspy")) {
            JsonNode image2 = seen.get(name);
            assertThat(image2.get("dtype").asString()).as(name).isEqualTo("float32");
            assertThat(numbers(image2.get("shape"))).as(name).containsExactly(2, 3);
            assertThat(numbers(image2.get("values"))).as(name).isEqualTo(values(List.of(picture), 0));
            assertAxis(image2, 0, "y", 0.75, 0, "nm");
            assertAxis(image2, 1, "x", 0.75, 0, "nm");
        }
        JsonNode spectrum = seen.get("spectrum.rpl");
        assertThat(numbers(spectrum.get("values"))).isEqualTo(sum);
        assertAxis(spectrum, spectrum.get("axes").size() - 1, "Energy", 0.01, -0.02, "keV");
    }

    /**
     * HyperSpy 1.7 takes the cell's ångström ten times for nanometres (hyperspy issue 3106), so that lengths are held by the
     * header as it reads it.
     */
    private static void assertMrc(JsonNode seen, List<Image> planes, int... order) {
        assertThat(seen.get("dtype").asString()).isEqualTo("float32");
        assertThat(numbers(seen.get("shape"))).containsExactly(4, 3, 5);
        assertThat(numbers(seen.get("values"))).isEqualTo(values(planes, order));
        for (int axis = 0; axis < 3; axis++) {
            assertThat(seen.get("axes").get(axis).get(0).asString())
                    .isEqualTo(List.of("z", "y", "x").get(axis));
            assertThat(seen.get("axes").get(axis).get(2).asDouble()).isZero();
        }
        assertThat(numbers(seen.get("cell"))).as("Å").containsExactly(12.5, 12.5, 12.5);
    }

    private static void assertAxis(JsonNode seen, int axis, String name, double scale, double offset, String unit) {
        JsonNode found = seen.get("axes").get(axis);
        assertThat(found.get(0).asString()).isEqualTo(name);
        assertThat(found.get(1).asDouble()).isCloseTo(scale, within(1e-9));
        assertThat(found.get(2).asDouble()).isCloseTo(offset, within(1e-9));
        assertThat(found.get(3).asString()).isEqualTo(unit);
    }

    private static double[] values(List<Image> planes, int... order) {
        return java.util.Arrays.stream(order)
                .mapToObj(planes::get)
                .flatMapToDouble(image -> java.util.stream.IntStream.range(0, image.values().length)
                        .mapToDouble(i -> image.values()[i]))
                .toArray();
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
