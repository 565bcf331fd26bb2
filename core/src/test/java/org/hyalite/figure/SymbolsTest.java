package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects papers in other languages: with symbols for labels no English word is left. */
class SymbolsTest {
    /** Every label that the figures of a run hold; a figure that says something new belongs here. */
    private static final List<String> LABELS = List.of(
            "EDS map, 0°",
            "map, 0°",
            "reprojection, 0°",
            "xy slice",
            "xz slice",
            "relative",
            "atoms/nm²",
            "atoms/nm³",
            "counts/nm",
            "segmented surface",
            "thickness",
            "thickness (nm)",
            "net counts per pixel",
            "tilt (°)",
            "shift (px)",
            "residual (px)",
            "Shifts",
            "Not explained",
            "x, given",
            "y, given",
            "gain",
            "common",
            "total (atoms)",
            "total (counts · nm²)",
            "measured",
            "reprojected",
            "volume (nm³)",
            "density (atoms/nm³)",
            "density (counts/nm)",
            "N (atoms/nm³)",
            "N (counts/nm)",
            "energy (keV)",
            "counts",
            "sum spectrum",
            "data",
            "model",
            "background",
            "rest (sd)",
            "misfit (sd of noise)",
            "log₁₀ weight",
            "misfit of the left-out tilts",
            "misfit over that of noise",
            "deviance of the counts set aside",
            "tried",
            "chosen",
            "threshold 2.49",
            "threshold (ADF units/nm)",
            "edge-spread fit",
            "used",
            "half-way",
            "distance along the normal (voxels)",
            "interface, 10–90 %: 1.68 voxels",
            "sharp one, recorded alike, 10–90 %: 0.95 voxels",
            "outer surface, 10–90 %: 1.12 voxels",
            "pure phases, recorded alike",
            "pure phases",
            "their own pure phases",
            "expected of pure phases",
            "ln of mean 4 X (1 − X)",
            "replicas",
            "p = 0.00015, 3 voxels deep",
            "from the middle (px)",
            "from the tilt axis (px)",
            "row 34 as recorded, background off",
            "the same row, aligned",
            "along the beam",
            "−28° about y, 18° from above",
            "118° about y, 18° from below",
            "30° about y",
            "mixed",
            "mixed 2",
            "Co-rich",
            "Zn-rich 2",
            "fraction of counts Fe/(Mg + Fe)",
            "X = Zn/(Co + Zn)",
            "shares among Co, Fe, Zn");

    @Test
    void noEnglishWordIsLeft() {
        for (String label : LABELS) {
            assertThat(Symbols.of(label).replaceAll("ADF|EDS|keV|erf|mean", ""))
                    .as(label)
                    .doesNotContainPattern("[A-Za-z]{3,}");
        }
    }

    @Test
    void whatIsNoWordOfOursStays() {
        for (String name : List.of("co-1", "Zn Kα", "L2083-K-4-1", "y", "", "T (K)")) {
            assertThat(Symbols.of(name)).isEqualTo(name);
        }
    }

    @Test
    void unitsAndNumbersAreKept() {
        assertThat(Symbols.of("thickness (nm)")).isEqualTo("t (nm)");
        assertThat(Symbols.of("N (atoms/nm³)")).isEqualTo("N (nm⁻³)");
        assertThat(Symbols.of("threshold 2.49")).isEqualTo("N > 2.49");
        assertThat(Symbols.of("−28° about y, 18° from above")).isEqualTo("−28°, 18°");
        assertThat(Symbols.of("Co-rich")).isEqualTo("(Co)");
        assertThat(Symbols.of("interface, 10–90 %: 1.68 voxels")).isEqualTo("Δd = 1.68 vx");
    }
}
