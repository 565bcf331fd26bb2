package org.hyalite.phantom;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Units;
import org.hyalite.physics.XrayLine;

/**
 * What X-rays matter gives and how a silicon detector sees them: Gaussian lines on a bremsstrahlung of Kramers' shape
 * behind the detector's window.
 */
final class Emission {
    private static final double BEAM_KEV = 80;
    private static final double MN_KA_KEV = 5.8987;

    /** {@code d FWHM² / dE} of silicon, eV: 2.355² · Fano factor · energy of a pair. */
    private static final double BROADENING_EV = 2.5;

    private static final double FWHM_PER_SIGMA = 2 * StrictMath.sqrt(2 * StrictMath.log(2));
    private static final double SIGMAS = 8;

    /** Bremsstrahlung, barn per {@code Z²}: a background of about 1/1500 of Co Kα in 10 eV under it. */
    private static final double BREMSSTRAHLUNG_BARN = 1.2e-3;

    /** The window and dead layer let half through near here, keV. */
    private static final double WINDOW_KEV = 0.42;

    private static final double WINDOW_STEEPNESS = 2.8;

    /** Si Kα that the detector itself adds, part of the bremsstrahlung. */
    private static final double INTERNAL_SILICON = 0.01;

    /** Cu X-rays of grid and column per electron at zero tilt, and per electron and {@code Z²/nm²} of the specimen. */
    private static final double STRAY_COPPER = 2.2e-9;

    private static final double SCATTERED_COPPER = 5e-15;

    private final EnergyAxis axis;
    private final double resolutionKeV;
    private final Instrument instrument;

    private Emission(EnergyAxis axis, double resolutionKeV, Instrument instrument) {
        this.axis = axis;
        this.resolutionKeV = resolutionKeV;
        this.instrument = instrument;
    }

    /**
     * A detector.
     *
     * @param axis where its channels really are
     * @param resolutionEv FWHM at Mn Kα, eV
     * @param instrument whose detector it is
     */
    static Emission of(EnergyAxis axis, double resolutionEv, Instrument instrument) {
        return new Emission(axis, resolutionEv / Units.EV_PER_KEV, instrument);
    }

    /** Counts per electron and metal atom/nm², {@code [channel]}: its lines, its linkers' lines, its bremsstrahlung. */
    double[] of(Compound compound) {
        double[] counts = bremsstrahlung(compound.atomicNumbersToThe(2));
        for (String family : List.of("_Ka", "_Kb", "_La")) {
            String line = compound.metal().symbol() + family;
            add(line, nm2(line), counts);
        }
        add("C_Ka", compound.carbon() * nm2("C_Ka"), counts);
        add("N_Ka", compound.nitrogen() * nm2("N_Ka"), counts);
        return counts;
    }

    /** Expected counts of line families of given areas, on bremsstrahlung of a given area. */
    double[] of(Map<String, Double> families, double continuum) {
        double[] counts = bremsstrahlung(1);
        double total = 0;
        for (double c : counts) {
            total += c;
        }
        for (int c = 0; c < counts.length; c++) {
            counts[c] *= continuum / total;
        }
        families.forEach((family, area) -> add(family, area, counts));
        return counts;
    }

    /** Counts per electron and C atom/nm² of the film. */
    double[] ofCarbon() {
        double[] counts = bremsstrahlung(Compound.CARBON_Z * Compound.CARBON_Z);
        add("C_Ka", nm2("C_Ka"), counts);
        return counts;
    }

    /** Counts per electron that the empty grid gives at zero tilt. */
    double[] ofGrid() {
        return copper(STRAY_COPPER);
    }

    /** Counts per electron and {@code Z²/nm²} of specimen, from what it scatters onto the grid, at zero tilt. */
    double[] ofScattering() {
        return copper(SCATTERED_COPPER);
    }

    private double[] copper(double amount) {
        double[] counts = new double[axis.channels()];
        add("Cu_Ka", amount, counts);
        add("Cu_Kb", 0.13 * amount, counts);
        add("Cu_La", 0.9 * amount, counts);
        return counts;
    }

    /** {@code κ Z² (E₀ − E) / (E₀ E) ΔE} (Kramers), through the window, and the detector's own silicon line. */
    private double[] bremsstrahlung(double squares) {
        double[] counts = new double[axis.channels()];
        double total = 0;
        for (int c = 0; c < counts.length; c++) {
            double energy = axis.energyKeV(c);
            if (energy > 0) {
                double window = StrictMath.exp(-StrictMath.pow(WINDOW_KEV / energy, WINDOW_STEEPNESS));
                double kramers = (BEAM_KEV - energy) / (BEAM_KEV * energy);
                counts[c] = BREMSSTRAHLUNG_BARN * Units.NM2_PER_BARN * squares * kramers * window * axis.gainKeV();
                total += counts[c];
            }
        }
        add("Si_Ka", INTERNAL_SILICON * total, counts);
        return counts;
    }

    private double nm2(String line) {
        return instrument.barn(line) * Units.NM2_PER_BARN;
    }

    /** Adds a family of lines of a total area, each a Gaussian of the detector's width at its energy. */
    private void add(String family, double area, double[] counts) {
        for (XrayLine.Component line : XrayLine.of(family).components()) {
            double sigma = sigmaKeV(line.energyKeV());
            double share = area * line.weight() * axis.gainKeV() / (sigma * StrictMath.sqrt(2 * Math.PI));
            int from = Math.max(0, (int) axis.channel(line.energyKeV() - SIGMAS * sigma));
            int to = Math.min(counts.length - 1, (int) axis.channel(line.energyKeV() + SIGMAS * sigma));
            for (int c = from; c <= to; c++) {
                double away = (axis.energyKeV(c) - line.energyKeV()) / sigma;
                counts[c] += share * StrictMath.exp(-0.5 * away * away);
            }
        }
    }

    private double sigmaKeV(double energyKeV) {
        double perKeV = BROADENING_EV / Units.EV_PER_KEV;
        double square = resolutionKeV * resolutionKeV + perKeV * (energyKeV - MN_KA_KEV);
        double narrowest = 0.03;
        return StrictMath.sqrt(Math.max(square, narrowest * narrowest)) / FWHM_PER_SIGMA;
    }
}
