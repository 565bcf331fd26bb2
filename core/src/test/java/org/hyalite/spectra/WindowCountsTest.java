package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts in windows are Poisson data only if what is expected in them is known: own counts times share, and background. */
class WindowCountsTest {
    private static final EnergyAxis AXIS = new EnergyAxis(1024, 0.0, 0.01);
    private static final int NY = 100;
    private static final int NX = 60;

    private static FitSettings settings(String... lines) {
        return FitSettings.of(
                        Arrays.stream(lines).map(XrayLine::of).toList(),
                        List.of(Element.of("Cu"), Element.of("C"), Element.of("N")),
                        80)
                .withResolutionEv(130);
    }

    /** 130 counts a pixel, of which 4 are Co Kα and 4 Zn Kα, beside 2 of Cu Kα. */
    private static SimulatedSpectra pixel() {
        return SimulatedSpectra.mixture(AXIS, 130, 4, 4, 2, 130);
    }

    private static SpectrumImage expected(double[]... means) {
        SpectrumImage.Builder builder = SpectrumImage.fractional(40, 40, 1, AXIS);
        for (int i = 0; i < 1600; i++) {
            double[] mean = means[i % 40 * means.length / 40];
            float[] counts = new float[mean.length];
            for (int c = 0; c < counts.length; c++) {
                counts[c] = (float) mean[c];
            }
            builder.pixel(i / 40, i % 40, counts);
        }
        return builder.build();
    }

    private static double own(WindowCounts window, SimulatedSpectra truth) {
        return window.shares().entrySet().stream()
                .mapToDouble(s -> s.getValue() * truth.expected(s.getKey().name()))
                .sum();
    }

    private static double mean(Image image) {
        return image.sum() / image.values().length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Co_Ka", "Co_Kb", "Zn_Ka", "Zn_Kb", "Co_Ka,Co_Kb", "Zn_Ka,Zn_Kb"})
    void countsLessBackgroundAreTheLinesOwn(String lines) {
        // both elements quantified, the asked one with these lines only
        String other = lines.startsWith("Co") ? "Zn_Ka,Zn_Kb" : "Co_Ka,Co_Kb";
        FitSettings settings = settings((lines + "," + other).split(","));
        SpectrumImage counted = SimulatedSpectra.map(AXIS, NY, NX, pixel().mean(), 5);
        LineFitter fitter = LineFitter.calibrate(counted.sum(), settings);
        WindowCounts noisy =
                fitter.windowCounts(List.of(counted), 2, Progress.NONE).get(0);
        double own = own(noisy, pixel());
        double net = mean(noisy.counts().get(0)) - mean(noisy.background().get(0));
        // both what is counted and what is filtered scatter: twice the window's own Poisson noise covers both
        double noise = 2 * Math.sqrt(mean(noisy.counts().get(0)) / (NY * NX));
        assertThat(net).as("of %s", lines).isCloseTo(own, within(0.005 * own + 3 * noise));

        SpectrumImage expected = expected(pixel().mean());
        WindowCounts exact = LineFitter.calibrate(expected.sum(), settings)
                .windowCounts(List.of(expected), 2, Progress.NONE)
                .get(0);
        double without = mean(exact.counts().get(0)) - mean(exact.background().get(0));
        assertThat(without).as("expected counts of %s", lines).isCloseTo(own(exact, pixel()), within(0.01 * own));
    }

    /** Fe Kβ under Co Kα, Co Kβ under Ni Kα, Ni Kβ beside Cu Kα, Cu Kβ beside Zn Kα. */
    @Test
    void neighboursUnderALineAreBackgroundAndNoCountServesTwoElements() {
        SimulatedSpectra crowd = SimulatedSpectra.on(AXIS, 130, 80)
                .line("Fe_Ka", 20)
                .line("Fe_Kb", 2.6)
                .line("Co_Ka", 10)
                .line("Co_Kb", 1.3)
                .line("Ni_Ka", 15)
                .line("Ni_Kb", 2)
                .line("Cu_Ka", 10)
                .line("Cu_Kb", 1.4)
                .line("Zn_Ka", 10)
                .line("Zn_Kb", 1.3)
                .continuum(40, 0.5);
        SpectrumImage map = expected(crowd.mean());
        FitSettings settings =
                settings("Fe_Ka", "Fe_Kb", "Co_Ka", "Co_Kb", "Ni_Ka", "Ni_Kb", "Cu_Ka", "Cu_Kb", "Zn_Ka", "Zn_Kb");
        List<WindowCounts> all = LineFitter.calibrate(map.sum(), settings).windowCounts(List.of(map), 2, Progress.NONE);
        assertThat(all).hasSize(5);
        for (WindowCounts window : all) {
            double own = own(window, crowd);
            assertThat(mean(window.counts().get(0)) - mean(window.background().get(0)))
                    .as("of %s, %s", window.element(), window.window())
                    .isCloseTo(own, within(0.01 * own));
            for (WindowCounts other : all) {
                for (LineModel.Window a : window.window()) {
                    assertThat(other != window && other.window().stream().anyMatch(b -> overlap(a, b)))
                            .isFalse();
                }
            }
        }
    }

    private static boolean overlap(LineModel.Window a, LineModel.Window b) {
        return a.lowKeV() < b.highKeV() - 1e-9 && b.lowKeV() < a.highKeV() - 1e-9;
    }

    /** Where the element is, its counts must not enter the background that is smoothed into the places beside it. */
    @Test
    void anElementsOwnCountsDoNotEnterTheBackground() {
        SimulatedSpectra rich = SimulatedSpectra.on(AXIS, 130, 80)
                .line("Co_Ka", 200)
                .line("Co_Kb", 26)
                .line("Zn_Ka", 1)
                .line("Zn_Kb", 0.1)
                .continuum(100, 0.5);
        SimulatedSpectra bare = SimulatedSpectra.on(AXIS, 130, 80)
                .line("Zn_Ka", 1)
                .line("Zn_Kb", 0.1)
                .continuum(100, 0.5);
        SpectrumImage map = expected(rich.mean(), bare.mean());
        WindowCounts co = LineFitter.calibrate(map.sum(), settings("Co_Ka", "Co_Kb", "Zn_Ka", "Zn_Kb"))
                .windowCounts(List.of(map), 2, Progress.NONE)
                .get(0);
        float beside = co.counts().get(0).at(20, 30);
        for (int x = 0; x < 40; x++) {
            assertThat(co.background().get(0).at(20, x)).isCloseTo(beside, within(0.04f * beside));
        }
    }

    @Test
    void windowsHoldTheMapsWholeCountsAndTheBackgroundIsPositiveEvenWhereNothingIs() {
        SpectrumImage.Builder builder = SpectrumImage.whole(40, 40, 1, AXIS);
        SpectrumImage full = SimulatedSpectra.map(AXIS, 20, 40, pixel().mean(), 8);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 40; x++) {
                double[] sum = new double[AXIS.channels()];
                full.addTo(y, x, sum);
                builder.pixel(y, x, Arrays.stream(sum).mapToInt(v -> (int) v).toArray());
            }
        }
        SpectrumImage half = builder.build();
        LineFitter fitter = LineFitter.calibrate(half.sum(), settings("Co_Ka", "Co_Kb", "Zn_Ka", "Zn_Kb"));
        for (WindowCounts window : fitter.windowCounts(List.of(half, half), 1, Progress.NONE)) {
            assertThat(window.counts()).hasSize(2);
            double total = 0;
            for (LineModel.Window range : window.window()) {
                int from = (int) Math.round(fitter.energy().axis().channel(range.lowKeV()) + 0.5);
                int to = (int) Math.round(fitter.energy().axis().channel(range.highKeV()) + 0.5);
                total += half.window(from, to).sum();
            }
            assertThat(window.counts().get(1).sum()).isEqualTo(total);
            for (int i = 0; i < 1600; i++) {
                float k = window.counts().get(0).values()[i];
                assertThat(k).isEqualTo(Math.round(k));
                assertThat(window.background().get(0).values()[i]).isPositive();
            }
        }
    }

    @Test
    void threadsChangeNothing() {
        SpectrumImage map = SimulatedSpectra.map(AXIS, 30, 20, pixel().mean(), 3);
        LineFitter fitter = LineFitter.calibrate(map.sum(), settings("Co_Ka", "Zn_Ka"));
        List<WindowCounts> one = fitter.windowCounts(List.of(map), 1, Progress.NONE);
        List<WindowCounts> two = fitter.windowCounts(List.of(map), 2, Progress.NONE);
        for (int e = 0; e < one.size(); e++) {
            assertThat(two.get(e).counts().get(0).values())
                    .isEqualTo(one.get(e).counts().get(0).values());
            assertThat(two.get(e).background().get(0).values())
                    .isEqualTo(one.get(e).background().get(0).values());
        }
    }

    /** The rule that picks the smoothing must come near the width that is best against the truth. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 3, 30})
    void theSmoothingChosenIsNearlyTheBest(double level) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(4);
        Image truth = Image.zeros(60, 50, 1);
        Image raw = Image.zeros(60, 50, 1);
        Image error = Image.zeros(60, 50, 1);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 50; x++) {
                double v = level * (0.3 + Math.exp(-(Math.pow(y - 30, 2) + Math.pow(x - 25, 2)) / 150));
                truth.set(y, x, (float) v);
                raw.set(y, x, (float) (v + Math.sqrt(v) * random.nextGaussian()));
                error.set(y, x, (float) Math.sqrt(v));
            }
        }
        BackgroundSmoothing.Smoothed chosen = BackgroundSmoothing.smooth(List.of(raw), List.of(error));
        double least = Double.POSITIVE_INFINITY;
        for (double width = 0.5; width < 16; width *= 1.2) {
            least = Math.min(least, distance(BackgroundSmoothing.gaussian(raw, width), truth));
        }
        assertThat(distance(chosen.images().get(0), truth)).isLessThan(1.3 * least);
    }

    private static double distance(Image a, Image b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += Math.pow(a.values()[i] - b.values()[i], 2);
        }
        return Math.sqrt(sum);
    }
}
