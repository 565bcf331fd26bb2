package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects from elements seen in energy losses, and from knowledge that a conversion drops without a word. */
class EnergyLossTest {
    private static final EnergyAxis ENERGY = new EnergyAxis(2, 0, 0.01);
    private static final Acquisition VELOX_LIKE = Acquisition.nothing()
            .with(Key.BEAM_ENERGY, 200, "t")
            .with(Key.DWELL_TIME, 0.01, "t")
            .withNames(Key.DETECTORS, List.of("a", "b"), "t")
            .withNumbers(Key.DETECTOR_LIVE_TIMES, List.of(1.0, 2.0), "t")
            .withNumbers(Key.DETECTOR_AZIMUTHS, List.of(45.0, 135.0), "t");

    @TempDir
    Path folder;

    @Test
    void noElementIsLookedForInEnergyLosses() {
        SpectrumImage map = SpectrumImage.signed(1, 1, 1, ENERGY)
                .pixel(0, 0, new float[] {-5, 900})
                .build();
        for (Signal.Data data : List.of(
                new Signal.Maps(List.of(map)),
                new Signal.SingleSpectrum(map.sum()),
                new Signal.SingleSpectrum(map.sum().plus(Spectrum.of(ENERGY, new double[2]))))) {
            Signal signal = signal(data);
            Recording recording = new Recording(folder, "made", List.of(signal), List.of());
            assertThat(ElementsReport.of(recording, signal, Optional.empty())).isEmpty();
            assertThat(ElementsReport.refusal(signal)).isPresent();
        }
        assertThat(ElementsReport.refusal(signal(new Signal.SingleSpectrum(Spectrum.of(ENERGY, new double[2])))))
                .isEmpty();
    }

    @Test
    void aConversionSaysWhatItLeavesOut() {
        SpectrumImage map = SpectrumImage.whole(1, 1, 1, ENERGY)
                .pixel(0, 0, new int[] {1, 2})
                .build();
        Path in = folder.resolve("in.zspy");
        ZspyWriter.write(in, signal(new Signal.Maps(List.of(map))));
        assertThat(notes(in, "out.zspy")).isEmpty();
        assertThat(notes(in, "out.rpl"))
                .singleElement()
                .asString()
                .contains("detector_live_times_s, detector_azimuths_deg")
                .doesNotContain("dwell");
        assertThat(notes(in, "out.msa"))
                .singleElement()
                .asString()
                .contains("dwell_time_s, pixel_size_nm, detector_live_times_s, detector_azimuths_deg");
    }

    private List<String> notes(Path in, String out) {
        return Conversion.convert(in, folder.resolve(out), Optional.empty(), Selection.ALL);
    }

    private static Signal signal(Signal.Data data) {
        Axis energy = new Axis("energy", 2, 0.01, 0, "keV");
        List<Axis> axes = data instanceof Signal.SingleSpectrum
                ? List.of(energy)
                : List.of(new Axis("y", 1, 1, 0, "nm"), new Axis("x", 1, 1, 0, "nm"), energy);
        return new Signal("a", axes, new Statistics(0, 0, 0), VELOX_LIKE, data);
    }
}
