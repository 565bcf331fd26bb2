package org.hyalite.io.bcf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * Live times from the strobe peak: the pulse processor adds pulses of zero energy at a frequency that the file says, and
 * loses them while it is dead as it loses X-rays, so that
 * {@code live time = counts within ±0.1 keV of 0 / ZeroPeakFrequency}, for a pixel as for the whole map.
 *
 * <p>A window of ±0.15 keV holds X-rays and noise too: of the nine maps of a tilt series it gave the longest live times to
 * those with the most X-rays, 1.9 to 3.2 % more than ±0.1 keV, which puts them in the right order. In a spectrum whose live
 * time is written down, ±0.1 keV gave 0.3 % less and ±0.15 keV 0.4 % more than that.
 *
 * @param perPixel seconds, {@code [y, x]}
 * @param acquisition what the map's live times add to what is known
 */
record LiveTimes(Image perPixel, Acquisition acquisition) {
    private static final double WINDOW_KEV = 0.1;

    /** More live time than real time by this factor is not that of one detector. */
    private static final double MOST_OF_REAL = 1.01;

    /**
     * The live times of a map; empty if the file does not say the frequency or the peak is not in the spectra.
     *
     * @param warnings receives why they are left out though the frequency is there
     */
    static Optional<LiveTimes> of(
            SpectrumImage map, Optional<Double> frequencyHz, Acquisition known, List<String> warnings) {
        EnergyAxis energy = map.energy();
        if (frequencyHz.isEmpty()) {
            return Optional.empty();
        }
        int from = (int) Math.ceil(energy.channel(-WINDOW_KEV));
        int to = (int) Math.floor(energy.channel(WINDOW_KEV)) + 1;
        if (from < 0 || to > energy.channels()) {
            warnings.add("live time: the spectra do not reach from -0.1 to 0.1 keV, where the strobe peak is");
            return Optional.empty();
        }
        Image seconds = map.window(from, to);
        double strobe = seconds.sum();
        double total = strobe / frequencyHz.get();
        for (int i = 0; i < seconds.values().length; i++) {
            seconds.values()[i] /= frequencyHz.get().floatValue();
        }
        if (total == 0) {
            warnings.add("live time: there is no strobe peak in these spectra, though the file says its frequency");
            return Optional.empty();
        }
        Optional<Double> real = known.number(Key.REAL_TIME);
        if (real.isPresent() && total > MOST_OF_REAL * real.get()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "live time: the strobe peak gives %.4g s, more than the real time of %.4g s: several detectors were summed or a time is wrong; it is left out",
                    total,
                    real.get()));
            return Optional.empty();
        }
        String source = String.format(
                Locale.ROOT,
                "strobe peak / ZeroPeakFrequency: %.0f counts within ±%s keV / %s Hz",
                strobe,
                WINDOW_KEV,
                frequencyHz.get());
        Acquisition more = known.number(Key.LIVE_TIME).isPresent() ? known : known.with(Key.LIVE_TIME, total, source);
        more = more.with(Key.DWELL_TIME, total / ((double) map.ny() * map.nx()), source + " / pixels");
        return Optional.of(new LiveTimes(seconds, more));
    }
}
