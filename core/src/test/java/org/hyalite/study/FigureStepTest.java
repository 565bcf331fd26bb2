package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import org.hyalite.figure.ColourMap;
import org.hyalite.figure.ColourScale;
import org.hyalite.figure.CrossSectionFigure;
import org.hyalite.figure.Figure;
import org.hyalite.figure.FitFigure;
import org.hyalite.figure.Labels;
import org.hyalite.figure.Look;
import org.hyalite.figure.MapsFigure;
import org.hyalite.figure.Palette;
import org.hyalite.figure.SinogramFigure;
import org.hyalite.figure.TernaryFigure;
import org.hyalite.physics.Uncertain;
import org.hyalite.study.FigureStep.Wish;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Protects figures made again: the same drawing from what was kept, in the size asked for, or one clear line. */
class FigureStepTest {
    private static final Wish USUAL = new Wish(Look.USUAL, OptionalDouble.empty(), 100);

    @TempDir
    static Path folder;

    private static ResultFiles files;

    @BeforeAll
    static void write() {
        files = HandmadeResults.write(folder.resolve("results"), 20);
    }

    private static byte[] svg(Figure figure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.svg(out);
        return out.toByteArray();
    }

    private static List<FigureData> kinds() {
        double[] energy = {6.1, 6.2, 6.3, 6.4};
        double[] counts = {10, 90, 80, 12};
        return List.of(
                HandmadeResults.curves(),
                HandmadeResults.diagram(),
                new FitData(
                        "Fit",
                        List.of(new FitFigure.Window(
                                "Co",
                                energy,
                                counts,
                                counts,
                                new double[4],
                                List.of(new FitFigure.Group("Co Kα", counts, true)),
                                false))),
                new CrossSectionsData(List.of(new CrossSectionFigure.Panel(
                        "Co Kα",
                        new Uncertain(2.7, 0.02),
                        0.4,
                        0,
                        List.of(CrossSectionFigure.Particle.of(
                                "co-1", new double[] {1, 20, 30}, new double[] {0, 8, 12}))))),
                new TernaryData(
                        List.of("Co", "Fe", "Zn"),
                        new double[][] {{1, 0, 3}, {2}},
                        List.of(new TernaryFigure.Mark("mixed", 0.3, 0.3))),
                new MapsData(
                        "Misfit",
                        List.of(new MapsFigure.Panel("Co Ka", HandmadeResults.image())),
                        new ColourScale(ColourMap.LAGOON, -2, 6, "misfit (sd of noise)", true)),
                new SinogramData(new SinogramFigure.Rows(
                        3, new double[] {-60, -30, 0, 30, 60}, HandmadeResults.image(), HandmadeResults.image())));
    }

    private static FigureData again(FigureData data) {
        Json.write(files.figureData("again"), data.toJson());
        try {
            return FigureData.read(files, "again");
        } finally {
            files.figureData("again").toFile().delete();
        }
    }

    @Test
    void whatWasKeptIsDrawnTheSame() throws IOException {
        for (FigureData data : kinds()) {
            assertThat(svg(again(data).draw(Look.USUAL)))
                    .as(data.toJson().path("kind").asString())
                    .isEqualTo(svg(data.draw(Look.USUAL)));
        }
        for (String name : List.of("alignment", "fig6-phase-diagram", "fig3-sample")) {
            Path out = folder.resolve("again.svg");
            FigureStep.draw(files.folder(), name, out, USUAL);
            assertThat(out).hasSameBinaryContentAs(files.figures().resolve(name + ".svg"));
        }
    }

    @Test
    void widthIsWhatWasAskedFor() throws IOException {
        Path out = folder.resolve("f.png");
        JsonNode made =
                FigureStep.draw(files.folder(), "fig3-sample", out, new Wish(Look.USUAL, HandmadeResults.SINGLE, 600));
        assertThat(made.path("width_mm").asDouble()).isEqualTo(85);
        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo((int) Math.round(85 / 25.4 * 600));
        assertThat(made.path("smallest_type_pt").asDouble()).isCloseTo(6.8, within(0.1));
        assertThat(made.path("notes")).isEmpty();
        JsonNode tiny =
                FigureStep.draw(files.folder(), "fig3-sample", out, new Wish(Look.USUAL, OptionalDouble.of(30), 300));
        assertThat(tiny.path("notes").get(0).asString()).contains("smallest type is 3.4 pt");
    }

    @Test
    void symbolsAndColoursAreHeeded() throws IOException {
        Look look = new Look(
                Labels.SYMBOLS,
                Optional.of(ColourMap.LAGOON),
                Optional.of(Palette.Elements.ORANGE_AZURE),
                OptionalDouble.empty());
        Path out = folder.resolve("symbols.svg");
        for (String name : List.of("alignment", "fig6-phase-diagram", "fig3-sample")) {
            FigureStep.draw(files.folder(), name, out, new Wish(look, HandmadeResults.SINGLE, 300));
            String text = Files.readString(out).replaceAll("<title>.*?</title>|<!--.*?-->|base64,[^\"]*", "");
            StringBuilder shown = new StringBuilder();
            java.util.regex.Matcher texts =
                    java.util.regex.Pattern.compile("<text[^>]*>([^<]*)<").matcher(text);
            while (texts.find()) {
                shown.append(texts.group(1)).append('\n');
            }
            assertThat(shown.toString().replaceAll("EDS|keV", "")).as(name).doesNotContainPattern("[A-Za-z]{3,}");
        }
        assertThat(Files.readString(out))
                .isNotEqualTo(Files.readString(files.figures().resolve("fig3-sample.svg")));
    }

    @Test
    void unknownNameNamesTheNearest() {
        assertThatThrownBy(() -> FigureStep.draw(files.folder(), "fig6", folder.resolve("f.pdf"), USUAL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no figure 'fig6'; nearest: fig6-phase-diagram");
        assertThatThrownBy(() -> FigureStep.draw(files.folder(), "../provenance", folder.resolve("f.pdf"), USUAL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no figure");
        assertThatThrownBy(() -> FigureStep.draw(files.folder(), "alignment", folder.resolve("f.gif"), USUAL))
                .hasMessageContaining(".png, .svg or .pdf");
        assertThatThrownBy(
                        () -> FigureStep.draw(folder.resolve("nowhere"), "alignment", folder.resolve("f.pdf"), USUAL))
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> new Wish(Look.USUAL, OptionalDouble.of(5), 300))
                .hasMessageContaining("20 to 1000");
        assertThatThrownBy(() -> new Wish(Look.USUAL, OptionalDouble.empty(), Double.NaN))
                .hasMessageContaining("dpi");
        assertThat(folder.resolve("f.pdf")).doesNotExist();
    }

    @Test
    void folderWithoutFiguresOrWithAMissingFileSaysSo() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> FigureStep.draw(empty, "alignment", folder.resolve("f.pdf"), USUAL))
                .hasMessageContaining("no figures");
        Path out = folder.resolve("other");
        ResultFiles other = HandmadeResults.write(out, 12);
        Files.delete(other.sample("density_Zn.mrc"));
        assertThatThrownBy(() -> FigureStep.draw(out, "fig3-sample", folder.resolve("f.pdf"), USUAL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("density_Zn.mrc: no such file");
        Files.delete(other.figureData("alignment"));
        ObjectNode kept = FigureStep.draw(
                out,
                "alignment",
                folder.resolve("kept.pdf"),
                new Wish(
                        new Look(Labels.SYMBOLS, Optional.empty(), Optional.empty(), OptionalDouble.empty()),
                        HandmadeResults.SINGLE,
                        300));
        assertThat(kept.path("redrawn").asBoolean()).isFalse();
        assertThat(kept.path("width_mm").asDouble()).isEqualTo(85);
        assertThat(kept.path("notes").toString()).contains("kept SVG", "not heeded");
        assertThat(FigureStep.list(out).toString())
                .contains("\"figures/alignment.svg\"", "\"figures/data/fig3-sample.json\"");
    }

    /** Cut, flipped, of other kinds, with sizes that no file holds: one line that names the file, no other exception. */
    @Test
    void damagedDataAreRefused() throws IOException {
        Random random = new Random(7);
        for (FigureData data : kinds()) {
            String text = Json.text(data.toJson());
            for (int i = 0; i < 40; i++) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int at = random.nextInt(bytes.length);
                if (i % 3 == 0) {
                    bytes = java.util.Arrays.copyOf(bytes, at);
                } else {
                    bytes[at] = (byte) ("0123456789[]{},:\"".charAt(random.nextInt(17)));
                }
                Files.write(files.figureData("bad"), bytes);
                try {
                    FigureData.read(files, "bad").draw(Look.USUAL);
                } catch (InputException e) {
                    assertThat(e.getMessage()).contains("bad.json");
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).isNotEmpty(); // refused by the drawing, which tells it as an input's
                }
            }
        }
        for (String bad : List.of(
                "{\"kind\":\"no such kind\"}",
                "[]",
                "{\"kind\":\"sinogram\",\"tilts_deg\":[0],\"before\":{\"shape\":[30000,30000],\"float32_deflate_base64\":\"\"}}",
                "{\"kind\":\"curves\",\"panels\":[{\"y_axis\":\"linear\",\"curves\":[{\"style\":\"line\",\"x\":{\"length\":200000000,\"float64_deflate_base64\":\"eJw=\"}}]}]}",
                "{\"kind\":\"elements\",\"show\":\"mixed\",\"elements\":[{\"density\":\"../../secret.mrc\"}]}")) {
            Files.writeString(files.figureData("bad"), bad);
            assertThatThrownBy(() -> FigureData.read(files, "bad"))
                    .as(bad)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("bad.json");
        }
        Files.delete(files.figureData("bad"));
    }
}
