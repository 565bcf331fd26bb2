package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

/** Protects Eq. (1) on the side of the twin: counts of a known slab, by hand, and their statistics. */
class XrayCameraTest {
    private static final EnergyAxis AXIS = new EnergyAxis(1024, -0.2, 0.01);
    private static final int SIZE = 16;

    @Test
    void aSlabGivesTheCountsOfEquationOne() {
        // 1 nA for 1 ms are 6.2415e6 electrons; · 4.87 Co/nm³ · 2.70e-10 nm² · 100 nm = 0.82070 counts, and so on
        double electrons = new Dose(1, 1e-3).electrons();
        assertThat(line(Compound.CO_ZIF_4, 4.87, electrons, 6.925)).isCloseTo(0.82070, within(1e-3));
        assertThat(line(Compound.CO_ZIF_4, 4.87, electrons, 7.649)).isCloseTo(0.10943, within(3e-4));
        assertThat(line(Compound.ZIF_62, 4.45, electrons, 8.631)).isCloseTo(0.69714, within(1e-3));
        assertThat(line(Compound.ZIF_62, 4.45, electrons, 9.572)).isCloseTo(0.08332, within(3e-4));
    }

    @Test
    void theCrossSectionsAreThoseOfTheTitan() {
        Map<XrayLine, CrossSection> all = Instrument.TITAN.crossSections();
        assertThat(all.get(XrayLine.of("Co_Ka")).barn()).isEqualTo(2.70);
        assertThat(all.get(XrayLine.of("Co_Kb")).barn()).isEqualTo(0.36);
        assertThat(all.get(XrayLine.of("Zn_Ka")).barn()).isEqualTo(2.51);
        assertThat(all.get(XrayLine.of("Zn_Kb")).barn()).isEqualTo(0.30);
    }

    @Test
    void theShadowOfTheHolderDimsTheSpecimenAndNotTheGrid() {
        XrayCamera camera = camera(Compound.CO_ZIF_4);
        double full = total(camera.expected(slab(4.87), 0, 1e9, 1));
        double half = total(camera.expected(slab(4.87), 0, 1e9, 0.5));
        double copper = window(camera.expected(slab(0), 0, 1e9, 1), 7.8, 8.3);
        assertThat(window(camera.expected(slab(0), 0, 1e9, 0.5), 7.8, 8.3)).isCloseTo(copper, within(1e-6 * copper));
        assertThat(window(camera.expected(slab(0), 70, 1e9, 1), 7.8, 8.3))
                .isCloseTo(2.5 * copper, within(1e-6 * copper));
        assertThat(half).isBetween(0.5 * full, 0.55 * full);
    }

    @Test
    void drawnCountsScatterAboutTheExpectedOnesAsPoissonNumbers() {
        XrayCamera camera = camera(Compound.ZIF_62);
        Seen seen = slab(4.45);
        SpectrumImage expected = camera.expected(seen, 20, 6.7e8, 0.9);
        SpectrumImage drawn = camera.recorded(seen, 20, 6.7e8, 0.9, Dice.of(12));
        assertThat(drawn.isWhole()).isTrue();
        double[] mean = expected.sum().counts();
        double[] found = drawn.sum().counts();
        double chiSquare = 0;
        int channels = 0;
        for (int c = 0; c < mean.length; c++) {
            if (mean[c] > 20) {
                chiSquare += (found[c] - mean[c]) * (found[c] - mean[c]) / mean[c];
                channels++;
            }
        }
        assertThat(channels).isGreaterThan(300);
        assertThat(chiSquare / channels).isCloseTo(1, within(5 * Math.sqrt(2.0 / channels)));
        double perPixel = total(expected) / (SIZE * SIZE);
        double scatter = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            double n = total(drawn, i);
            scatter += (n - perPixel) * (n - perPixel) / perPixel;
        }
        assertThat(scatter / (SIZE * SIZE)).isCloseTo(1, within(5 * Math.sqrt(2.0 / (SIZE * SIZE))));
    }

    @Test
    void aLineIsAsWideAsTheDetectorResolves() {
        double[] spectrum = Emission.of(AXIS, 130, Instrument.TITAN).of(Compound.CO_ZIF_4);
        double peak = 0;
        for (int c = 660; c < 760; c++) {
            peak = Math.max(peak, spectrum[c]);
        }
        int above = 0;
        for (int c = 660; c < 760; c++) {
            above += spectrum[c] > 0.5 * peak ? 1 : 0;
        }
        // sqrt(130² + 2.5 · (6930 − 5899)) = 139.6 eV, and two lines 15 eV apart
        assertThat(above).isBetween(13, 15);
    }

    /** Counts above the line through the background at both sides of a peak, in a pixel of a slab of 100 nm. */
    private static double line(Compound compound, double density, double electrons, double keV) {
        double[] sum =
                camera(compound).expected(slab(density), 0, electrons, 1).sum().counts();
        double[] grid =
                camera(compound).expected(slab(0), 0, electrons, 1).sum().counts();
        // without the copper: that of the grid, and that of what the specimen scatters onto it
        double[] clean = new double[sum.length];
        double squares = density * 100 * compound.atomicNumbersToThe(2);
        double[] scattered = Emission.of(AXIS, 130, Instrument.TITAN).ofScattering();
        for (int c = 0; c < sum.length; c++) {
            clean[c] = sum[c] - grid[c] - electrons * squares * scattered[c] * SIZE * SIZE;
        }
        int half = 30;
        int centre = (int) Math.round(AXIS.channel(keV));
        double background = 0;
        for (int c = 0; c < 5; c++) {
            background += (clean[centre - half - 1 - c] + clean[centre + half + 1 + c]) / 10;
        }
        double counts = 0;
        for (int c = centre - half; c <= centre + half; c++) {
            counts += clean[c] - background;
        }
        return counts / (SIZE * SIZE);
    }

    private static XrayCamera camera(Compound compound) {
        return XrayCamera.of(Emission.of(AXIS, 130, Instrument.TITAN), AXIS, List.of(compound));
    }

    /** A slab of 100 nm that fills the field, without film. */
    private static Seen slab(double density) {
        Solid box = Solid.box(new double[] {-900, -900, -50}, new double[] {900, 900, 50});
        return Seen.of(Phantom.uniform(box, Compound.CO_ZIF_4, density), Film.none(), View.aligned(SIZE, 4, 0));
    }

    private static double total(SpectrumImage image) {
        double total = 0;
        for (double v : image.sum().counts()) {
            total += v;
        }
        return total;
    }

    private static double total(SpectrumImage image, int pixel) {
        double[] counts = new double[image.energy().channels()];
        image.addTo(pixel / SIZE, pixel % SIZE, counts);
        double total = 0;
        for (double v : counts) {
            total += v;
        }
        return total;
    }

    private static double window(SpectrumImage image, double fromKeV, double toKeV) {
        return image.window((int) AXIS.channel(fromKeV), (int) AXIS.channel(toKeV))
                .sum();
    }
}
