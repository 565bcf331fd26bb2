package org.hyalite.phantom;

import java.util.List;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;

/** The sample as a microscope would record it, an ADF image and a spectrum image at every tilt, and its truth. */
public final class SimulatedSample {
    private final String name;
    private final Session session;

    SimulatedSample(String name, Session session) {
        this.name = name;
        this.session = session;
    }

    /** {@code segregated} or {@code flux}. */
    public String name() {
        return name;
    }

    /** The ADF images as recorded, {@code [tilt, y, x]}, units of the detector; misaligned, its geometry not knowing it. */
    public TiltSeries adf() {
        return session.adf();
    }

    /** Number of tilts. */
    public int tilts() {
        return adf().tilts();
    }

    /** The spectrum image at one tilt, {@code [y, x, energy]}; made anew at each call, the same every time. */
    public SpectrumImage map(int tilt) {
        return session.map(tilt);
    }

    /** What the file of that spectrum image says of its recording. */
    public Acquisition acquisition(int tilt) {
        return session.acquisition(tilt);
    }

    /** What a pixel received at each tilt. */
    public Dose dose() {
        return session.dose();
    }

    /** How the images really lie. */
    public TrueAlignment alignment() {
        return session.alignment();
    }

    /** {@code g(θ)} of each tilt: the share of X-rays that the holder lets pass, 1 at zero tilt; a copy. */
    public double[] gains() {
        return session.gains();
    }

    /** The particle. */
    public Phantom phantom() {
        return session.phantom();
    }

    /** Density of a metal, atoms/nm³, {@code [z, y, x]} on the maps' grid, in the aligned view (the tilt axis along y). */
    public Volume density(Element metal) {
        return phantom().density(metal, adf().nx(), adf().pixelNm(), alignment().axisOffsetPx());
    }

    /** Its phases. */
    public List<TruePhase> phases() {
        return phantom().phases();
    }
}
