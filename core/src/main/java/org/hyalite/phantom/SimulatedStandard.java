package org.hyalite.phantom;

import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;

/** A standard as a microscope would record it, an ADF tilt series and one spectrum image at zero tilt, and its truth. */
public final class SimulatedStandard {
    private final String name;
    private final double densityPerNm3;
    private final Session session;

    SimulatedStandard(String name, double densityPerNm3, Session session) {
        this.name = name;
        this.densityPerNm3 = densityPerNm3;
        this.session = session;
    }

    /** {@code co-1}. */
    public String name() {
        return name;
    }

    /** Its metal. */
    public Element element() {
        return phantom().metals().get(0);
    }

    /** {@code ρ} of its metal, atoms/nm³. */
    public double densityPerNm3() {
        return densityPerNm3;
    }

    /** The ADF images as recorded, {@code [tilt, y, x]}, units of the detector; misaligned, its geometry not knowing it. */
    public TiltSeries adf() {
        return session.adf();
    }

    /** The spectrum image at zero tilt, {@code [y, x, energy]}; made anew at each call, the same every time. */
    public SpectrumImage map() {
        return session.map(nearestZero());
    }

    /** What the spectrum image's file says of its recording. */
    public Acquisition acquisition() {
        return session.acquisition(nearestZero());
    }

    /** What a pixel of the map received. */
    public Dose dose() {
        return session.dose();
    }

    /** How the ADF images really lie. */
    public TrueAlignment alignment() {
        return session.alignment();
    }

    /** The particle. */
    public Phantom phantom() {
        return session.phantom();
    }

    /** Thickness at zero tilt, nm, {@code [y, x]}, in the aligned view (the tilt axis along y). */
    public Image thickness() {
        return phantom().thickness(adf().nx(), adf().pixelNm(), alignment().axisOffsetPx());
    }

    private int nearestZero() {
        return adf().geometry().nearestZero();
    }
}
