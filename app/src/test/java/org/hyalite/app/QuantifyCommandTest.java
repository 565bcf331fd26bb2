package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Protects the commands {@code factors} and {@code quantify}: their ways in, what they write, what they refuse. */
class QuantifyCommandTest {
    @TempDir
    static Path temp;

    private static Path map;
    private static Path sigma;

    @BeforeAll
    static void prepare() throws IOException {
        Path twin = Experiments.copyTo(temp.resolve("twin"));
        map = twin.resolve("sample/eds/tilt_0.zspy");
        sigma = Files.writeString(
                temp.resolve("sigma.csv"), "line,sigma_barn,standard_error\nZn_Ka,2.51,0.05\nCo_Ka,2.70,0.03\n");
    }

    @Test
    void factorsGoRoundAndSayWhatTheyAreBy() throws IOException {
        Path k = temp.resolve("k.json");
        Said said = Said.by("factors", sigma, "--as", "k", "--reference", "Co_Ka", "-o", k)
                .worked();
        assertThat(said.out()).contains("k(Zn_Ka) = 1.19", "by weight, relative to Co_Ka", "k(Co_Ka) = 1.0000");
        JsonNode json = new ObjectMapper().readTree(k.toFile());
        assertThat(json.path("basis").asString()).contains("weight %, not atomic %");
        assertThat(json.path("reference_relative_standard_error").asDouble()).isCloseTo(0.03 / 2.70, within(1e-9));
        JsonNode back = Said.by(
                        "factors", k, "--as", "sigma", "--reference-value", 2.70, "--reference-error", 0.03, "--json")
                .json();
        assertThat(back.at("/factors/0/line").asString()).isEqualTo("Zn_Ka");
        assertThat(back.at("/factors/0/sigma_barn").asDouble()).isCloseTo(2.51, within(1e-9));
        Said.by("factors", k, "--as", "zeta").refused(2, "no scale", "--reference-value", "Co_Ka");
        Said.by("factors", sigma, "--as", "k").refused(2, "--reference", "Zn_Ka");
        Said.by("factors", sigma, "--as", "kk").refused(2, "kk", "k-atomic");
        Said.by("factors", sigma, "-o", sigma).refused(2, "input itself");
        Said.by("factors", sigma, "-o", temp.resolve("k.txt")).refused(2, ".json, .csv");
        Said.by("factors", temp.resolve("none.csv")).refused(2, "none.csv", "no such file");
        Path broken = Files.writeString(temp.resolve("broken.csv"), "line,zeta_kg_per_m2\nCo_Ka,1,5\nCo_Ka,2\n");
        Said.by("factors", broken).refused(2, "broken.csv", "line 3", "twice");
    }

    @Test
    void aSingleSpectrumIsQuantified() throws IOException {
        Path spectrum = temp.resolve("sum.msa");
        Path k = temp.resolve("k-of-sum.csv");
        Said.by("convert", map, spectrum).worked();
        Said.by("factors", sigma, "--as", "k", "--reference", "Co_Ka", "-o", k).worked();
        Said said = Said.by("quantify", spectrum, "--factors", k, "--others", "Cu,C,N,Si", "-o", temp.resolve("of-sum"))
                .worked();
        assertThat(said.out()).contains("weight %", "atomic %");
    }

    @Test
    void mapsAreQuantifiedDirectlyAndFromTheirCounts() throws IOException {
        Path direct = temp.resolve("direct");
        Said said = Said.by("quantify", map, "--factors", sigma, "--others", "Cu,C,N,Si", "-o", direct)
                .worked();
        assertThat(said.out()).contains("weight %", "atomic %", "cross section", "kg/m²");
        for (String name : new String[] {
            "weight_fraction_Co",
            "weight_fraction_Co_se",
            "atomic_fraction_Zn",
            "atomic_fraction_Zn_se",
            "areal_density_Co",
            "areal_density_Co_se",
            "mass_thickness",
            "mass_thickness_se",
            "composition_mask",
            "counts_Co_Ka"
        }) {
            assertThat(direct.resolve(name + ".mrc")).as(name).hasSize(1024 + 4 * 16 * 16);
        }
        JsonNode whole = new ObjectMapper()
                .readTree(direct.resolve("composition.json").toFile())
                .at("/images/0");
        double sum = 0;
        for (JsonNode element : whole.path("whole_map")) {
            sum += element.path("atomic_percent").asDouble();
            assertThat(element.path("atomic_percent_standard_error_factors").asDouble())
                    .isPositive();
        }
        assertThat(sum).isCloseTo(100, within(1e-9));
        assertThat(whole.path("electrons_per_pixel").asDouble()).isCloseTo(6.74e8, within(0.01e8));

        Path counts = temp.resolve("counts");
        Said.by("counts", map, "-l", "Zn_Ka,Co_Ka,Co_Kb", "--others", "Cu,C,N,Si", "-o", counts)
                .worked();
        Path later = temp.resolve("later");
        Said withoutDose =
                Said.by("quantify", counts, "--factors", sigma, "-o", later).worked();
        assertThat(withoutDose.err()).contains("--beam-current", "left out", "Co_Kb");
        assertThat(later.resolve("mass_thickness.mrc")).doesNotExist();
        Path dosed = temp.resolve("dosed");
        Said.by("quantify", counts, "--factors", sigma, "--beam-current", 0.9, "--dwell-time", 0.12, "-o", dosed)
                .worked();
        assertThat(dosed.resolve("mass_thickness.mrc")).exists();
        Said.by("quantify", counts, "--factors", sigma, "-l", "Fe_Ka", "-o", later)
                .refused(2, "Fe_Ka", "Zn_Ka, Co_Ka");
        Said.by("quantify", temp.resolve("twin"), "--factors", sigma, "-o", later)
                .refused(2, "hyalite counts");
        Said.by("quantify", counts, "--factors", sigma, "--dwell-time", -1, "-o", later)
                .refused(2, "positive");
        Files.delete(counts.resolve("Co_Ka_se.mrc"));
        Said.by("quantify", counts, "--factors", sigma, "-o", later).refused(2, "Co_Ka_se.mrc", "standard errors");
    }
}
