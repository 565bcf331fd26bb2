package org.hyalite.io.bcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the live time: told by the strobe peak alone, never where the file does not say its frequency. */
class LiveTimesTest {
    private static final EnergyAxis AXIS = new EnergyAxis(90, -0.2, 0.01);

    @TempDir
    Path folder;

    /** The law: pulses at a known frequency give back the live time of each pixel, whatever X-rays there are. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pulsesGiveTheTimeBack(long seed) {
        Random random = new Random(seed);
        int ny = 1 + random.nextInt(6);
        int nx = 1 + random.nextInt(6);
        double frequency = 100 * (1 + random.nextInt(400));
        SpectrumImage.Builder map = SpectrumImage.whole(ny, nx, 1, AXIS);
        int[] pulses = new int[ny * nx];
        long all = 0;
        for (int p = 0; p < pulses.length; p++) {
            int[] counts = new int[90];
            pulses[p] = 1 + random.nextInt(500);
            all += pulses[p];
            for (int i = 0; i < pulses[p]; i++) {
                counts[(int) Math.round(20 + Math.max(-9, Math.min(9, 2.5 * random.nextGaussian())))]++;
            }
            for (int i = random.nextInt(3000); i > 0; i--) {
                counts[31 + random.nextInt(59)]++;
            }
            map.pixel(p / nx, p % nx, counts);
        }
        List<String> warnings = new ArrayList<>();
        LiveTimes live = LiveTimes.of(map.build(), Optional.of(frequency), Acquisition.nothing(), warnings)
                .orElseThrow();
        for (int p = 0; p < pulses.length; p++) {
            assertThat((double) live.perPixel().values()[p])
                    .isCloseTo(pulses[p] / frequency, within(1e-6 * pulses[p] / frequency));
        }
        assertThat(live.acquisition().number(Key.LIVE_TIME).orElseThrow()).isCloseTo(all / frequency, within(1e-9));
        assertThat(live.acquisition().number(Key.DWELL_TIME).orElseThrow())
                .isCloseTo(all / frequency / (ny * nx), within(1e-9));
        assertThat(live.acquisition().source(Key.DWELL_TIME).orElseThrow()).contains("strobe peak", " / pixels");
        assertThat(warnings).isEmpty();
    }

    @Test
    void nothingIsGuessed() {
        SpectrumImage map =
                SpectrumImage.whole(1, 1, 1, AXIS).pixel(0, 0, counts(20, 50)).build();
        assertThat(LiveTimes.of(map, Optional.empty(), Acquisition.nothing(), new ArrayList<>()))
                .as("no frequency")
                .isEmpty();
        SpectrumImage none =
                SpectrumImage.whole(1, 1, 1, AXIS).pixel(0, 0, counts(60, 50)).build();
        assertLeftOut(none, Acquisition.nothing(), "no strobe peak");
        EnergyAxis cut = new EnergyAxis(90, -0.05, 0.01);
        SpectrumImage half =
                SpectrumImage.whole(1, 1, 1, cut).pixel(0, 0, counts(5, 50)).build();
        assertLeftOut(half, Acquisition.nothing(), "do not reach");
        Acquisition brief = Acquisition.nothing().with(Key.REAL_TIME, 0.4, "test");
        assertLeftOut(map, brief, "more than the real time");
        Acquisition said = Acquisition.nothing().with(Key.LIVE_TIME, 0.6, "the file's own tag");
        assertThat(LiveTimes.of(map, Optional.of(100.0), said, new ArrayList<>())
                        .orElseThrow()
                        .acquisition()
                        .number(Key.LIVE_TIME))
                .as("a tag of the file is not replaced")
                .contains(0.6);
    }

    private static void assertLeftOut(SpectrumImage map, Acquisition known, String why) {
        List<String> warnings = new ArrayList<>();
        assertThat(LiveTimes.of(map, Optional.of(100.0), known, warnings)).isEmpty();
        assertThat(warnings).singleElement().asString().contains(why);
    }

    private static int[] counts(int channel, int n) {
        int[] counts = new int[90];
        counts[channel] = n;
        return counts;
    }

    @Test
    void aMapHasThemAsAFurtherPicture() throws IOException {
        int[][][] counts = BcfFileTest.counts(4, 5, 90, 40, 11);
        String header = BcfBuilder.header(counts)
                .replace(
                        "<ClassInstance Type=\"TRTDetectorHeader\">",
                        "<ClassInstance Type=\"TRTSpectrumHardwareHeader\"><ZeroPeakFrequency>8E5</ZeroPeakFrequency>"
                                + "</ClassInstance><ClassInstance Type=\"TRTDetectorHeader\">");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("HeaderData", BcfBuilder.text(header));
        entries.put("SpectrumData0", BcfBuilder.cube(counts, BcfBuilder.Packing.PULSES_16));
        Path file = folder.resolve("m.bcf");
        Files.write(file, BcfBuilder.container(entries, 1024));
        Recording recording = MicroscopeFile.open(file);
        assertThat(recording.warnings()).isEmpty();
        Signal last = recording.signals().get(recording.signals().size() - 1);
        assertThat(last.isLiveTime()).isTrue();
        Image seconds = last.as(Signal.Picture.class).orElseThrow().image();
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                int pulses = 0;
                for (int c = 10; c <= 30; c++) {
                    pulses += counts[y][x][c];
                }
                assertThat((double) seconds.at(y, x)).isCloseTo(pulses / 8e5, within(1e-9));
            }
        }
    }

    /** Protects the window against X-rays: a spectrum that has its live time written down, 7.385 s. */
    @Test
    void aRealSpectrumsStrobePeakGivesItsLiveTime() {
        Signal signal = MicroscopeFile.open(ReferenceSignals.folder().resolve("bruker/bruker_nano.spx"))
                .signals()
                .get(0);
        Spectrum spectrum = signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
        int[] counts = java.util.Arrays.stream(spectrum.counts())
                .mapToInt(n -> (int) n)
                .toArray();
        SpectrumImage map = SpectrumImage.whole(1, 1, 1, spectrum.axis())
                .pixel(0, 0, counts)
                .build();
        double live = LiveTimes.of(map, Optional.of(1408.0), Acquisition.nothing(), new ArrayList<>())
                .orElseThrow()
                .acquisition()
                .number(Key.LIVE_TIME)
                .orElseThrow();
        assertThat(live).isCloseTo(signal.acquisition().number(Key.LIVE_TIME).orElseThrow(), within(0.004 * 7.385));
    }

    /** A detector is dead for longer the more X-rays it sees; a window that holds X-rays turns this round. */
    @Test
    void ofRealTiltsThoseWithMoreXRaysLivedShorter() {
        Path folder = ReferenceSignals.folder().resolve("l2083-eds-tilt-series");
        double few = liveFraction(folder.resolve("0.bcf"));
        double many = liveFraction(folder.resolve("-40.bcf"));
        assertThat(few).isBetween(0.9, 0.96);
        assertThat(many).isLessThan(few - 0.004);
    }

    private static double liveFraction(Path file) {
        Acquisition known =
                MicroscopeFile.open(file).of(Signal.Maps.class).get(0).acquisition();
        return known.number(Key.LIVE_TIME).orElseThrow()
                / known.number(Key.REAL_TIME).orElseThrow();
    }
}
