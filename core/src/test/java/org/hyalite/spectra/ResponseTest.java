package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

/** A line's shape may change where its counts are, never how many there are; and a detector's losses must be found again. */
class ResponseTest {
    private static final EnergyAxis AXIS = new EnergyAxis(1400, 0, 0.01);

    /** Photons are neither made nor lost, and the mean energy falls by what the law of charge collection takes. */
    @Test
    void tailsKeepTheCountsAndTakeTheEnergyThatTheLawSays() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 40; i++) {
            double energy = 1 + 11 * random.nextDouble();
            double depth = random.nextDouble();
            double surface = 0.02 + 0.2 * random.nextDouble();
            double photons = 0.2 * random.nextDouble();
            double border = 0.02 + 0.1 * random.nextDouble();
            Response response = new Response(new PeakWidth(130, 2.5), depth, surface, photons, border, false);
            double[] counts = new double[AXIS.channels()];
            response.add(List.of(new XrayLine.Component(energy, 1)), 1000, 0, AXIS.gainKeV(), counts);
            double sum = Arrays.stream(counts).sum();
            double mean = 0;
            for (int c = 0; c < counts.length; c++) {
                mean += counts[c] * AXIS.energyKeV(c) / sum;
            }
            double x = MassAttenuation.cm2PerGram(Element.of("Si"), energy) * 2.33e-4 * depth;
            double lost = (1 - photons) * surface * x / (x + 1) + photons * border / 2;
            assertThat(sum).isCloseTo(1000, within(0.5));
            assertThat(mean).isCloseTo(energy * (1 - lost), within(3e-4 * energy));
        }
    }

    @Test
    void withoutLossALineIsAGaussian() {
        double[] counts = new double[AXIS.channels()];
        Response.gaussian(new PeakWidth(130, 2.5))
                .add(List.of(new XrayLine.Component(6.4, 1)), 1, 0, AXIS.gainKeV(), counts);
        double[] gaussian = new double[AXIS.channels()];
        NormalIntegral.add(gaussian, 1, 6.4, new PeakWidth(130, 2.5).sigmaKeV(6.4), -0.005, 0.01);
        assertThat(counts).containsExactly(gaussian, within(1e-12));
    }

    /** Reed and Ware's figure 3: about 1.5 % just above the edge, falling to about 0.5 % at iron. */
    @Test
    void escapeIsStrongestJustAboveSiliconsEdge() {
        assertThat(Response.escapeShare(2.01)).isBetween(0.010, 0.022);
        assertThat(Response.escapeShare(6.40)).isBetween(0.003, 0.008);
        for (double e = 1.9; e < 12; e += 0.3) {
            assertThat(Response.escapeShare(e + 0.3)).isLessThan(Response.escapeShare(e));
        }
    }

    /** Photon by photon: depth, collected charge, noise. What the fit makes of it is the number of photons. */
    @Test
    void lossesOfASimulatedDetectorAreFoundAndTheCountsAreRight() {
        SplittableRandom random = new SplittableRandom(3);
        double[] counts = new double[AXIS.channels()];
        String[] lines = {"Si_Ka", "P_Ka", "Ti_Ka", "Fe_Ka", "Cu_Ka"};
        for (String name : lines) {
            double energy = XrayLine.of(name).energyKeV();
            double perUm = MassAttenuation.cm2PerGram(Element.of("Si"), energy) * 2.33e-4;
            double sigma = Math.sqrt(0.13 * 0.13 + 0.0025 * (energy - 5.8987)) / 2.3548;
            for (int n = 0; n < 200_000; n++) {
                double z = -Math.log(1 - random.nextDouble()) / perUm;
                double collected = 1 - 0.15 * Math.exp(-z / 0.2);
                int channel = (int) Math.round(AXIS.channel(energy * collected + sigma * gaussian(random)));
                counts[channel]++;
            }
        }
        for (int n = 0; n < 400_000; n++) {
            counts[(int) Math.round(AXIS.channel(0.3 + 11.5 * Math.pow(random.nextDouble(), 2)))]++;
        }
        FitSettings settings = FitSettings.of(
                        Arrays.stream(lines).map(XrayLine::of).toList(), List.of(), 200)
                .withResolutionEv(130);
        LineFitter fitter = LineFitter.calibrate(Spectrum.of(AXIS, counts), settings);
        DetectorResponse.ChargeLoss loss = fitter.detector().chargeLoss().orElseThrow();
        assertThat(loss.depthUm().value()).isBetween(0.1, 0.35);
        assertThat(fitter.detector().escapePeaks()).isFalse();
        assertThat(fitter.counts(Spectrum.of(AXIS, counts)))
                .allSatisfy(net -> assertThat(net.value()).isCloseTo(200_000, within(3000.0)));
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Detectors without losses get none: 20 spectra of Gaussians, and the errors of the axis are as wide as its scatter. */
    @Test
    void gaussiansStayGaussiansAndTheErrorsOfTheAxisAreHonest() {
        double[] mean = SimulatedSpectra.mixture(AXIS, 130, 10, 10, 5, 130).mean();
        FitSettings settings = FitSettings.of(
                        List.of(XrayLine.of("Co_Ka"), XrayLine.of("Zn_Ka")),
                        List.of(Element.of("Cu"), Element.of("C"), Element.of("N")),
                        80)
                .withResolutionEv(130);
        double offset = 0;
        double gain = 0;
        double width = 0;
        int spectra = 20;
        for (int seed = 0; seed < spectra; seed++) {
            LineFitter fitter = LineFitter.calibrate(SimulatedSpectra.spectrum(AXIS, mean, 1000, 100 + seed), settings);
            assertThat(fitter.detector().chargeLoss()).isEmpty();
            EnergyCalibration energy = fitter.energy();
            offset += square(energy.offsetKeV().value() / energy.offsetKeV().standardError());
            gain += square((energy.gainKeV().value() - 0.01) / energy.gainKeV().standardError());
            width += square(
                    (energy.fwhmMnKaEv().value() - 130) / energy.fwhmMnKaEv().standardError());
        }
        for (double squares : new double[] {offset, gain, width}) {
            assertThat(Math.sqrt(squares / spectra)).isBetween(0.5, 1.5);
        }
    }

    private static double square(double v) {
        return v * v;
    }
}
