package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects the meaning of colours: the same value has the same colour, in the legend's proportion. */
final class ColourTest {
    private static final double DPI = 288;
    private static final double SCALE = 4;

    private static double luminance(int rgb) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double v = (rgb >> 16 - 8 * i & 255) / 255.0;
            sum += weights[i] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return Math.cbrt(sum);
    }

    /** A map whose lightness falls anywhere shows edges that are not in the data. */
    @ParameterizedTest
    @EnumSource
    void lightnessRisesEvenlyAndWithoutSteps(ColourMap map) {
        for (int i = 1; i < 256; i++) {
            int before = map.rgb((i - 1) / 255.0);
            int now = map.rgb(i / 255.0);
            double step = luminance(now) - luminance(before);
            assertThat(step).as("%s at %d", map, i).isBetween(-0.002, 0.07);
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(Math.abs((now >> shift & 255) - (before >> shift & 255)))
                        .as("%s at %d", map, i)
                        .isLessThan(12);
            }
        }
        assertThat(luminance(map.rgb(1)) - luminance(map.rgb(0))).isGreaterThan(0.55);
        assertThat(map.rgb(-4)).isEqualTo(map.rgb(0));
        assertThat(map.rgb(7)).isEqualTo(map.rgb(1));
        assertThat(map.rgb(Double.NaN)).isEqualTo(ColourMap.MISSING);
    }

    @Test
    void amountsStartAtBlack() {
        assertThat(ColourMap.EMBER.rgb(0)).isZero();
        assertThat(ColourMap.GREY.rgb(0)).isZero();
        assertThat(ColourMap.GREY.rgb(1)).isEqualTo(0xFFFFFF);
    }

    @Test
    void elementsAddUpToPurple() {
        List<Color> pure = List.of(new Color(255, 0, 0), new Color(0, 0, 255));
        assertThat(Raster.mixed(new double[] {1, 1}, pure)).isEqualTo(0xFF00FF);
        assertThat(Raster.mixed(new double[] {0.5, 0.2}, pure)).isEqualTo(128 << 16 | 51);
        assertThat(Raster.mixed(new double[] {9, -1}, pure)).isEqualTo(0xFF0000);
        assertThat(Raster.mixed(new double[] {Double.NaN, 1}, pure)).isEqualTo(ColourMap.MISSING);
    }

    /** 3 Co/nm³ of at most 6 is half red wherever it lies: Figs. 3 and 4 have one absolute scale. */
    @Test
    void slicesShowEachElementInProportionOnOneScale() {
        Volume co = Samples.volume(8, 8, 8, 2, p -> p[2] < 0 ? 3 : 0);
        Volume zn = Samples.volume(8, 8, 8, 2, p -> p[2] < 0 ? 0 : 6);
        Color red = Palette.element(0);
        Color blue = Palette.element(1);
        Figure figure = SampleFigure.draw(
                List.of(
                        new SampleFigure.Channel("Co", red, co.projectionZ(), co.projectionZ(), co),
                        new SampleFigure.Channel("Zn", blue, zn.projectionZ(), zn.projectionZ(), zn)),
                SampleFigure.Slices.middle(co),
                new SampleFigure.Scales(192, 6, "atoms/nm²", "atoms/nm³"));
        BufferedImage image = figure.image(DPI);
        double field = (Figure.ON_PAGE - 12) / 4;
        double y = Figure.EDGE + 15 + field * 0.3;
        for (int panel = 0; panel < 4; panel++) {
            double left = Figure.EDGE + panel * (field + 4);
            double share = panel < 2 ? 0.25 : 0.5;
            assertThat(at(image, left + 0.3 * field, y)).isEqualTo(Raster.mixed(new double[] {share}, List.of(red)));
            assertThat(at(image, left + 0.7 * field, y))
                    .isEqualTo(Raster.mixed(new double[] {2 * share}, List.of(blue)));
        }
    }

    @Test
    void phaseDiagramColoursCellsByVolumeAndSaturatesOnlyWhenAsked() {
        int n = 10;
        double[] edges = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            edges[i] = i / 10.0;
        }
        double[][] volume = new double[n][n];
        for (double[] row : volume) {
            java.util.Arrays.fill(row, 10);
        }
        volume[2][5] = 40;
        volume[7][5] = 0;
        PhaseDiagramFigure.Panel panel = PhaseDiagramFigure.Panel.of("", edges, edges, volume);
        BufferedImage first = PhaseDiagramFigure.draw(List.of(panel), "X", "N").image(DPI);
        BufferedImage second = PhaseDiagramFigure.draw(List.of(panel.scaledTo(PhaseDiagramFigure.ALL_CELLS)), "X", "N")
                .image(DPI);
        Ticks y = Ticks.linear(0, 1.06, 6);
        double left = Figure.EDGE + Axes.left(y);
        double width = Figure.IN_COLUMN - Axes.left(y) - ColourBar.WIDTH - 5;
        double level = Figure.EDGE + 150 * (1 - 0.55 / 1.06); // one diagram without a title has no band for one
        assertThat(at(first, left + 0.25 * width, level)).isEqualTo(ColourMap.EMBER.rgb(1));
        assertThat(at(first, left + 0.45 * width, level)).isEqualTo(ColourMap.EMBER.rgb(1));
        assertThat(at(first, left + 0.75 * width, level)).isZero();
        assertThat(at(second, left + 0.25 * width, level)).isEqualTo(ColourMap.EMBER.rgb(1));
        assertThat(at(second, left + 0.45 * width, level)).isEqualTo(ColourMap.EMBER.rgb(0.25));
    }

    @Test
    void scalesSpanTheDataButForTheFewBrightest() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 999 ? i / 999f : 1e6f;
        }
        Image image = Image.of(10, 100, 1, values);
        assertThat(ColourScale.brightest(image, 0.997)).isCloseTo(0.997, within(0.005));
        ColourScale grey = ColourScale.between(image, 0.1, 0.9, ColourMap.GREY);
        assertThat(grey.low()).isCloseTo(0.1, within(0.005));
        assertThat(grey.rgb(0.5)).isIn(0x7F7F7F, 0x808080);
        assertThatThrownBy(() -> new ColourScale(ColourMap.GREY, 1, 1, "", false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shrinkingAnImageKeepsItsMean() {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF0000);
        image.setRGB(4, 3, 0x0000FF);
        BufferedImage small = Raster.averaged(image, 2);
        assertThat(small.getWidth()).isEqualTo(3);
        assertThat(small.getRGB(0, 0) & 0xFFFFFF).isEqualTo(64 << 16);
        assertThat(small.getRGB(2, 1) & 0xFFFFFF).isEqualTo(128);
    }

    private static int at(BufferedImage image, double xPt, double yPt) {
        return image.getRGB((int) (xPt * SCALE), (int) (yPt * SCALE)) & 0xFFFFFF;
    }
}
