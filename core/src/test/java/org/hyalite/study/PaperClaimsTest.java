package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.study.PaperClaim.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the page on the paper's claims: that what holds is called so, and what does not is not. */
class PaperClaimsTest {
    @TempDir
    Path results;

    @BeforeEach
    void study() throws Exception {
        Files.createDirectories(results.resolve("truth"));
        Files.writeString(results.resolve("truth/truth.json"), """
                {"cross_sections": [{"element": "Zn", "line": "Ka", "sigma_barn": 2.51}],
                 "standards": [{"name": "zn-1", "element": "Zn"}],
                 "sample": {"phases": [
                  {"name": "mixed", "volume_nm3": 100, "fraction_mean": 0.4, "fraction_sd": 0.01, "density_mean_per_nm3": 6},
                  {"name": "rich", "volume_nm3": 100, "fraction_mean": 0.98, "fraction_sd": 0.01, "density_mean_per_nm3": 4}]}}
                """);
        Files.createDirectories(results.resolve("standards/zn-1"));
        Image thickness = Image.zeros(2, 2, 4);
        thickness.values()[3] = 280;
        MrcWriter.writeStack(results.resolve("standards/zn-1/thickness.mrc"), List.of(thickness));
    }

    @Test
    void numbersWithinTheirBoundsHold() throws Exception {
        calibration(2.52, 1e-5);
        phases(0.41, 6.05, 0.97);
        assertThat(PaperClaims.flux(results, results.resolve("truth")))
                .filteredOn(c -> c.verdict() != Verdict.SHOWN)
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.verdict()).as(c.claim()).isEqualTo(Verdict.HOLDS));
    }

    @Test
    void numbersBeyondThemMiss() throws Exception {
        calibration(2.6, 4e-4);
        phases(0.44, 6.3, 0.97);
        List<PaperClaim> claims = PaperClaims.flux(results, results.resolve("truth"));
        assertThat(verdict(claims, "cross section of Zn")).isEqualTo(Verdict.MISSES);
        assertThat(verdict(claims, "counts of Zn")).isEqualTo(Verdict.MISSES);
        assertThat(verdict(claims, "mixed, Co-rich")).isEqualTo(Verdict.MISSES);
        assertThat(verdict(claims, "Zn-rich region")).isEqualTo(Verdict.HOLDS);
    }

    private static Verdict verdict(List<PaperClaim> claims, String start) {
        return claims.stream()
                .filter(c -> c.claim().startsWith(start))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private void calibration(double sigma, double curvature) throws Exception {
        Files.writeString(results.resolve("calibration.json"), """
                {"cross_sections": [{"element": "Zn", "line": "Ka", "sigma_barn": %s, "standard_error_barn": 0.02,
                  "curvature_per_nm": %s, "curvature_standard_error_per_nm": 1e-5, "r_squared": 0.99}]}
                """.formatted(sigma, curvature));
    }

    /** Two phases, and a diagram whose volume lies at the first one's fraction and near 1. */
    private void phases(double x, double n, double rich) throws Exception {
        Files.writeString(results.resolve("phases.json"), """
                {"fraction_edges": [0, 0.35, 0.45, 0.9, 1], "volume_nm3": [[0], [100], [0], [100]],
                 "phases": [{"fraction_mean": %s, "density_mean_per_nm3": %s, "volume_nm3": 100},
                            {"fraction_mean": %s, "density_mean_per_nm3": 4.1, "volume_nm3": 100}],
                 "precision": {"fraction_2sd": 0.01, "density_2sd_per_nm3": 0.3}}
                """.formatted(x, n, rich));
    }
}
