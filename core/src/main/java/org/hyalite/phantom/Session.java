package org.hyalite.phantom;

import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;

/** One particle under the microscope: what every tilt sees, the ADF images, and spectrum images on demand. */
final class Session {
    private final TwinSettings settings;
    private final int subject;
    private final Phantom phantom;
    private final Film film;
    private final TrueAlignment alignment;
    private final Dose dose;
    private final Microscope microscope;
    private final XrayCamera camera;
    private final TiltSeries adf;

    Session(TwinSettings settings, int subject, Phantom phantom, TrueAlignment alignment, Film film, Dose dose) {
        this.settings = settings;
        this.subject = subject;
        this.phantom = phantom;
        this.film = film;
        this.alignment = alignment;
        this.dose = dose;
        this.microscope = Microscope.of(settings.seed());
        this.camera = XrayCamera.of(microscope.emission(settings.instrument()), Microscope.STATED, phantom.compounds());
        this.adf = TiltSeries.zeros(
                TiltGeometry.of(alignment.tiltsDeg()), settings.size(), settings.size(), settings.pixelNm());
    }

    /** Takes the ADF image of one tilt; each tilt writes its own part of the series. */
    void takeAdf(int tilt) {
        Seen seen = seen(tilt);
        Image image = settings.noise()
                ? Darkfield.recorded(seen, phantom.compounds(), Stream.ADF.dice(settings.seed(), subject, tilt))
                : Darkfield.expected(seen, phantom.compounds());
        adf.setImage(tilt, image);
    }

    /** Takes the spectrum image of one tilt. */
    SpectrumImage map(int tilt) {
        double angle = alignment.tiltsDeg()[tilt];
        double gain = microscope.gain(angle);
        Seen seen = seen(tilt);
        return settings.noise()
                ? camera.recorded(
                        seen, angle, dose.electrons(), gain, Stream.XRAYS.dice(settings.seed(), subject, tilt))
                : camera.expected(seen, angle, dose.electrons(), gain);
    }

    Acquisition acquisition(int tilt) {
        String source = "simulated";
        return Acquisition.nothing()
                .with(Acquisition.Key.BEAM_ENERGY, Microscope.BEAM_KEV, source)
                .with(Acquisition.Key.BEAM_CURRENT, dose.currentNa(), source)
                .with(Acquisition.Key.DWELL_TIME, dose.dwellS(), source)
                .with(Acquisition.Key.TILT, alignment.tiltsDeg()[tilt], source)
                .with(Acquisition.Key.PIXEL_SIZE, settings.pixelNm(), source)
                .with(Acquisition.Key.ENERGY_RESOLUTION, Microscope.STATED_RESOLUTION_EV, source)
                .withNames(Acquisition.Key.ELEMENTS, elements(), source);
    }

    TiltSeries adf() {
        return adf;
    }

    Dose dose() {
        return dose;
    }

    TrueAlignment alignment() {
        return alignment;
    }

    Phantom phantom() {
        return phantom;
    }

    double[] gains() {
        double[] gains = alignment.tiltsDeg().clone();
        for (int i = 0; i < gains.length; i++) {
            gains[i] = microscope.gain(gains[i]);
        }
        return gains;
    }

    private Seen seen(int tilt) {
        return Seen.of(phantom, film, View.of(settings.size(), settings.pixelNm(), alignment, tilt));
    }

    private List<String> elements() {
        return phantom.metals().stream().map(Element::symbol).toList();
    }
}
