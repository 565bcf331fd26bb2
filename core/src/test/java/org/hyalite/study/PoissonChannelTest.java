package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.hyalite.spectra.WindowCounts;
import org.junit.jupiter.api.Test;

class PoissonChannelTest {
    private static PoissonChannel channel(int tilts, int ny, int nx, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TiltSeries counts = TiltSeries.zeros(TiltGeometry.of(new double[tilts]), ny, nx, 2);
        TiltSeries background = counts.copy();
        for (int b = 0; b < counts.blocks().length; b++) {
            for (int i = 0; i < counts.blocks()[b].length; i++) {
                counts.blocks()[b][i] = random.nextInt(40);
                background.blocks()[b][i] = (float) random.nextDouble(0.1, 5);
            }
        }
        return new PoissonChannel(
                Element.of("Co"), counts, background, random.doubles(tilts).toArray());
    }

    /** The equation that the reconstruction believes, on a whole simulated experiment without noise, at every tilt. */
    @Test
    void expectedCountsAreAtomsTimesCountsPerUnitAndBackground() {
        Twin twin = Twin.simulate(
                TwinSettings.of(TwinSettings.Kind.FLUX)
                        .withSize(32)
                        .withTilts(5)
                        .withoutMisalignment()
                        .noiseFree(),
                2,
                Progress.NONE);
        SimulatedSample sample = twin.sample();
        List<SpectrumImage> maps = new ArrayList<>();
        for (int t = 0; t < sample.tilts(); t++) {
            maps.add(sample.map(t));
        }
        FitSettings settings = FitSettings.of(
                Stream.of("Co_Ka", "Co_Kb", "Zn_Ka", "Zn_Kb").map(XrayLine::of).toList(),
                Stream.of("Cu", "C", "N", "Si").map(Element::of).toList(),
                80);
        for (WindowCounts window : LineFitter.calibrate(maps, settings).windowCounts(maps, 2, Progress.NONE)) {
            PoissonChannel channel = PoissonChannel.of(
                    window,
                    TiltGeometry.of(sample.alignment().tiltsDeg()),
                    twin.crossSections(),
                    Collections.nCopies(maps.size(), sample.dose()),
                    sample.gains());
            double atoms = 0;
            for (float[] block : sample.density(window.element()).blocks()) {
                for (float density : block) {
                    atoms += density * Math.pow(twin.settings().pixelNm(), 3);
                }
            }
            for (int t = 0; t < maps.size(); t++) {
                double net = channel.counts().image(t).sum()
                        - channel.background().image(t).sum();
                double expected = channel.countsPerUnit()[t]
                        * atoms
                        / Math.pow(twin.settings().pixelNm(), 2);
                assertThat(net).as("%s, tilt %d", window.element(), t).isCloseTo(expected, within(0.01 * expected));
            }
        }
    }
}
