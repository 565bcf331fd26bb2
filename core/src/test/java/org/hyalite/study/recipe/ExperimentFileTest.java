package org.hyalite.study.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's slip must be named with file, line and remedy; nothing may be ignored. */
class ExperimentFileTest {
    private static final String CONTRACT = """
            microscope:
              name: ER-C Titan
              beam_energy_keV: 80
              beam_current_nA: 0.9
              dwell_time_s: 0.12
            elements:
              Co: [Ka, Kb]
              Zn: [Ka, Kb]
            spectra:
              other_elements: [Cu, C, N]
              method: fit
              bin: 1
            standards:
              - name: co-1
                element: Co
                density_per_nm3: 4.87
                adf: standards/co-1/adf.mrc
                eds: standards/co-1/eds.hspy
            sample:
              name: segregated
              adf: sample/adf.mrc
              eds: sample/eds/*.hspy
              tilt_axis: y
            alignment:   {method: auto}
            reconstruction:
              preset: paper
              adf: {regulariser: tv,  weight: auto}
              eds: {regulariser: tv2, weight: 0.02}
            phases:      {fraction_of: Zn, among: [Co, Zn]}
            """;

    @TempDir
    Path folder;

    private Experiment read(String text) throws IOException {
        Path file = folder.resolve("experiment.yaml");
        Files.writeString(file, text);
        return ExperimentFile.read(file);
    }

    @Test
    void nullControlIsANumberOrAMapping() throws IOException {
        assertThat(read(CONTRACT).nullControl()).isEqualTo(NullControlSettings.NONE);
        String asked = CONTRACT.replace("among: [Co, Zn]}", "null_control: 8}");
        assertThat(read(asked).nullControl()).isEqualTo(new NullControlSettings(8, 1));
        assertThat(read(asked).withNullControl(0).nullControl().replicas()).isZero();
        String seeded = CONTRACT.replace("among: [Co, Zn]}", "null_control: {replicas: 8, seed: 3}}");
        assertThat(read(seeded).nullControl()).isEqualTo(new NullControlSettings(8, 3));
        assertThatThrownBy(() -> read(asked.replace("null_control: 8", "null_control: 2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("null_control")
                .hasMessageContaining("2 replicas");
        assertThatThrownBy(() -> read(seeded.replace("seed: 3", "sead: 3"))).hasMessageContaining("sead");
        assertThatThrownBy(() -> read(seeded.replace("replicas: 8, ", ""))).hasMessageContaining("replicas");
        assertThatThrownBy(() -> read(asked).withNullControl(1)).hasMessageContaining("--null-control 1");
    }

    @Test
    void refinementIsUsualAndCanBeLeftOut() throws IOException {
        assertThat(read(CONTRACT).alignment().refines()).isTrue();
        assertThat(read(CONTRACT.replace("{method: auto}", "{method: auto, refine: false}"))
                        .alignment()
                        .refines())
                .isFalse();
        assertThat(read(CONTRACT.replace("{method: auto}", "{method: none}"))
                        .alignment()
                        .refines())
                .isFalse();
        assertThatThrownBy(() -> read(CONTRACT.replace("{method: auto}", "{method: none, refine: true}")))
                .hasMessageContaining("only what 'method: auto' finds is refined");
    }

    @Test
    void everyRegulariserHasItsWord() throws IOException {
        for (Experiment.RegulariserKind kind : Experiment.RegulariserKind.values()) {
            String word = kind.name().toLowerCase(java.util.Locale.ROOT);
            Experiment e = read(CONTRACT.replace("regulariser: tv2", "regulariser: " + word));
            assertThat(e.reconstruction().eds().regulariser()).contains(kind);
        }
    }

    @Test
    void alignmentKnowsItsFilesItsGainsAndTheStoredStack() throws IOException {
        Experiment e = read(CONTRACT.replace(
                        "alignment:   {method: auto}",
                        "alignment: {file: imod/adf.xf, override: fixed.csv, gains: per_element}")
                .replace("tilt_axis: y", "tilt_axis: x")
                .replace("bin: 1", "bin: 2"));
        assertThat(e.alignment().file()).contains(folder.resolve("imod/adf.xf"));
        assertThat(e.alignment().given())
                .isEqualTo(new AlignmentGiven(
                        Optional.of(folder.resolve("fixed.csv")), AlignmentGiven.Gains.PER_ELEMENT, true, 2));
        Experiment.AlignmentSpec standards = e.alignment().forStandards();
        assertThat(standards.method()).isEqualTo(Experiment.AlignmentMethod.AUTO);
        assertThat(standards.given().override())
                .as("standards have images of their own")
                .isEmpty();
        assertThat(read(CONTRACT).alignment().given()).isEqualTo(AlignmentGiven.SILENT);
        refused("{method: auto}", "{gains: own}", "line 24", "'own' is not one of common, per_element");
        refused("{method: auto}", "{method: auto, file: a.xf}", "line 24", "belong together");
    }

    @Test
    void theContractsExampleIsUnderstood() throws IOException {
        Experiment e = read(CONTRACT);
        assertThat(e.microscope().beam().currentsNa()).containsExactly(0.9);
        assertThat(e.elements().keySet()).containsExactly(Element.of("Co"), Element.of("Zn"));
        assertThat(e.standards().get(0).densityPerNm3()).isEqualTo(4.87);
        assertThat(e.standards().get(0).adf().folder()).isEqualTo(folder);
        assertThat(e.standards().get(0).adf().pattern()).isEqualTo("standards/co-1/adf.mrc");
        assertThat(e.reconstruction().eds().weight().orElseThrow().relative()).contains(0.02);
        assertThat(e.reconstruction().adf().weight().orElseThrow().criterion()).isEqualTo("auto");
        assertThat(e.phases().fractionOf()).contains(Element.of("Zn"));
    }

    @Test
    void slipsAreNamedWithLineAndRemedy() {
        refused(
                "beam_current_nA: 0.9",
                "beam_curent_nA: 0.9",
                "line 4",
                "unknown key; did you mean 'beam_current_nA'?");
        refused("element: Co", "element: Cq", "line 15", "unknown element 'Cq'");
        refused("Co: [Ka, Kb]", "Co: [Ka, Kz]", "line 7", "unknown line family 'Kz'");
        refused("density_per_nm3: 4.87", "density_per_nm3: -1", "line 16", "not a positive number");
        refused("bin: 1", "bin: 1.5", "line 12", "not a whole number");
        refused("method: fit", "method: fot", "line 11", "'fot' is not one of fit, windows");
        refused("tilt_axis: y", "tilt_axis: z", "line 23", "'z' is not one of x, y");
        refused("weight: 0.02", "weight: 7", "line 28", "not within 0…1");
        refused("fraction_of: Zn", "fraction_of: Cu", "line 29", "not among");
        refused("beam_energy_keV: 80", "beam_energy_keV: .nan", "line 3", "not a");
        refused("    adf: standards/co-1/adf.mrc\n", "", "line 14", "adf is missing");
        refused("  dwell_time_s: 0.12", "  beam_current_nA: 0.12", "line 5", "stands twice");
        refused("preset: paper", "preset: join", "line 26", "joint");
        refused("name: co-1", "name: ../co-1", "line 14", "folder's name");
        refused("\nelements:", "\nelements: 3\nx:", "line 6", "must be a list");
        refused("microscope:", "microscope: [", "line 3", "not valid YAML");
    }

    private void refused(String from, String to, String... parts) {
        assertThat(CONTRACT).contains(from);
        assertThatThrownBy(() -> read(CONTRACT.replace(from, to)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("experiment.yaml");
    }

    @Test
    void anEmptyOrMissingFileIsSaid() {
        assertThatThrownBy(() -> read("")).isInstanceOf(InputException.class).hasMessageContaining("empty");
        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }
}
