package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

/** Protects the twin as a whole: it can be repeated, stays in the field, and its files say what was done. */
class TwinTest {
    private static final TwinSettings SMALL =
            TwinSettings.of(Kind.SEGREGATED).withSize(32).withTilts(5);

    private static final Twin TWIN = simulate(SMALL, 1);

    @Test
    void aSeedGivesTheSameExperimentOnAnyNumberOfThreads() {
        Twin one = TWIN;
        Twin four = simulate(SMALL, 4);
        assertThat(one.sample().adf().blocks())
                .isDeepEqualTo(four.sample().adf().blocks());
        for (int i = 0; i < 4; i++) {
            assertThat(one.standards().get(i).adf().blocks())
                    .isDeepEqualTo(four.standards().get(i).adf().blocks());
        }
        assertThat(spectra(one.sample().map(1)))
                .isDeepEqualTo(spectra(four.sample().map(1)));
        assertThat(spectra(one.sample().map(1)))
                .isDeepEqualTo(spectra(one.sample().map(1)));
    }

    @Test
    void anotherSeedGivesAnotherExperiment() {
        Twin one = TWIN;
        Twin two = simulate(SMALL.withSeed(2), 2);
        assertThat(one.sample().phantom().volumeNm3())
                .isNotEqualTo(two.sample().phantom().volumeNm3());
        assertThat(one.sample().gains()).isNotEqualTo(two.sample().gains());
        assertThat(one.standards().stream().map(s -> s.phantom().volumeNm3())).doesNotHaveDuplicates();
        assertThat(one.trueEnergy()).isNotEqualTo(two.trueEnergy());
    }

    @Test
    void nothingReachesTheBorderAtAnyTiltShiftOrSeed() {
        for (int seed = 1; seed <= 3; seed++) {
            Kind kind = seed % 2 == 0 ? Kind.FLUX : Kind.SEGREGATED;
            Twin twin = simulate(TwinSettings.of(kind).withSize(64).withTilts(3).withSeed(seed), 2);
            SimulatedSample sample = twin.sample();
            for (int i = 0; i < sample.tilts(); i++) {
                assertBorderEmpty(sample.phantom().areal(View.of(64, 6, sample.alignment(), i)));
            }
            for (SimulatedStandard standard : twin.standards()) {
                for (int i = 0; i < standard.adf().tilts(); i++) {
                    assertBorderEmpty(standard.phantom().areal(View.of(64, 6, standard.alignment(), i)));
                }
            }
        }
    }

    @Test
    void theImageNearestZeroTiltIsNotShiftedAndTheOthersAre() {
        TrueAlignment alignment = TWIN.sample().alignment();
        assertThat(alignment.tiltsDeg()).containsExactly(-70, -35, 0, 35, 70);
        assertThat(alignment.shiftYPx()[2]).isZero();
        assertThat(alignment.shiftXPx()[2]).isZero();
        for (int i : new int[] {0, 1, 3, 4}) {
            assertThat(alignment.shiftYPx()[i]).isNotZero().isBetween(-1.0, 1.0);
            assertThat(alignment.shiftXPx()[i]).isNotZero().isBetween(-1.0, 1.0);
        }
        TrueAlignment none = simulate(SMALL.withoutMisalignment(), 2).sample().alignment();
        assertThat(none.shiftXPx()).containsOnly(0);
        assertThat(none.axisOffsetPx()).isZero();
        assertThat(none.axisRotationDeg()).isZero();
    }

    @Test
    void theGainIsOneAtZeroTiltAndFallsUnevenlyToAboutSevenTenths() {
        for (int seed = 1; seed < 20; seed++) {
            Microscope microscope = Microscope.of(seed);
            assertThat(microscope.gain(0)).isEqualTo(1);
            double left = microscope.gain(-70);
            double right = microscope.gain(70);
            assertThat(Math.min(left, right)).isBetween(0.62, 0.76);
            assertThat(Math.max(left, right)).isBetween(0.72, 0.87);
            assertThat(Math.abs(left - right)).isGreaterThan(0.05);
        }
    }

    @Test
    void theFilesSayWhatWasDone() {
        Twin twin = TWIN;
        Acquisition said = twin.sample().acquisition(1);
        assertThat(said.number(Acquisition.Key.TILT)).contains(-35.0);
        assertThat(said.number(Acquisition.Key.BEAM_ENERGY)).contains(80.0);
        assertThat(said.number(Acquisition.Key.BEAM_CURRENT)).contains(0.9);
        assertThat(said.number(Acquisition.Key.DWELL_TIME)).contains(0.12);
        assertThat(said.number(Acquisition.Key.PIXEL_SIZE)).contains(12.0);
        assertThat(said.names(Acquisition.Key.ELEMENTS)).containsExactly("Co", "Zn");
        assertThat(twin.sample().dose().electrons()).isCloseTo(6.74e8, within(1e6));
        assertThat(twin.standards())
                .extracting(SimulatedStandard::name)
                .containsExactly("co-1", "co-2", "zn-1", "zn-2");
        assertThat(twin.standards())
                .extracting(SimulatedStandard::densityPerNm3)
                .containsExactly(4.87, 4.87, 4.45, 4.45);
        assertThat(twin.standards().get(1).dose().currentNa()).isNotEqualTo(0.9);
        assertThat(twin.standards().get(1).acquisition().number(Acquisition.Key.TILT))
                .contains(0.0);
    }

    @Test
    void withoutNoiseAStandardsMapIsItsThicknessTimesEquationOne() {
        Twin twin = simulate(SMALL.withoutMisalignment().noiseFree(), 2);
        SimulatedStandard standard = twin.standards().get(2);
        SpectrumImage map = standard.map();
        assertThat(map.isWhole()).isFalse();
        Image thickness = standard.thickness();
        double zincKAlpha = twin.crossSections().get(XrayLine.of("Zn_Ka")).nm2();
        // a window that holds all of Zn Kα but also background: compared as a difference between pixels' slopes
        int centre = (int) Math.round(twin.trueEnergy().channel(8.631));
        Image peak = map.window(centre - 22, centre + 23);
        Image below = map.window(centre - 37, centre - 27);
        Image above = map.window(centre + 31, centre + 41);
        double worst = 0;
        for (int i = 0; i < thickness.values().length; i++) {
            double expected =
                    standard.dose().electrons() * 4.45 * zincKAlpha * thickness.values()[i];
            double net = peak.values()[i] - 45 * (below.values()[i] + above.values()[i]) / 20.0;
            worst = Math.max(worst, Math.abs(net - expected));
        }
        assertThat(worst).isLessThan(2.5); // of up to 120 counts; the rest is copper beside the line
    }

    @Test
    void darkfieldImagesAreWholeNumbersOfSixteenBitsAboveABlackLevel() {
        Image image = TWIN.sample().adf().image(2);
        double corner = 0;
        double brightest = 0;
        for (float v : image.values()) {
            assertThat(v).isBetween(0f, 65535f).isEqualTo((float) Math.rint(v));
            brightest = Math.max(brightest, v);
        }
        for (int i = 0; i < 32; i++) {
            corner += image.at(0, i) / 32;
        }
        assertThat(corner).isBetween(1500.0, 4000.0);
        assertThat(brightest).isBetween(12_000.0, 35_000.0);
    }

    @Test
    void settingsThatMakeNoExperimentAreRefused() {
        assertThatThrownBy(() -> SMALL.withTilts(14)).hasMessageContaining("odd");
        assertThatThrownBy(() -> SMALL.withSize(3)).hasMessageContaining("size of 3");
        assertThatThrownBy(() -> SMALL.withElectrons(0)).hasMessageContaining("dose");
        assertThatThrownBy(() -> Kind.of("fluxy")).hasMessageContaining("segregated, flux");
        assertThat(Kind.of("flux")).isEqualTo(Kind.FLUX);
    }

    @Test
    void cancellingStops() {
        Progress cancelled = new Progress() {
            @Override
            public void report(String task, double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Twin.simulate(SMALL, 2, cancelled))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void theTrueDensityIsThatOfTheParticle() {
        SimulatedSample sample = TWIN.sample();
        double zn = 0;
        for (TruePhase phase : sample.phases()) {
            zn += phase.volumeNm3() * phase.fractionMean() * phase.densityMeanPerNm3();
        }
        var volume = sample.density(Element.of("Zn"));
        assertThat(volume.nz()).isEqualTo(32);
        assertThat(volume.sum() * volume.voxelNm3()).isCloseTo(zn, within(5e-3 * zn));
        assertThat(List.of(volume.max())).allSatisfy(m -> assertThat(m).isLessThanOrEqualTo(6f));
    }

    private static void assertBorderEmpty(double[][] areal) {
        int size = (int) Math.sqrt(areal[0].length);
        for (double[] metal : areal) {
            for (int i = 0; i < size; i++) {
                assertThat(metal[i] + metal[(size - 1) * size + i] + metal[i * size] + metal[i * size + size - 1])
                        .isZero();
            }
        }
    }

    private static double[][] spectra(SpectrumImage map) {
        double[][] all = new double[map.ny() * map.nx()][map.energy().channels()];
        for (int i = 0; i < all.length; i++) {
            map.addTo(i / map.nx(), i % map.nx(), all[i]);
        }
        return all;
    }

    private static Twin simulate(TwinSettings settings, int threads) {
        return Twin.simulate(settings, threads, Progress.NONE);
    }
}
