package org.hyalite.io.msa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.PythonReader;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects EMSA/MAS spectra as programs really write them, and their way out and back. */
class MsaFileTest {
    private static final String HEADER = """
            #FORMAT      : EMSA/MAS Spectral Data File
            #VERSION     : 1.0
            #TITLE       : a spectrum
            #NPOINTS     : 6
            #NCOLUMNS    : 1
            #XUNITS      : eV
            #DATATYPE    : Y
            #XPERCHAN    : 10.0
            #OFFSET      : -20
            """;

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("s.msa"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Signal signal(String text) throws IOException {
        Recording recording = MsaFile.format().read(write(text));
        assertThat(recording.signals()).hasSize(1);
        return recording.signals().get(0);
    }

    private static double[] counts(Signal signal) {
        return signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum().counts();
    }

    @Test
    void energyLossesAreNoCountsOnTheWayInAndOut() throws IOException {
        String data = "#SPECTRUM:\n1 2 3 4 5 6\n#ENDOFDATA:\n";
        assertThat(signal(HEADER + "#SIGNALTYPE: EDS\n" + data).isCounts()).isTrue();
        assertThat(signal(HEADER + data).isCounts()).isTrue();
        Signal losses = signal(HEADER + "#SIGNALTYPE: ELS\n" + data);
        assertThat(losses.isCounts()).isFalse();
        Path again = folder.resolve("again.msa");
        MsaWriter.write(again, losses);
        assertThat(Files.readString(again)).doesNotContain("EDS").doesNotContain("ounts");
        assertThat(MsaFile.format().read(again).signals().get(0).isCounts()).isFalse();
    }

    @Test
    void lineEndsAndColumnsMakeNoDifference() throws IOException {
        List<String> data = List.of(
                "#SPECTRUM    : \n0,\n1.5,\n2,\n3e2,\n4,\n5,\n#ENDOFDATA   : \n",
                "#SPECTRUM    :\n0.0, 1.5, 2., 300.0,\n\n4,5\n#ENDOFDATA:",
                "#SPECTRUM: go\n0 1.5 2\n3.0E+02 4 5\n#EndOfData : x\n#CHECKSUM    : 12345\n",
                "#SPECTRUM    : \n0,0 1,5; 2,0 300,0\n4,00 5,00\n#ENDOFDATA   : \n",
                "#SPECTRUM    : \n0,1.5,2,300,4,5\n#ENDOFDATA   : \n");
        for (String numbers : data) {
            for (String end : List.of("\n", "\r\n", "\r")) {
                Signal signal = signal((HEADER + numbers).replace("\n", end));
                assertThat(counts(signal)).as(numbers).containsExactly(0, 1.5, 2, 300, 4, 5);
                assertThat(signal.name()).isEqualTo("a spectrum");
                assertThat(signal.axes()).containsExactly(new Axis("energy", 6, 0.01, -0.02, "keV"));
            }
        }
    }

    @Test
    void pairsGiveTheirOwnEnergies() throws IOException {
        String header = HEADER.replace("#DATATYPE    : Y", "#DATATYPE    : XY").replace("#XPERCHAN    : 10.0\n", "");
        Signal signal = signal(header + "#SPECTRUM:\n-20, 1\n-10.0, 2\n0.0, 3\n10, 4\n20, 5\n30.0, 6\n#ENDOFDATA:\n");
        assertThat(counts(signal)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(signal.axes().get(0).scale()).isCloseTo(0.01, within(1e-15));
        assertThat(signal.axes().get(0).offset()).isCloseTo(-0.02, within(1e-15));
        refused(header + "#SPECTRUM:\n0, 1\n1, 2\n2, 3\n3, 4\n4, 5\n9, 6\n#ENDOFDATA:\n", "equally wide");
    }

    @Test
    void everyQuantityHasItsKeywordAndUnit() throws IOException {
        Signal signal = signal(HEADER.replace("#OFFSET      : -20\n", "#CHOFFSET    : 2\n")
                + "#BEAMKV   -kV: 200,0\n#PROBECUR -pA: 450\n#LIVETIME  -s: 60.5\n#REALTIME  -s: 71\n"
                + "#XTILTSTGE-dg: -35.5\n#ELEVANGLE-dg: 18\n#AZIMANGLE-dg: 45\n#EDSDET      : SIUTW\n"
                + "#FWHMMNKA    : 130\n##ELEMENTS   : Co Zn\n#SPECTRUM:\n1 2 3 4 5 6\n#ENDOFDATA:\n");
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(known.source(Key.BEAM_ENERGY)).contains("BEAMKV -kV");
        assertThat(known.number(Key.BEAM_CURRENT).orElseThrow()).isCloseTo(0.45, within(1e-12));
        assertThat(known.number(Key.LIVE_TIME)).contains(60.5);
        assertThat(known.number(Key.REAL_TIME)).contains(71.0);
        assertThat(known.number(Key.TILT)).contains(-35.5);
        assertThat(known.source(Key.TILT)).contains("XTILTSTGE -dg");
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(130.0);
        assertThat(known.names(Key.DETECTORS)).containsExactly("SIUTW, elevation 18.0 deg, azimuth 45.0 deg");
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Co", "Zn");
        assertThat(signal.axes().get(0).offset()).as("from CHOFFSET").isCloseTo(-0.02, within(1e-15));
    }

    @Test
    void whatIsNotKnownIsNotUsedAndSaid() throws IOException {
        Recording recording = MsaFile.format()
                .read(write(HEADER.replace("#XUNITS      : eV\n", "")
                        + "#REALTIME: 0\n#PROBECUR-dB: 3\n#SIGNALTYPE: ELS\n#SPECTRUM:\n1 2 3 4 5 -6\n#ENDOFDATA:\n"));
        assertThat(recording.signals().get(0).acquisition().known()).isEmpty();
        assertThat(recording.signals().get(0).axes().get(0).unit()).isEmpty();
        assertThat(String.join("\n", recording.warnings()))
                .contains(
                        "REALTIME is 0", "PROBECUR is in 'dB'", "SIGNALTYPE is ELS", "energy calibration", "negative");
    }

    @Test
    void contradictionsAreRefusedByLineAndReason() throws IOException {
        refused(HEADER + "#SPECTRUM:\n1 2 3 4 5\n#ENDOFDATA:\n", "5 numbers", "promises 6");
        refused(HEADER + "#SPECTRUM:\n1 2 3 4 5 6 7\n#ENDOFDATA:\n", "promises 6");
        refused(HEADER + "#SPECTRUM:\n1 2\n3 four 5 6\n#ENDOFDATA:\n", "line 12", "'four' is no number");
        refused(HEADER + "#SPECTRUM:\n1 2 3 4 5 NaN\n#ENDOFDATA:\n", "'NaN' is no number");
        refused(HEADER + "#SPECTRUM:\n1 2 3 4 5 6\n", "without #ENDOFDATA");
        refused(HEADER, "without #SPECTRUM");
        refused("1 2 3\n", "line 1", "keyword");
        refused("#TITLE: x\n", "line 1", "#FORMAT");
        refused(HEADER.replace(": 6", ": 99999999") + "#SPECTRUM:\n1\n#ENDOFDATA:\n", "NPOINTS");
        refused(HEADER.replace(": 6", ": 6.5") + "#SPECTRUM:\n1\n#ENDOFDATA:\n", "line 4", "6.5");
        refused(HEADER.replace(": 6", ": 0") + "#SPECTRUM:\n#ENDOFDATA:\n", "0 points");
        refused(HEADER.replace(": 10.0", ": 0") + "#SPECTRUM:\n1 2 3 4 5 6\n#ENDOFDATA:\n", "XPERCHAN");
        refused(HEADER.replace(": eV", ": nm") + "#SPECTRUM:\n1 2 3 4 5 6\n#ENDOFDATA:\n", "in nm");
    }

    private void refused(String text, String... words) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> MsaFile.format().read(file))
                .isInstanceOf(MicroscopeFileException.class)
                .message()
                .contains(file.toString())
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void damagedFilesAreReadOrRefusedByName() throws IOException {
        Path file = folder.resolve("random.msa");
        MsaWriter.write(file, random(new Random(5), 40));
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut < whole.length - 10; cut += 3) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            if (cut < new String(whole, StandardCharsets.UTF_8).indexOf("#ENDOFDATA")) {
                assertThatThrownBy(() -> MsaFile.format().read(file)).isInstanceOf(MicroscopeFileException.class);
            }
        }
        Random random = new Random(6);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                assertThat(MsaFile.format().read(file).signals()).hasSize(1);
            } catch (MicroscopeFileException e) {
                assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
            }
        }
    }

    private static Signal random(Random random, int channels) {
        double[] counts = new double[channels];
        Statistics.Collector statistics = new Statistics.Collector();
        for (int c = 0; c < channels; c++) {
            counts[c] = random.nextBoolean() ? random.nextInt(1 << 24) : random.nextDouble() * 1e6;
            statistics.add(counts[c]);
        }
        EnergyAxis energy =
                new EnergyAxis(channels, random.nextDouble() - 0.5, Math.scalb(random.nextDouble() + 0.1, -7));
        Acquisition known = Acquisition.nothing()
                .with(Key.BEAM_ENERGY, 1 + random.nextInt(300), "t")
                .with(Key.BEAM_CURRENT, 0.01 + random.nextDouble(), "t")
                .with(Key.LIVE_TIME, 0.5 + random.nextDouble(), "t")
                .with(Key.REAL_TIME, 2 + random.nextDouble(), "t")
                .with(Key.TILT, random.nextInt(140) - 70.5, "t")
                .with(Key.ENERGY_RESOLUTION, 129.5, "t")
                .withNames(Key.DETECTORS, List.of("EDS, elevation 18.0 deg, azimuth 45.0 deg", "second"), "t")
                .withNames(Key.ELEMENTS, List.of("Co", "Zn"), "t");
        return new Signal(
                "größe " + channels,
                List.of(new Axis("energy", channels, energy.gainKeV(), energy.offsetKeV(), "keV")),
                statistics.get(),
                known,
                new Signal.SingleSpectrum(Spectrum.of(energy, counts)));
    }

    @Test
    void anySpectrumComesBackWhole() {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            Signal before = random(random, 1 + random.nextInt(300));
            Path file = folder.resolve("round.msa");
            MsaWriter.write(file, before);
            Recording recording = MsaFile.format().read(file);
            Signal after = recording.signals().get(0);
            assertThat(recording.warnings()).isEmpty();
            assertThat(after.name()).isEqualTo(before.name());
            assertThat(after.axes()).isEqualTo(before.axes());
            assertThat(after.statistics()).isEqualTo(before.statistics());
            assertThat(counts(after)).isEqualTo(counts(before));
            before.acquisition()
                    .known()
                    .forEach((key, value) -> assertThat(
                                    after.acquisition().known().get(key).value())
                            .isEqualTo(value.value()));
        }
    }

    @Test
    void theSumOfAMapKeepsItsLiveTime() {
        EnergyAxis energy = new EnergyAxis(4, 0, 0.01);
        SpectrumImage map = SpectrumImage.whole(2, 3, 1, energy)
                .pixel(0, 1, new int[] {1, 0, 2, 0})
                .pixel(1, 2, new int[] {1, 0, 0, 3})
                .build();
        Signal signal = new Signal(
                "map",
                List.of(),
                new Statistics(7, 0, 3),
                Acquisition.nothing().with(Key.DWELL_TIME, 0.5, "t"),
                new Signal.Maps(List.of(map)));
        Path file = folder.resolve("sum.msa");
        MsaWriter.write(file, signal);
        Signal sum = MsaFile.format().read(file).signals().get(0);
        assertThat(counts(sum)).containsExactly(2, 0, 2, 3);
        assertThat(sum.acquisition().number(Key.LIVE_TIME)).contains(3.0);
    }

    @Test
    void hyperSpyOpensWhatIsWritten() {
        Signal signal = random(new Random(8), 100);
        Path file = folder.resolve("written.msa");
        MsaWriter.write(file, signal);
        JsonNode seen = PythonReader.read(folder, "import hyperspy.api as hs", """
                s = hs.load(path, signal_type="EDS_TEM")
                a = s.axes_manager[0]
                m = s.metadata.Acquisition_instrument.TEM
                out = [a.size, a.scale, a.offset, a.units, float(s.data.sum()), float(s.data[-1]),
                       m.beam_energy, m.beam_current, m.Stage.tilt_alpha, m.Detector.EDS.live_time]
                """, file);
        Acquisition known = signal.acquisition();
        double[] counts = counts(signal);
        Axis axis = signal.axes().get(0);
        assertThat(seen.get(3).asString()).isEqualTo("keV");
        double[] expected = {
            100,
            axis.scale(),
            axis.offset(),
            Double.NaN,
            signal.statistics().sum(),
            counts[99],
            known.number(Key.BEAM_ENERGY).orElseThrow(),
            known.number(Key.BEAM_CURRENT).orElseThrow(),
            known.number(Key.TILT).orElseThrow(),
            known.number(Key.LIVE_TIME).orElseThrow()
        };
        for (int i = 0; i < expected.length; i++) {
            if (i != 3) {
                assertThat(seen.get(i).asDouble())
                        .as("" + i)
                        .isCloseTo(expected[i], within(1e-9 * Math.abs(expected[i])));
            }
        }
    }
}
