package org.hyalite.io.msa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Protects agreement with what HyperSpy 1.7.3 read from real files (reference-values.jsonl). */
class MsaRealFilesTest {
    private static Recording read(String name) {
        return MsaFile.format().read(ReferenceSignals.folder().resolve(name));
    }

    @Test
    void valuesAndEnergiesAreThoseOfHyperSpy() {
        for (String name : List.of(
                "msa/Fe_ref1.msa",
                "msa/MgO_ref1.msa",
                "msa/L2083_tilt15_crop16sum_DEV.msa",
                "msa/coreloss_spectrum.msa",
                "msa/epq-thin-film/Cu std.msa",
                "msa/epq-thin-film/Fe std.msa",
                "msa/epq-thin-film/MgO std.msa")) {
            JsonNode expected = ReferenceSignals.of(name).get(0);
            Signal signal = read(name).signals().get(0);
            JsonNode stats = expected.path("stats");
            assertThat(signal.name()).isEqualTo(expected.path("title").asString());
            double sum = stats.path("sum").asDouble();
            assertThat(signal.statistics().sum()).isCloseTo(sum, within(sum == Math.rint(sum) ? 0 : 1e-12 * sum));
            assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
            assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
            Axis axis = signal.axes().get(0);
            JsonNode e = expected.path("axes").get(0);
            double factor = e.path("units").asString().equals("eV") ? 1e-3 : 1;
            assertThat(axis.unit()).isEqualTo("keV");
            assertThat(axis.size()).isEqualTo(e.path("size").asInt());
            ReferenceSignals.assertClose(axis.scale(), factor * e.path("scale").asDouble());
            ReferenceSignals.assertClose(
                    axis.offset(), factor * e.path("offset").asDouble());
            double[] counts = signal.as(Signal.SingleSpectrum.class)
                    .orElseThrow()
                    .spectrum()
                    .counts();
            int peak = stats.path("argmax_first_index").get(0).asInt();
            assertThat(counts[peak]).as(name).isEqualTo(stats.path("max").asDouble());
            JsonNode range = stats.path("sumspec_sum_channels");
            double part = 0;
            for (int c = range.get(0).asInt(); c < range.get(1).asInt(); c++) {
                part += counts[c];
            }
            assertThat(part).isCloseTo(range.get(2).asDouble(), within(1e-9 * part));
        }
    }

    @Test
    void standardsKeepCurrentAndLiveTime() {
        Recording recording = read("msa/epq-thin-film/Cu std.msa");
        Acquisition known = recording.signals().get(0).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(30.0);
        assertThat(known.number(Key.BEAM_CURRENT)).contains(1.0);
        assertThat(known.source(Key.BEAM_CURRENT)).contains("PROBECUR");
        assertThat(known.number(Key.LIVE_TIME)).contains(60.0);
        assertThat(known.number(Key.REAL_TIME)).as("0 in the file").isEmpty();
        assertThat(known.names(Key.DETECTORS)).containsExactly("SIUTW, elevation 35.0 deg, azimuth 0.0 deg");
        assertThat(recording.warnings()).singleElement().asString().contains("REALTIME");
    }

    @Test
    void hyperSpysOwnFileKeepsItsTiltAndResolution() {
        Acquisition known =
                read("msa/L2083_tilt15_crop16sum_DEV.msa").signals().get(0).acquisition();
        assertThat(known.number(Key.TILT)).contains(15.0);
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(130.0);
        assertThat(known.number(Key.REAL_TIME)).contains(141.85728);
        assertThat(known.known()).doesNotContainKeys(Key.LIVE_TIME, Key.BEAM_CURRENT);
    }

    @Test
    void anEnergyLossSpectrumIsCalledOne() {
        assertThat(read("msa/coreloss_spectrum.msa").warnings()).anyMatch(w -> w.contains("ELS"));
    }
}
