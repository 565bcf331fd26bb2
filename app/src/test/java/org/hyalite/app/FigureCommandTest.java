package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects who asks for a figure: the right file, or one line that says what is wrong. */
class FigureCommandTest {
    private static final String CURVES = """
            {"kind": "curves", "title": "Alignment", "panels": [{"title": "Shifts", "x": "tilt (°)", "y": "shift (px)",
             "y_axis": "linear", "curves": [{"name": "y", "style": "points", "x": [-60, 0, 60], "y": [1, 0, null]}]}]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void results() throws IOException {
        Files.createDirectories(folder.resolve("figures/data"));
        Files.writeString(folder.resolve("figures/data/alignment.json"), CURVES);
    }

    @Test
    void figureIsWrittenInTheWidthOfAColumn() throws IOException {
        Path out = folder.resolve("a.pdf");
        JsonNode made = Said.by("figure", folder, "alignment", "--column", "single", "-o", out, "--json")
                .json();
        assertThat(made.path("width_mm").asDouble()).isEqualTo(85);
        assertThat(made.path("redrawn").asBoolean()).isTrue();
        assertThat(Files.readAllBytes(out)).startsWith('%', 'P', 'D', 'F');
        Path svg = folder.resolve("a.svg");
        Said.by("figure", folder, "alignment", "--labels", "symbols", "--colours", "grey,magenta-green", "-o", svg)
                .worked();
        assertThat(Files.readString(svg)).contains(">θ (°)<").doesNotContain(">tilt");
        assertThat(Said.by("figure", folder, "--list").worked().out()).startsWith("alignment");
    }

    @Test
    void wrongWordsGetOneLine() {
        Path out = folder.resolve("a.png");
        refused("no figure 'alignmint'; nearest: alignment", folder, "alignmint", "-o", out);
        refused("-o FILE", folder, "alignment");
        refused("which figure?", folder, "-o", out);
        refused("--colours rainbow", folder, "alignment", "--colours", "rainbow", "-o", out);
        refused("two widths", folder, "alignment", "--width", "90", "--column", "double", "-o", out);
        refused("--dpi", folder, "alignment", "--width", "1000", "--dpi", "2400", "-o", out);
        refused("no figures", folder.resolve("figures"), "--list");
        assertThat(out).doesNotExist();
    }

    private static void refused(String word, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "figure";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Said.by(all).refused(Main.WRONG_INPUT, word);
    }
}
