package org.hyalite.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;

/** Protects that renderings show bodies where, as large, and from the side that the figure says. */
final class RendererTest {
    private static Volume ball(int n, double radius) {
        return Samples.volume(n, n, n, 2, p -> {
            double r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            return Math.max(0, Math.min(1, (radius - r) * n / 2 + 0.5));
        });
    }

    private static int lit(BufferedImage image, int floor) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color c = new Color(image.getRGB(x, y));
                count += Math.max(c.getRed(), Math.max(c.getGreen(), c.getBlue())) > floor ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aBallHasItsOwnAreaFromEverySide() {
        Volume ball = ball(40, 0.6);
        double expected = Math.PI * 24 * 24; // radius 0.6 × 40 nm
        for (View view : List.of(View.BEAM, new View(35, 20), new View(-110, -40), new View(0, 90))) {
            Frame frame = Frame.around(ball, 0.5, List.of(view));
            Rendering rendering = Renderer.surface(ball, 0.5, Color.WHITE, view, frame, 160);
            double area = lit(rendering.image(), 8) * rendering.nmPerPixel() * rendering.nmPerPixel();
            assertThat(area).isCloseTo(expected, within(0.04 * expected));
            assertThat(rendering.nmPerPixel()).isCloseTo(frame.sizeNm() / 160, within(1e-12));
            assertThat(rendering.image().getRGB(0, 0)).isEqualTo(0xFF000000);
        }
    }

    @Test
    void lightComesFromTheUpperLeft() {
        Volume ball = ball(40, 0.7);
        BufferedImage image = Renderer.surface(
                        ball, 0.5, Color.WHITE, View.BEAM, Frame.around(ball, 0.5, List.of(View.BEAM)), 100)
                .image();
        assertThat(image.getRGB(35, 35) & 255).isGreaterThan((image.getRGB(65, 65) & 255) + 60);
    }

    @Test
    void anOffCentreBodyStandsWhereTheTiltSeriesWouldSeeIt() {
        Volume spot = Samples.volume(41, 41, 41, 1, p -> Math.hypot(p[0] - 0.5, Math.hypot(p[1], p[2])) < 0.15 ? 1 : 0);
        Frame frame = new Frame(20, 20, 20, 41);
        // x cos θ − z sin θ with z = +10 voxels: at +90° the spot lies 10 voxels to the left, at −90° to the right
        assertThat(centre(spot, new View(90, 0), frame)[0]).isCloseTo(-10.25, within(0.5));
        assertThat(centre(spot, new View(-90, 0), frame)[0]).isCloseTo(10.25, within(0.5));
        assertThat(centre(spot, View.BEAM, frame)[0]).isCloseTo(0, within(0.5));
        // from above, what is far stands higher
        assertThat(centre(spot, new View(0, 45), frame)[1]).isCloseTo(-7.2, within(0.5));
    }

    private static double[] centre(Volume volume, View view, Frame frame) {
        BufferedImage image =
                Renderer.surface(volume, 0.5, Color.WHITE, view, frame, 82).image();
        double x = 0;
        double y = 0;
        int n = 0;
        for (int v = 0; v < 82; v++) {
            for (int u = 0; u < 82; u++) {
                if ((image.getRGB(u, v) & 255) > 10) {
                    x += u;
                    y += v;
                    n++;
                }
            }
        }
        return new double[] {(x / n - 40.5) / 2, (y / n - 40.5) / 2};
    }

    @Test
    void eachElementGlowsInItsColourOnItsSide() {
        Volume co = Samples.volume(24, 24, 24, 1, p -> inside(p) && p[2] < 0 ? 5 : 0);
        Volume zn = Samples.volume(24, 24, 24, 1, p -> inside(p) && p[2] >= 0 ? 5 : 0);
        List<ElementVolume> both =
                List.of(new ElementVolume("Co", Color.RED, co), new ElementVolume("Zn", Color.BLUE, zn));
        Frame frame = Frame.around(co.plus(zn), 1, List.of(View.BEAM));
        for (int turn : new int[] {0, 180}) {
            BufferedImage image =
                    Renderer.volume(both, 5, new View(turn, 0), frame, 80).image();
            Color left = new Color(image.getRGB(28, 40));
            Color right = new Color(image.getRGB(52, 40));
            Color co1 = turn == 0 ? left : right;
            Color zn1 = turn == 0 ? right : left;
            assertThat(co1.getRed()).isGreaterThan(120);
            assertThat(co1.getBlue()).isLessThan(15);
            assertThat(zn1.getBlue()).isGreaterThan(120);
            assertThat(zn1.getRed()).isLessThan(15);
            assertThat(image.getRGB(1, 1)).isEqualTo(0xFF000000);
        }
    }

    private static boolean inside(double[] p) {
        return Math.max(Math.abs(p[0]), Math.max(Math.abs(p[1]), Math.abs(p[2]))) < 0.7;
    }

    @Test
    void brightnessGoesWithTheNumberOfAtoms() {
        Volume thick = Samples.volume(24, 24, 24, 1, p -> inside(p) ? 6 : 0);
        Volume thin = Samples.volume(24, 24, 24, 1, p -> inside(p) ? 3 : 0);
        Frame frame = Frame.around(thick, 1, List.of(View.BEAM));
        int full = glow(thick, frame);
        int half = glow(thin, frame);
        assertThat((double) half / full).isBetween(0.35, 0.6);
    }

    private static int glow(Volume volume, Frame frame) {
        List<ElementVolume> one = List.of(new ElementVolume("Co", Color.RED, volume));
        return new Color(Renderer.volume(one, 6, View.BEAM, frame, 60).image().getRGB(30, 30)).getRed();
    }

    @Test
    void largeVolumesAreBinnedWithoutMoving() {
        Volume large = Samples.volume(
                9, 9, 410, 1, p -> Math.abs(p[2] - 0.5) < 0.2 && Math.abs(p[1]) < 0.7 && Math.abs(p[0]) < 0.7 ? 1 : 0);
        BufferedImage image = Renderer.surface(large, 0.4, Color.WHITE, View.BEAM, new Frame(4, 4, 204.5, 410), 82)
                .image();
        int first = -1;
        int last = -1;
        for (int x = 0; x < 82; x++) {
            if ((image.getRGB(x, 40) & 255) > 10) {
                first = first < 0 ? x : first;
                last = x;
            }
        }
        assertThat(first).isCloseTo(53, within(1)); // 82 × 0.65
        assertThat(last).isCloseTo(69, within(1)); // 82 × 0.85
    }

    @Test
    void viewsAreRightAngled() {
        for (View view : List.of(View.BEAM, new View(33, -71), new View(200, 12))) {
            double[] r = view.right();
            double[] d = view.down();
            double[] a = view.away();
            for (int i = 0; i < 3; i++) {
                int j = (i + 1) % 3;
                int k = (i + 2) % 3;
                assertThat(a[i]).isCloseTo(r[j] * d[k] - r[k] * d[j], within(1e-12));
            }
            assertThat(r[0] * d[0] + r[1] * d[1] + r[2] * d[2]).isCloseTo(0, within(1e-12));
        }
        assertThat(View.BEAM.caption()).isEqualTo("along the beam");
        assertThat(new View(-28, 18).caption()).isEqualTo("−28° about y, 18° from above");
        assertThatThrownBy(() -> new View(0, 91)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFrameFollowsTheBodyNotTheGrid() {
        Volume small = Samples.volume(
                40, 40, 40, 3, p -> Math.abs(p[0]) < 0.1 && Math.abs(p[1]) < 0.1 && Math.abs(p[2] - 0.5) < 0.1 ? 1 : 0);
        Frame frame = Frame.around(small, 0.5, List.of(View.BEAM));
        assertThat(frame.centreX()).isCloseTo(29.5, within(0.6));
        assertThat(frame.sizeNm()).isBetween(4 * 3.0, 8 * 3.0);
        assertThat(Frame.around(small, 5, List.of(View.BEAM)).sizeNm()).isGreaterThan(100);
    }

    @Test
    void volumesOfDifferentGridsAreRefused() {
        List<ElementVolume> unequal = List.of(
                new ElementVolume("Co", Color.RED, Volume.zeros(2, 2, 2, 1)),
                new ElementVolume("Zn", Color.BLUE, Volume.zeros(2, 2, 3, 1)));
        assertThatThrownBy(() -> Renderer.volume(unequal, 1, View.BEAM, new Frame(1, 1, 1, 2), 8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Renderer.volume(List.of(), 1, View.BEAM, new Frame(1, 1, 1, 2), 8))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
