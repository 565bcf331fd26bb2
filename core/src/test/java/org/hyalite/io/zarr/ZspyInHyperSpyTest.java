package org.hyalite.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.hspy.HspyFile;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Protects the promise that HyperSpy itself opens what is written, with axes, units and metadata in place. */
class ZspyInHyperSpyTest {
    private static final String SCRIPT = """
            import json, logging, sys
            logging.disable(logging.CRITICAL)
            try:
                import zarr, hyperspy.api as hs
            except ImportError:
                sys.exit(42)
            loaded = hs.load(sys.argv[1])
            out = []
            for s in loaded:
                s.save(sys.argv[3] + "/" + s.metadata.General.title[0] + ".zspy")
                s.save(sys.argv[3] + "/" + s.metadata.General.title[0] + ".hspy")
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

    private static final int NO_HYPERSPY = 42;
    private static final int NO_PYTHON = -1;

    @TempDir
    Path folder;

    @Test
    void hyperSpyOpensWhatIsWritten() throws Exception {
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
        int status = python(script.toString(), written.toString(), json.toString(), folder.toString());
        assumeTrue(
                status != NO_PYTHON && status != NO_HYPERSPY,
                "skipped: no python3 on the path has HyperSpy with zarr to open the folder with");
        assertThat(status).as(said()).isZero();
        JsonNode seen = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(seen.get(0).toString())
                .isEqualTo("{\"class\":\"EDSTEMSpectrum\",\"title\":\"a EDS\",\"shape\":[3,5,40],\"dtype\":\"uint16\","
                        + "\"sum\":302.0,\"last\":300.0,\"axes\":[[\"y\",3,1.5,0.0,\"nm\",true],"
                        + "[\"x\",5,1.5,0.0,\"nm\",true],[\"Energy\",40,0.01,-0.25,\"keV\",false]],"
                        + "\"energy\":80.0,\"current\":0.9,\"dwell\":0.12,\"tilt\":-35.5,\"live\":0.12,\"real\":null,"
                        + "\"resolution\":130.0,\"detector\":\"SuperX\",\"elements\":[\"Co\",\"Zn\"],\"tilts\":null}");
        assertThat(seen.get(1).get("class").asString()).isEqualTo("Signal2D");
        assertThat(seen.get(1).get("title").asString()).isEqualTo("b ADF/series");
        assertThat(seen.get(1).get("dtype").asString()).isEqualTo("float32");
        assertThat(seen.get(1).get("last").asDouble()).isEqualTo(-0.5);
        assertThat(seen.get(1).get("tilts").toString()).isEqualTo("[-70.0,70.0]");
        assertThat(seen.get(1).get("axes").get(0).toString())
                .contains("\"tilt\",2,")
                .endsWith("true]");

        for (String ending : List.of(".zspy", ".hspy")) {
            Format format = ending.equals(".zspy") ? ZspyFile.format() : HspyFile.format();
            Recording edsAgain = format.read(folder.resolve("a" + ending));
            assertThat(edsAgain.warnings()).isEmpty();
            Signal signal = edsAgain.signals().get(0);
            assertThat(signal.axes()).as(ending).isEqualTo(eds.axes());
            SpectrumImage again =
                    signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
            assertThat(again.sum().counts()).isEqualTo(map.build().sum().counts());
            assertThat(again.window(0, 40).at(2, 4)).isEqualTo(302);
            known.known()
                    .forEach((key, value) -> assertThat(
                                    signal.acquisition().known().get(key).value())
                            .as(ending + " " + key)
                            .isEqualTo(value.value()));
            Signal adf = format.read(folder.resolve("b" + ending)).signals().get(0);
            assertThat(adf.name()).isEqualTo(series.name());
            assertThat(adf.acquisition().numbers(Key.TILTS)).contains(List.of(-70.0, 70.0));
            assertThat(adf.as(Signal.Stack.class).orElseThrow().images().get(1).at(2, 4))
                    .isEqualTo(-0.5f);
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("python.txt"), StandardCharsets.UTF_8);
    }

    /** Runs the first python3 on the path that has HyperSpy, so that one without it does not hide it. */
    private int python(String... arguments) throws IOException, InterruptedException {
        int status = NO_PYTHON;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path python = Path.of(directory, "python3");
            if (!Files.isExecutable(python)) {
                continue;
            }
            List<String> line = new ArrayList<>(List.of(python.toString()));
            line.addAll(List.of(arguments));
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("python.txt").toFile())
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            status = ended ? process.exitValue() : NO_HYPERSPY;
            if (status != NO_HYPERSPY) {
                return status;
            }
        }
        return status;
    }
}
