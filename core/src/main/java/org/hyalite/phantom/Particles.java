package org.hyalite.phantom;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Makes the particles of the experiment: two kinds of glass and the standards, each its own for every seed. */
final class Particles {
    /** No corner is farther from the tilt axis than this, so that every tilt and shift stays within a field of 384 nm. */
    private static final double[] REACH_NM = {138, 148};

    private static final double ZN_SHARE_SEGREGATED = 0.66;
    private static final double ZN_SHARE_FLUX = 0.48;

    /** Half the width over which the flux-melted glass goes from one phase to the other, nm. */
    private static final double DIFFUSE_NM = 8;

    /** tanh is within 4 % of its end at twice the width. */
    private static final double DIFFUSE_REACH_NM = 2 * DIFFUSE_NM;

    private Particles() {}

    /** A standard: a crystal of one compound and a known density, up to 190 to 275 nm thick. */
    static Phantom standard(Compound compound, double densityPerNm3, Dice dice, double... centre) {
        return Phantom.uniform(fragment(dice, Facets.EQUANT, centre), compound, densityPerNm3);
    }

    /** {@code (aT-ZIF-4-Co)0.5(ag-ZIF-62)0.5}: pure phases of 5.0 Co/nm³ and 6.0 Zn/nm³ that meet at a sharp plane. */
    static Phantom segregated(Dice dice, double... centre) {
        Solid solid = fragment(dice, Facets.SETTLED, centre);
        double[] plane = plane(solid, dice, ZN_SHARE_SEGREGATED);
        Matter matter = Matter.layered(plane, s -> s < 0 ? 5.0 : 0, s -> s < 0 ? 0 : 6.0);
        return Phantom.of(solid, matter, List.of(Compound.CO_ZIF_4, Compound.ZIF_62), 0);
    }

    /**
     * {@code ag[(ZIF-67)0.2(ZIF-62)0.8]}: a mixed Co-rich phase of 6 atoms/nm³, X rising from 0.34 to 0.43 towards the
     * interface, and a Zn-rich one of 4 atoms/nm³, X from 0.9 at the interface to 1; they diffuse into each other.
     */
    static Phantom flux(Dice dice, double... centre) {
        Solid solid = fragment(dice, Facets.SETTLED, centre);
        double[] plane = plane(solid, dice, ZN_SHARE_FLUX);
        DoubleUnaryOperator mixed = s -> 0.385 + 0.05 * StrictMath.tanh((s + 70) / 45);
        DoubleUnaryOperator rich = s -> 1 - 0.10 * StrictMath.exp(-Math.max(0, s) / 30);
        DoubleUnaryOperator beyond = s -> 0.5 * (1 + StrictMath.tanh(s / DIFFUSE_NM));
        DoubleUnaryOperator zn = s -> {
            double w = beyond.applyAsDouble(s);
            return (1 - w) * 6 * mixed.applyAsDouble(s) + w * 4 * rich.applyAsDouble(s);
        };
        DoubleUnaryOperator co = s -> {
            double w = beyond.applyAsDouble(s);
            return (1 - w) * 6 * (1 - mixed.applyAsDouble(s)) + w * 4 * (1 - rich.applyAsDouble(s));
        };
        Matter matter = Matter.layered(plane, co, zn);
        return Phantom.of(solid, matter, List.of(Compound.ZIF_67, Compound.ZIF_62), DIFFUSE_REACH_NM);
    }

    private static Solid fragment(Dice dice, double flatness, double... centre) {
        return Facets.fragment(dice, dice.uniform(REACH_NM[0], REACH_NM[1]), flatness, centre);
    }

    /** A plane inclined to the beam with this share of the volume on its positive side. */
    private static double[] plane(Solid solid, Dice dice, double share) {
        double incline = StrictMath.toRadians(dice.uniform(35, 60));
        double azimuth = dice.uniform(0, 2 * Math.PI);
        double across = StrictMath.sin(incline);
        double[] n = {across * StrictMath.cos(azimuth), across * StrictMath.sin(azimuth), StrictMath.cos(incline), 0};
        double[] histogram = new double[1000];
        double[] centre = solid.centre();
        double middle = n[0] * centre[0] + n[1] * centre[1] + n[2] * centre[2];
        double[] total = new double[1];
        Phantom.walk(solid, (x, y, z, nm3) -> {
            double distance = n[0] * x + n[1] * y + n[2] * z - middle;
            int bin = (int) Math.floor(distance) + histogram.length / 2;
            histogram[bin] += nm3;
            total[0] += nm3;
        });
        int bin = histogram.length;
        double beyond = 0;
        while (beyond < share * total[0]) {
            beyond += histogram[--bin];
        }
        n[3] = middle + bin - histogram.length / 2.0;
        return n;
    }
}
