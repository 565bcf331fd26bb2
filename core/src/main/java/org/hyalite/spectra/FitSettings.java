package org.hyalite.spectra;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;

/**
 * What is looked for in the spectra.
 *
 * @param lines the lines that are quantified; all other lines of their elements within range are modelled beside them
 * @param others elements that are modelled and not quantified: the grid, the holder, carbon, …
 * @param beamEnergyKeV energy of the beam, keV
 * @param resolutionEv full width at half maximum at Mn Kα that the detector is said to have, eV; the fit starts there
 * @param method windows or fit
 * @param estimator how the amplitudes of a fit are estimated; without meaning for windows
 */
public record FitSettings(
        List<XrayLine> lines,
        List<Element> others,
        double beamEnergyKeV,
        OptionalDouble resolutionEv,
        Method method,
        Estimator estimator) {
    public FitSettings {
        lines = List.copyOf(lines);
        others = List.copyOf(others);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no X-ray line to quantify");
        }
        if (new HashSet<>(lines).size() != lines.size()) {
            throw new IllegalArgumentException("a line is named twice in " + lines);
        }
        if (!(beamEnergyKeV > 0) || Double.isInfinite(beamEnergyKeV)) {
            throw new IllegalArgumentException("beam energy " + beamEnergyKeV + " keV");
        }
        if (resolutionEv.isPresent() && !(resolutionEv.getAsDouble() > 20 && resolutionEv.getAsDouble() < 500)) {
            throw new IllegalArgumentException(
                    "energy resolution " + resolutionEv.getAsDouble() + " eV is not within 20…500 eV");
        }
        for (XrayLine line : lines) {
            if (!(line.edgeKeV() < beamEnergyKeV)) {
                throw new IllegalArgumentException(line + " needs an edge of " + line.edgeKeV()
                        + " keV to be ionised, above the beam energy of " + beamEnergyKeV + " keV");
            }
        }
    }

    /** The default fit, starting at the usual 130 eV. */
    public static FitSettings of(List<XrayLine> lines, List<Element> others, double beamEnergyKeV) {
        return new FitSettings(lines, others, beamEnergyKeV, OptionalDouble.empty(), Method.FIT, Estimator.LINEAR);
    }

    /** The same with the detector's resolution at Mn Kα, eV. */
    public FitSettings withResolutionEv(double fwhm) {
        return new FitSettings(lines, others, beamEnergyKeV, OptionalDouble.of(fwhm), method, estimator);
    }

    /** The same with another method. */
    public FitSettings with(Method other) {
        return new FitSettings(lines, others, beamEnergyKeV, resolutionEv, other, estimator);
    }

    /** The same with another estimator. */
    public FitSettings with(Estimator other) {
        return new FitSettings(lines, others, beamEnergyKeV, resolutionEv, method, other);
    }
}
