package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.Volume;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.Experiment.PhaseCriterion;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the way back from the diagram to the recorded spectra, and what 'phases' says of bad volumes. */
class RegionStepTest {
    private static Path run = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void run() throws IOException {
        run = TinyTwin.run().folder();
    }

    @Test
    void sumSpectrumOfAPhaseHoldsTheAtomsThatItsRaysHold() throws IOException {
        TinyTwin.copy(run, folder.resolve("r"));
        Path out = folder.resolve("r");
        StudyResult result = RegionStep.run(out, PhaseSpec.SILENT, Optional.empty(), RegionSpec.phase("Zn-rich"), true);
        JsonNode json = Json.read(out.resolve("sample/region_Zn-rich.json"));
        assertThat(result.summary()).isEqualTo(json);
        double share = json.path("spectrum_share_of_region").asDouble();
        assertThat(share).isBetween(0.6, 0.99);
        Spectrum spectrum = MicroscopeFile.open(out.resolve("sample/region_Zn-rich.msa"))
                .of(Signal.SingleSpectrum.class)
                .get(0)
                .as(Signal.SingleSpectrum.class)
                .orElseThrow()
                .spectrum();
        double co = net(spectrum, 6.925) / 2.70;
        double zn = net(spectrum, 8.63) / 2.51;
        assertThat(zn / (co + zn))
                .as("pure phases: its share of atoms is that of Zn")
                .isCloseTo(share, within(0.06));
        Volume mask = Stacks.volume(out.resolve("sample/region_Zn-rich.mrc"));
        assertThat(mask.sum()).isEqualTo(json.path("voxels").asDouble());
        assertThat(Stacks.images(out.resolve("sample/region_Zn-rich_Zn.mrc"))).hasSize(7);
    }

    /** Net counts about a line, twin's σ in barn beside. */
    private static double net(Spectrum spectrum, double keV) {
        double line = 0;
        double beside = 0;
        int channels = 0;
        int others = 0;
        for (int c = 0; c < spectrum.counts().length; c++) {
            double d = Math.abs(spectrum.axis().energyKeV(c) - keV);
            if (d < 0.1) {
                line += spectrum.counts()[c];
                channels++;
            } else if (d > 0.2 && d < 0.3) {
                beside += spectrum.counts()[c];
                others++;
            }
        }
        return line - beside / others * channels;
    }

    @Test
    void boxesLeadToTheirVoxelsAndBadRegionsAreRefused() throws IOException {
        TinyTwin.copy(run, folder.resolve("r"));
        Path out = folder.resolve("r");
        StudyResult box = RegionStep.run(out, PhaseSpec.SILENT, Optional.of(2.5), RegionSpec.box("0.9..1,4..8"), false);
        assertThat(box.summary().path("voxels").asInt()).isPositive();
        assertThat(out.resolve("sample/region_box_Co.mrc")).exists();
        assertThatThrownBy(() -> region(out, RegionSpec.phase("Fe-rich"), false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Co-rich");
        assertThatThrownBy(() -> region(out, RegionSpec.box("0.4..0.41,90..91"), false))
                .hasMessageContaining("no voxel");
        for (String bad : List.of("", "0..1", "1..0,1..2", "0..2,1..2", "a..b,c..d", "0..1,2..1")) {
            assertThatThrownBy(() -> RegionSpec.box(bad)).isInstanceOf(InputException.class);
        }
    }

    private static StudyResult region(Path out, RegionSpec region, boolean spectrum) {
        return RegionStep.run(out, PhaseSpec.SILENT, Optional.empty(), region, spectrum);
    }

    @Test
    void recordedFilesThatAreGoneOrOthersAreNamed() throws IOException {
        TinyTwin.copy(run, folder.resolve("r"));
        Path out = folder.resolve("r");
        Path provenance = out.resolve("provenance.json");
        String text = Files.readString(provenance);
        Files.writeString(provenance, text.replace("tilt_0.zspy", "tilt_gone.zspy"));
        assertThatThrownBy(() -> region(out, RegionSpec.phase("Zn-rich"), true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tilt_gone.zspy: is gone")
                .hasMessageContaining("--spectrum");
        String sha = Json.read(provenance).path("inputs").get(0).path("sha256").asString();
        Files.writeString(provenance, text.replace(sha, "0".repeat(64)));
        assertThatThrownBy(() -> region(out, RegionSpec.phase("Zn-rich"), true))
                .hasMessageContaining("has changed since the run");
    }

    @Test
    void mixtureOneElementAndVolumesOfAnotherSizeEachHaveAClearOutcome() throws IOException {
        TinyTwin.copy(run, folder.resolve("r"));
        Path out = folder.resolve("r");
        PhaseSpec mixture = new PhaseSpec(
                Optional.empty(), List.of(), Optional.of(PhaseCriterion.BIC), OptionalInt.empty(), List.of());
        JsonNode json = PhaseStep.again(out, mixture, Optional.empty()).summary();
        assertThat(json.path("criterion").asString()).isEqualTo("bic");
        assertThat(json.path("mixture").path("curve").size()).isEqualTo(5);
        assertThat(json.path("phases").size()).isEqualTo(2);
        assertThat(json.path("contacts").size()).isEqualTo(1);
        double both = json.path("phases")
                        .get(0)
                        .path("elements")
                        .path("Co")
                        .path("fraction_mean")
                        .asDouble()
                + json.path("phases")
                        .get(0)
                        .path("elements")
                        .path("Zn")
                        .path("fraction_mean")
                        .asDouble();
        assertThat(both).isCloseTo(1, within(0.01));
        StudyResult one =
                PhaseStep.again(out, new PhaseSpec(Optional.empty(), List.of(Element.of("Zn"))), Optional.empty());
        assertThat(one.warnings()).anyMatch(w -> w.contains("of one element"));
        StudyResult none = PhaseStep.again(out, new PhaseSpec(Optional.empty(), List.of()), Optional.of(1000.0));
        assertThat(none.warnings()).anyMatch(w -> w.contains("the diagram is empty"));
        PhaseSpec three = new PhaseSpec(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(Element.of("Co"), Element.of("Zn"), Element.of("Fe")));
        assertThatThrownBy(() -> PhaseStep.again(out, three, Optional.empty()))
                .hasMessageContaining("for a ternary diagram");
        MrcWriter.writeVolume(out.resolve("sample/density_Zn.mrc"), Volume.zeros(3, 4, 5, 12));
        assertThatThrownBy(() -> PhaseStep.again(out, PhaseSpec.SILENT, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("density_Zn.mrc: 3 × 4 × 5 voxels");
    }
}
