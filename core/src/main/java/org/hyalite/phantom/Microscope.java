package org.hyalite.phantom;

import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Units;

/** The instrument of one experiment: what its files state, and how it really is. */
final class Microscope {
    static final double BEAM_KEV = 80;

    /** The energy axis that the files state. */
    static final EnergyAxis STATED = new EnergyAxis(1024, -0.2, 0.01);

    /** FWHM at Mn Kα that the files state, eV. */
    static final double STATED_RESOLUTION_EV = 130;

    private final EnergyAxis axis;
    private final double resolutionEv;

    /** How much of the X-rays the holder hides at 70°, and how much more at one side than at the other. */
    private final double shadow;

    private final double lopsided;

    private Microscope(EnergyAxis axis, double resolutionEv, double shadow, double lopsided) {
        this.axis = axis;
        this.resolutionEv = resolutionEv;
        this.shadow = shadow;
        this.lopsided = lopsided;
    }

    /** The microscope of a seed: its energy axis is off by up to 8 eV and 0.05 %, its peaks a little wider or narrower. */
    static Microscope of(long seed) {
        Dice dice = Stream.MICROSCOPE.dice(seed);
        double offset = STATED.offsetKeV() + either(dice, 3, 8) / Units.EV_PER_KEV;
        double gain = STATED.gainKeV() * (1 + either(dice, 2e-4, 5e-4));
        double resolution = STATED_RESOLUTION_EV + dice.uniform(-3, 3);
        double shadow = dice.uniform(0.22, 0.28);
        return new Microscope(
                new EnergyAxis(STATED.channels(), offset, gain), resolution, shadow, either(dice, 0.03, 0.07));
    }

    /** Where the channels really are. */
    EnergyAxis axis() {
        return axis;
    }

    /** FWHM at Mn Kα as it is, eV. */
    double resolutionEv() {
        return resolutionEv;
    }

    Emission emission(Instrument instrument) {
        return Emission.of(axis, resolutionEv, instrument);
    }

    /** {@code g(θ)}: smooth, 1 at zero tilt, about 0.7 and 0.8 at −70° and 70° or the other way round. */
    double gain(double tiltDeg) {
        double tilt = StrictMath.toRadians(tiltDeg);
        double last = StrictMath.toRadians(TwinSettings.LAST_TILT_DEG);
        double hidden = (1 - StrictMath.cos(tilt)) / (1 - StrictMath.cos(last));
        return 1 - shadow * hidden + lopsided * StrictMath.sin(tilt) / StrictMath.sin(last);
    }

    private static double either(Dice dice, double low, double high) {
        double size = dice.uniform(low, high);
        return dice.uniform() < 0.5 ? size : -size;
    }
}
