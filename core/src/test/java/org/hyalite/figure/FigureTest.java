package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Uncertain;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Protects what a reader of any figure relies on: it is whole, readable, to scale, and the same each time. */
final class FigureTest {
    private static final int SMALL = 20;
    private static final String LONG =
            "a particle with an uncommonly long name, from the third grid of the second day, measured again (bis)";

    private static final Map<String, Figure> SAMPLES = Samples.all(SMALL);
    private static final Map<String, Figure> ODD = odd();

    private static byte[] png(Figure figure, double dpi) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.png(out, dpi);
        return out.toByteArray();
    }

    private static byte[] svg(Figure figure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.svg(out);
        return out.toByteArray();
    }

    private static Document parsed(Figure figure) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg(figure)));
    }

    private static List<String> texts(Document document) {
        List<String> all = new ArrayList<>();
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add(nodes.item(i).getTextContent());
        }
        return all;
    }

    @Test
    void sameDataGiveSameBytes() throws IOException {
        Map<String, Figure> once = SAMPLES;
        Map<String, Figure> again = Samples.all(SMALL);
        for (String name : once.keySet()) {
            assertThat(png(once.get(name), 100)).as(name).isEqualTo(png(again.get(name), 100));
            assertThat(svg(once.get(name))).as(name).isEqualTo(svg(again.get(name)));
        }
    }

    @TestFactory
    Stream<DynamicTest> pngHasTheStatedSizeAndResolution() {
        return SAMPLES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    byte[] bytes = png(e.getValue(), 144);
                    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
                    assertThat(image.getWidth())
                            .isEqualTo((int) Math.round(2 * e.getValue().widthPt()));
                    assertThat(image.getHeight())
                            .isEqualTo((int) Math.round(2 * e.getValue().heightPt()));
                    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
                    int at = raw.indexOf("pHYs");
                    int perMetre = (bytes[at + 6] & 255) << 8 | bytes[at + 7] & 255;
                    assertThat(perMetre).isBetween(5668, 5671);
                    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
                    assertThat(image.getRGB(image.getWidth() - 1, image.getHeight() - 1))
                            .isEqualTo(0xFFFFFFFF);
                }));
    }

    @Test
    void svgIsWellFormedAndCarriesItsLabelsAsText() throws Exception {
        Map<String, List<String>> expected = Map.of(
                "fit", List.of("(a)", "Fe again", "Fe Kβ", "background", "counts (10³)", "rest (sd)", "energy (keV)"),
                "maps", List.of("(e)", "Fe Ka", "sd of noise"),
                "sinogram", List.of("(b)", "tilt (°)", "from the tilt axis (px)", "the same row, aligned"),
                "standards", List.of("(a)", "(b)", "Co ZIF-4 1", "ADF, 0°", "thickness (nm)", "100 nm"),
                "cross-sections",
                        List.of("σ = 3.380 ± 0.041 b", "thickness (nm)", "net counts per pixel", "particle 2"),
                "sample", List.of("(d)", "EDS map, 0°", "xz slice", "Co", "Zn", "atoms/nm²", "atoms/nm³", "50 nm"),
                "grid", List.of("HAADF", "Fe", "S", "counts", "counts/nm"),
                "renderings", List.of("segregated", "Zn", "atoms/nm³", "x", "y", "z"),
                "phases", List.of("X = Zn/(Zn + Co)", "N (atoms/nm³)", "Co-rich", "threshold 2.4", "volume (nm³)"),
                "curves", List.of("ΔV (10⁶ nm³)", "edge-spread fit", "T₀ = 0.350", "10⁴", "tilt (°)", "−50"));
        for (Map.Entry<String, Figure> e : SAMPLES.entrySet()) {
            Document document = parsed(e.getValue());
            assertThat(document.getDocumentElement().getLocalName()).isEqualTo("svg");
            assertThat(document.getDocumentElement().getAttribute("width"))
                    .isEqualTo(e.getValue().widthPt() + "pt");
            assertThat(texts(document)).as(e.getKey()).containsAll(expected.get(e.getKey()));
        }
    }

    @Test
    void svgRastersAreEmbeddedPngThatStaysSharp() throws Exception {
        NodeList images = parsed(Samples.sample(SMALL)).getElementsByTagNameNS("http://www.w3.org/2000/svg", "image");
        assertThat(images.getLength()).isEqualTo(8);
        Element map = (Element) images.item(0);
        assertThat(map.getAttribute("style")).contains("pixelated");
        String data = map.getAttributeNS("http://www.w3.org/1999/xlink", "href");
        assertThat(data).startsWith("data:image/png;base64,");
        BufferedImage image = ImageIO.read(
                new ByteArrayInputStream(java.util.Base64.getDecoder().decode(data.substring(22))));
        assertThat(image.getWidth()).isEqualTo(SMALL);
    }

    /** Labels that cover each other or leave the page are the commonest fault of plots made by programs. */
    @TestFactory
    Stream<DynamicTest> textsNeitherOverlapNorLeaveThePage() {
        Map<String, Figure> all = new java.util.LinkedHashMap<>(SAMPLES);
        all.putAll(ODD);
        return all.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    Figure figure = e.getValue();
                    BufferedImage image = new BufferedImage(
                            (int) figure.widthPt(), (int) figure.heightPt(), BufferedImage.TYPE_INT_RGB);
                    List<Canvas.Placed> texts =
                            figure.paint(image.createGraphics(), 1).texts();
                    Box page = new Box(0, 0, figure.widthPt(), figure.heightPt());
                    for (int i = 0; i < texts.size(); i++) {
                        assertThat(page.contains(texts.get(i).box()))
                                .as(
                                        "'%s' at %s leaves the page",
                                        texts.get(i).text(), texts.get(i).box())
                                .isTrue();
                        for (int j = 0; j < i; j++) {
                            assertThat(texts.get(i).box().overlaps(texts.get(j).box()))
                                    .as(
                                            "'%s' covers '%s'",
                                            texts.get(i).text(), texts.get(j).text())
                                    .isFalse();
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> oddDataStillGiveAFigure() {
        return ODD.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    assertThat(png(e.getValue(), 72)).isNotEmpty();
                    assertThat(parsed(e.getValue()).getDocumentElement()).isNotNull();
                }));
    }

    /** One voxel, nothing but zeros, nothing but NaN, all alike, no points, long names. */
    private static Map<String, Figure> odd() {
        Map<String, Figure> all = new java.util.LinkedHashMap<>();
        float[] values = {0, Float.NaN, 5, -3, Float.POSITIVE_INFINITY, 1e30f, 1e-30f};
        for (int n : new int[] {1, 3}) {
            for (float value : n == 1 ? values : new float[] {0, Float.NaN, 5}) {
                Volume v = Samples.volume(n, n, n, 2, p -> value);
                Image image = v.planeXy(0);
                String name = n + " voxels of " + value;
                all.put(
                        "standards of " + name,
                        StandardsFigure.draw(List.of(new StandardsFigure.Row(LONG, image, v, 0.5, image))));
                List<SampleFigure.Channel> channels =
                        List.of(new SampleFigure.Channel(LONG, Color.RED, image, image, v));
                SampleFigure.Slices middle = SampleFigure.Slices.middle(v);
                all.put(
                        "sample of " + name,
                        SampleFigure.draw(channels, middle, SampleFigure.Scales.of(channels, LONG, "")));
                all.put(
                        "grid of " + name,
                        ElementGridFigure.draw(
                                Optional.of(new ElementGridFigure.Haadf(image, Optional.empty())),
                                channels,
                                middle,
                                LONG,
                                ""));
                List<RenderingFigure.Row> rows =
                        List.of(new RenderingFigure.Row(LONG, List.of(new ElementVolume(LONG, Color.RED, v))));
                all.put(
                        "rendering of " + name,
                        RenderingFigure.draw(rows, List.of(View.BEAM), RenderingFigure.brightest(rows), LONG));
                double d = value;
                all.put(
                        "phases of " + name,
                        PhaseDiagramFigure.draw(
                                List.of(PhaseDiagramFigure.Panel.of(
                                                LONG, new double[] {0, 1}, new double[] {0, 10}, new double[][] {{d}})
                                        .withThreshold(d)
                                        .marked(List.of(new PhaseDiagramFigure.Mark(LONG, d, 0.1, d, 1)))),
                                LONG,
                                LONG));
                double[] same = {d, d, d};
                all.put(
                        "curve of " + name,
                        CurveFigure.draw(
                                LONG,
                                Stream.of(CurveFigure.Upright.values())
                                        .map(u -> CurveFigure.Panel.of(
                                                        LONG,
                                                        LONG,
                                                        LONG,
                                                        u,
                                                        List.of(
                                                                Curve.of(LONG, same, same, Curve.Style.STEPS),
                                                                Curve.of(LONG, same, same, Curve.Style.POINTS)
                                                                        .withErrors(same)))
                                                .marked(List.of(new CurveFigure.Mark(LONG, d))))
                                        .toList()));
                all.put(
                        "cross section of " + name,
                        CrossSectionFigure.draw(List.of(new CrossSectionFigure.Panel(
                                LONG,
                                new Uncertain(d, 0),
                                d,
                                d,
                                List.of(CrossSectionFigure.Particle.of(LONG, same, same))))));
            }
        }
        all.put(
                "no curves",
                CurveFigure.draw("", List.of(CurveFigure.Panel.of("", "", "", CurveFigure.Upright.LINEAR, List.of()))));
        all.put(
                "no pixels",
                CrossSectionFigure.draw(
                        List.of(new CrossSectionFigure.Panel("", new Uncertain(1, 0), 1, 0, List.of()))));
        return all;
    }

    @Test
    void aFigureThatCannotBeDrawnIsRefused() {
        Figure figure = Samples.phases();
        for (double dpi : new double[] {0, -1, Double.NaN, 1e6}) {
            assertThatThrownBy(() -> figure.image(dpi)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> StandardsFigure.draw(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        PhaseDiagramFigure.Panel.of("", new double[] {0, 1}, new double[] {1, 0}, new double[1][1]))
                .hasMessageContaining("do not ascend");
        assertThatThrownBy(() -> Curve.of("c", new double[2], new double[3], Curve.Style.LINE))
                .hasMessageContaining("2 x for 3 y");
        List<SampleFigure.Channel> channels = Samples.channels(4);
        assertThatThrownBy(() -> SampleFigure.draw(
                        channels, new SampleFigure.Slices(4, 0), SampleFigure.Scales.of(channels, "", "")))
                .hasMessageContaining("z = 4");
    }

    /** Protects the sense of a sinogram: the highest tilt on top, each band as high as its tilts reach. */
    @Test
    void sinogramHasItsTiltsUpwards() {
        BufferedImage image =
                SinogramFigure.draw(Samples.bars(SMALL), Samples.bars(SMALL), 3).image(72);
        int x = image.getWidth() / 4;
        List<Integer> greys = new ArrayList<>();
        for (int y = 24; y < 180; y += 12) {
            greys.add(image.getRGB(x, y) & 255);
        }
        assertThat(greys).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(greys.get(0)).isGreaterThan(240);
        assertThat(greys.get(greys.size() - 1)).isLessThan(15);
        assertThatThrownBy(() -> SinogramFigure.draw(Samples.bars(SMALL), Samples.bars(SMALL), SMALL))
                .hasMessageContaining("row 20 of images of 20 rows");
    }
}
