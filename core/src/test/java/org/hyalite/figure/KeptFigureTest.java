package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Protects figures of earlier versions: what their SVG shows comes back the same. */
class KeptFigureTest {
    private static final Map<String, Figure> SAMPLES = Samples.all(16);

    private static byte[] svg(Figure figure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.svg(out);
        return out.toByteArray();
    }

    @TestFactory
    Stream<DynamicTest> aFigureReadBackLooksTheSame() {
        return SAMPLES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    Figure kept = KeptFigure.read(svg(e.getValue()));
                    assertThat(kept.widthPt()).isEqualTo(e.getValue().widthPt());
                    assertThat(kept.heightPt()).isEqualTo(e.getValue().heightPt());
                    assertThat(kept.title()).isEqualTo(e.getValue().title());
                    BufferedImage was = e.getValue().image(96);
                    BufferedImage is = kept.image(96);
                    double far = 0;
                    for (int y = 0; y < was.getHeight(); y++) {
                        for (int x = 0; x < was.getWidth(); x++) {
                            int difference = 0;
                            for (int shift = 0; shift < 24; shift += 8) {
                                difference = Math.max(
                                        difference,
                                        Math.abs((was.getRGB(x, y) >> shift & 255) - (is.getRGB(x, y) >> shift & 255)));
                            }
                            far += difference > 48 ? 1 : 0;
                        }
                    }
                    assertThat(far / was.getWidth() / was.getHeight())
                            .as("share of pixels that differ")
                            .isLessThan(0.02);
                }));
    }

    @Test
    void otherFilesAreRefusedInOneLine() throws IOException {
        byte[] good = svg(Samples.phases());
        String text = new String(good, StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                "no SVG",
                "<svg/>",
                "<html viewBox=\"0 0 1 1\"/>",
                "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><svg viewBox=\"0 0 1 1\">&a;</svg>",
                text.substring(0, text.length() / 2),
                text.replaceFirst("<rect ", "<script "),
                text.replace("data:image/png;base64,", "elsewhere.png#"),
                text.replace("base64,iVBOR", "base64,AAAAA"),
                text.replaceFirst(" x=\"[^\"]*\"", " x=\"NaN\""))) {
            assertThatThrownBy(() -> KeptFigure.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad.substring(0, Math.min(60, bad.length())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
