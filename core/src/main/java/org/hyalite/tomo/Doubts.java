package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/** What is odd about a series or what is asked of it, though a volume can be made: a user should know. One line each. */
public final class Doubts {
    /** Two tilts nearer than this are the same, degrees. */
    private static final double SAME_TILT_DEG = 0.05;

    private Doubts() {}

    /**
     * The doubts, none for most series.
     *
     * @param data {@code [tilt, y, x]}; images are counted from 0
     */
    public static List<String> of(TiltSeries data, ReconstructionSettings settings) {
        List<String> doubts = new ArrayList<>();
        TiltGeometry geometry = data.geometry();
        List<Integer> flat = new ArrayList<>();
        boolean zero = true;
        for (int t = 0; t < data.tilts(); t++) {
            if (constant(data, t)) {
                flat.add(t);
            }
            zero &= constant(data, t) && data.at(t, 0, 0) == 0;
        }
        if (zero) {
            doubts.add("all pixels are zero, and so is the volume");
        } else if (!flat.isEmpty()) {
            doubts.add("all pixels have one value in image " + list(flat) + " of " + data.tilts()
                    + ": an empty recording?");
        }
        if (data.tilts() == 1) {
            doubts.add("there is one tilt: nothing is known of depth, the volume is smeared along the beam");
        }
        for (int t = 0; t < data.tilts(); t++) {
            for (int other = t + 1; other < data.tilts(); other++) {
                if (Math.abs(geometry.tiltDeg(t) - geometry.tiltDeg(other)) < SAME_TILT_DEG) {
                    doubts.add(String.format(
                            Locale.ROOT, "images %d and %d are both at %.1f°", t, other, geometry.tiltDeg(other)));
                    break;
                }
            }
            if (Math.abs(geometry.tiltDeg(t)) > 90) {
                doubts.add(String.format(
                        Locale.ROOT,
                        "image %d is at %.1f°, beyond ±90°: it is taken as seen from the other side",
                        t,
                        geometry.tiltDeg(t)));
            }
        }
        if (!(settings.regulariser() instanceof Regulariser.None)) {
            weight(settings.weight(), doubts);
        }
        return doubts;
    }

    private static void weight(Weight weight, List<String> doubts) {
        double value = weight instanceof Weight.Relative relative
                ? relative.w()
                : weight instanceof Weight.Absolute absolute ? absolute.alpha() : 1;
        if (value == 0) {
            doubts.add("the weight is 0: nothing is regularised, the volume follows the noise");
        } else if (weight instanceof Weight.Relative && value > 1) {
            doubts.add(String.format(
                    Locale.ROOT, "the weight of %.3g is above 1, which already erases nearly all: 1 is used", value));
        }
    }

    private static boolean constant(TiltSeries data, int tilt) {
        float first = data.at(tilt, 0, 0);
        for (int b = 0; b < data.blocks().length; b++) {
            int size = data.nx() * Blocks.width(data.ny(), b);
            for (int i = tilt * size; i < (tilt + 1) * size; i++) {
                if (data.blocks()[b][i] != first) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String list(List<Integer> images) {
        return String.join(", ", images.stream().map(String::valueOf).toList());
    }
}
