package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Protects what a journal measures: the width in millimetres, the resolution, text as text in embedded fonts. */
class FigureSizeTest {
    private static final double PT_PER_MM = 72 / 25.4;
    private static final Map<String, Figure> SAMPLES = Samples.all(16);

    private static byte[] pdf(Figure figure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.pdf(out);
        return out.toByteArray();
    }

    @TestFactory
    Stream<DynamicTest> pdfIsAsWideAsAskedForAndItsTextIsText() {
        double[] widths = {50, 85, 174, 210};
        return SAMPLES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    double mm = widths[Math.floorMod(e.getKey().hashCode(), widths.length)];
                    Figure figure = e.getValue().scaledTo(mm * PT_PER_MM);
                    try (PDDocument document = Loader.loadPDF(pdf(figure))) {
                        assertThat(document.getNumberOfPages()).isEqualTo(1);
                        var page = document.getPage(0).getMediaBox();
                        assertThat(page.getWidth() / PT_PER_MM).isCloseTo(mm, within(0.001));
                        assertThat(page.getHeight() / PT_PER_MM)
                                .isCloseTo(figure.heightPt() / PT_PER_MM, within(0.001));
                        List<PDFont> fonts = fonts(document.getPage(0).getResources());
                        assertThat(fonts).isNotEmpty().allMatch(PDFont::isEmbedded);
                        assertThat(new PDFTextStripper().getText(document)).containsPattern("[0-9a-zA-Z]");
                    }
                }));
    }

    private static List<PDFont> fonts(PDResources resources) throws IOException {
        List<PDFont> all = new java.util.ArrayList<>();
        for (COSName name : resources.getFontNames()) {
            all.add(resources.getFont(name));
        }
        for (COSName name : resources.getXObjectNames()) {
            if (resources.getXObject(name) instanceof PDFormXObject form) {
                all.addAll(fonts(form.getResources()));
            }
        }
        return all;
    }

    /** Signs that axis titles need, those that the font lacks among them. */
    @Test
    void pdfHoldsGreekSignsAndPowers() throws IOException {
        Figure figure = CurveFigure.draw(
                "signs",
                List.of(CurveFigure.Panel.of(
                        "σ of Kα, ΔV ± 2 µm",
                        "θ (°)",
                        "N (10⁻³ atoms/nm³)",
                        CurveFigure.Upright.LINEAR,
                        List.of(Curve.of("α β", new double[] {0, 1}, new double[] {-1, 1}, Curve.Style.LINE)))));
        try (PDDocument document = Loader.loadPDF(pdf(figure))) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains("σ of Kα, ΔV ± 2 µm", "θ (°)", "α β", "−1")
                    .doesNotContain("?");
            assertThat(text.replaceAll("\\s", "")).contains("N(10−3atoms/nm3)");
        }
    }

    @Test
    void pngHasThePixelsOfItsWidthAndResolution() throws IOException {
        for (double mm : new double[] {85, 174}) {
            for (double dpi : new double[] {300, 600}) {
                Figure figure = Samples.phases().scaledTo(mm * PT_PER_MM);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                figure.png(out, dpi);
                ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
                reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(out.toByteArray())));
                assertThat(reader.getWidth(0)).isEqualTo((int) Math.round(mm / 25.4 * dpi));
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
                String perMetre = ((IIOMetadataNode)
                                root.getElementsByTagName("pHYs").item(0))
                        .getAttribute("pixelsPerUnitXAxis");
                assertThat(Double.parseDouble(perMetre) * 0.0254).isCloseTo(dpi, within(0.02));
            }
        }
    }

    @Test
    void svgSaysItsWidthInMillimetres() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Samples.curves().scaledTo(85 * PT_PER_MM).svg(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("width=\"85.0mm\"");
    }

    /** Protects readers of a narrow column: type keeps its size, panels go below each other. */
    @Test
    void narrowFiguresAreLaidOutAnewNotShrunk() {
        Look narrow = new Look(Labels.WORDS, Optional.empty(), Optional.empty(), OptionalDouble.of(85 * PT_PER_MM));
        List<CurveFigure.Panel> panels = java.util.Collections.nCopies(
                4,
                CurveFigure.Panel.of(
                        "one of four",
                        "tilt (°)",
                        "shift (px)",
                        CurveFigure.Upright.LINEAR,
                        List.of(Curve.of("y", new double[] {0, 1}, new double[] {2, 3}, Curve.Style.LINE))));
        Figure wide = CurveFigure.draw("four", panels);
        Figure one = CurveFigure.draw("four", panels, narrow).scaledTo(85 * PT_PER_MM);
        assertThat(one.smallestTypePt()).isCloseTo(wide.smallestTypePt(), within(0.1));
        assertThat(one.heightPt()).isGreaterThan(1.9 * wide.heightPt());
        List<SampleFigure.Channel> channels = Samples.channels(16);
        SampleFigure.Scales scales = SampleFigure.Scales.of(channels, "atoms/nm²", "atoms/nm³");
        Figure sample = SampleFigure.draw(channels, new SampleFigure.Slices(8, 8), scales, narrow);
        assertThat(sample.widthPt()).isCloseTo(85 * PT_PER_MM, within(1.0));
        assertThat(sample.heightPt()).isGreaterThan(sample.widthPt());
    }
}
