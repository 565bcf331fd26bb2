package org.hyalite.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Protects the promise that HyperSpy itself opens what is written, with axes, units and metadata in place. */
class ZspyInHyperSpyTest {
    private static final String SCRIPT =
            """
            import json, logging, sys
            logging.disable(logging.CRITICAL)
            import hyperspy.api as hs
            loaded = hs.load(sys.argv[1])
            out = []
            for s in loaded if isinstance(loaded, list) else [loaded]:
                m = s.metadata
                out.append({
                    "class": type(s).__name__, "title": m.General.title, "shape": s.data.shape,
                    "dtype": str(s.data.dtype), "sum": float(s.data.sum()), "last": float(s.data.ravel()[-1]),
                    "axes": [[a.name, a.size, a.scale, a.offset, str(a.units), bool(a.navigate)]
                             for a in s.axes_manager._axes],
                    "energy": m.get_item("Acquisition_instrument.TEM.beam_energy"),
                    "current": m.get_item("Acquisition_instrument.TEM.beam_current"),
                    "dwell": m.get_item("Acquisition_instrument.TEM.dwell_time"),
                    "tilt": m.get_item("Acquisition_instrument.TEM.Stage.tilt_alpha"),
                    "live": m.get_item("Acquisition_instrument.TEM.Detector.EDS.live_time"),
                    "real": m.get_item("Acquisition_instrument.TEM.Detector.EDS.real_time"),
                    "resolution": m.get_item("Acquisition_instrument.TEM.Detector.EDS.energy_resolution_MnKa"),
                    "detector": m.get_item("Acquisition_instrument.TEM.Detector.EDS.detector_type"),
                    "elements": m.get_item("Sample.elements"),
                    "tilts": m.get_item("Tomography.tilts"),
                })
            out.sort(key=lambda s: s["title"])
            with open(sys.argv[2], "w") as f:
                json.dump(out, f)
            """;

    @TempDir
    Path folder;

    @Test
    void hyperSpyOpensWhatIsWritten() throws Exception {
        assumeTrue(
                python("-c", "import hyperspy.api, zarr") == 0,
                "skipped: python3 on the path has no HyperSpy with zarr to open the folder with");
        EnergyAxis energy = new EnergyAxis(40, -0.25, 0.01);
        SpectrumImage.Builder map = SpectrumImage.whole(3, 5, 1.5, energy);
        int[] counts = new int[40];
        counts[39] = 300;
        counts[7] = 2;
        map.pixel(2, 4, counts);
        Acquisition known = Acquisition.nothing()
                .with(Key.BEAM_ENERGY, 80, "t")
                .with(Key.BEAM_CURRENT, 0.9, "t")
                .with(Key.DWELL_TIME, 0.12, "t")
                .with(Key.TILT, -35.5, "t")
                .with(Key.LIVE_TIME, 120, "t")
                .with(Key.REAL_TIME, 150, "t")
                .with(Key.ENERGY_RESOLUTION, 130, "t")
                .withNames(Key.DETECTORS, List.of("SuperX"), "t")
                .withNames(Key.ELEMENTS, List.of("Co", "Zn"), "t");
        Axis y = new Axis("y", 3, 1.5, 0, "nm");
        Axis x = new Axis("x", 5, 1.5, 0, "nm");
        Signal eds = new Signal(
                "a EDS",
                List.of(y, x, new Axis("energy", 40, 0.01, -0.25, "keV")),
                new Statistics(302, 0, 300),
                known,
                new Signal.Maps(List.of(map.build())));
        Image first = Image.of(3, 5, 1.5, new float[15]);
        Image second = Image.of(3, 5, 1.5, new float[15]);
        second.set(2, 4, -0.5f);
        Signal series = new Signal(
                "b ADF/series",
                List.of(new Axis("tilt", 2, 1, 0, ""), y, x),
                new Statistics(-0.5, -0.5, 0),
                Acquisition.nothing().withNumbers(Key.TILTS, List.of(-70.0, 70.0), "t"),
                new Signal.Stack(List.of(first, second), false));
        Path written = folder.resolve("out.zspy");
        ZspyWriter.write(written, List.of(eds, series));

        Path script = Files.writeString(folder.resolve("open.py"), SCRIPT);
        Path json = folder.resolve("out.json");
        assertThat(python(script.toString(), written.toString(), json.toString()))
                .isZero();
        JsonNode seen = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(seen.get(0).toString())
                .isEqualTo("{\"class\":\"EDSTEMSpectrum\",\"title\":\"a EDS\",\"shape\":[3,5,40],\"dtype\":\"uint16\","
                        + "\"sum\":302.0,\"last\":300.0,\"axes\":[[\"y\",3,1.5,0.0,\"nm\",true],"
                        + "[\"x\",5,1.5,0.0,\"nm\",true],[\"Energy\",40,0.01,-0.25,\"keV\",false]],"
                        + "\"energy\":80.0,\"current\":0.9,\"dwell\":0.12,\"tilt\":-35.5,\"live\":120.0,\"real\":150.0,"
                        + "\"resolution\":130.0,\"detector\":\"SuperX\",\"elements\":[\"Co\",\"Zn\"],\"tilts\":null}");
        assertThat(seen.get(1).get("class").asString()).isEqualTo("Signal2D");
        assertThat(seen.get(1).get("title").asString()).isEqualTo("b ADF/series");
        assertThat(seen.get(1).get("dtype").asString()).isEqualTo("float32");
        assertThat(seen.get(1).get("last").asDouble()).isEqualTo(-0.5);
        assertThat(seen.get(1).get("tilts").toString()).isEqualTo("[-70.0,70.0]");
        assertThat(seen.get(1).get("axes").get(0).toString()).contains("\"tilt\",2,").endsWith("true]");
    }

    /** Runs the first of the usual names that can import HyperSpy, so that a shadowing Python does not hide it. */
    private int python(String... arguments) throws IOException, InterruptedException {
        int status = -1;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path python = Path.of(directory, "python3");
            if (!Files.isExecutable(python)) {
                continue;
            }
            Path said = folder.resolve("python.txt");
            java.util.ArrayList<String> line = new java.util.ArrayList<>(List.of(python.toString()));
            line.addAll(List.of(arguments));
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            status = process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
            if (status == 0) {
                return 0;
            }
            process.destroyForcibly();
            System.getLogger("python").log(System.Logger.Level.DEBUG, Files.readString(said, StandardCharsets.UTF_8));
        }
        return status;
    }
}
