package org.hyalite.study;

import java.util.List;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.Figure;
import org.hyalite.grid.Spectrum;
import org.hyalite.spectra.SumFit;

/** The sum spectrum with its fit. */
final class SpectrumFigure {
    private SpectrumFigure() {}

    static Figure draw(String title, SumFit fit) {
        return CurveFigure.draw(
                title,
                List.of(CurveFigure.Panel.of(
                        "",
                        "energy (keV)",
                        "counts",
                        Upright.LOGARITHMIC,
                        List.of(
                                curve("sum spectrum", fit.data(), Curve.Style.STEPS),
                                curve("model", fit.model(), Curve.Style.LINE),
                                curve("background", fit.background(), Curve.Style.DASHED)))));
    }

    private static Curve curve(String name, Spectrum spectrum, Curve.Style style) {
        double[] energy = new double[spectrum.counts().length];
        for (int c = 0; c < energy.length; c++) {
            energy[c] = spectrum.axis().energyKeV(c);
        }
        return Curve.of(name, energy, spectrum.counts(), style);
    }
}
