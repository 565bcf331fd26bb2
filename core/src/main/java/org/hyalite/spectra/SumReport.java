package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Uncertain;

/** What the fit to the sum spectrum shows and warns of. */
final class SumReport {
    private static final double OVERLAP = 0.7;
    private static final double POOR_FIT = 3;
    private static final double SHIFTED_KEV = 0.02;

    private SumReport() {}

    static List<SumFit.Curve> curves(PixelModel pixel, EnergyAxis part) {
        double[] covariance = pixel.covariance();
        int n = pixel.columns().count();
        List<SumFit.Curve> curves = new ArrayList<>();
        for (int g = 0; g < pixel.groups().size(); g++) {
            LineGroup group = pixel.groups().get(g);
            double a = pixel.sumAmplitude()[g];
            double all = group.quantified()
                    ? 1
                    : group.parts().stream().mapToDouble(LineGroup.Part::share).sum();
            double[] curve = pixel.columns().curve(g);
            for (int c = 0; c < curve.length; c++) {
                curve[c] *= a;
            }
            curves.add(new SumFit.Curve(
                    group.name(),
                    group.quantified(),
                    new Uncertain(all * a, all * Math.sqrt(covariance[g * n + g])),
                    Spectrum.of(part, curve)));
        }
        return List.copyOf(curves);
    }

    static void warnOfCalibration(
            FitSettings settings,
            EnergyAxis axis,
            EnergyCalibration energy,
            PixelModel pixel,
            double reduced,
            List<String> warnings) {
        if (settings.resolutionEv().isEmpty()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "no energy resolution was given: the fit began at %.0f eV and found %.1f eV at Mn Ka",
                    PeakWidth.USUAL_EV,
                    energy.fwhmMnKaEv().value()));
        }
        double worst = 0;
        for (LineGroup group : pixel.groups()) {
            double channel = axis.channel(group.energyKeV());
            worst = Math.max(worst, Math.abs(energy.axis().energyKeV(channel) - group.energyKeV()));
        }
        if (worst > SHIFTED_KEV) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the peaks lie up to %.0f eV from where the file's energy axis puts them: offset %.4f keV and gain"
                            + " %.6f keV per channel instead of %.4f and %.6f",
                    1000 * worst,
                    energy.offsetKeV().value(),
                    energy.gainKeV().value(),
                    axis.offsetKeV(),
                    axis.gainKeV()));
        }
        if (reduced > POOR_FIT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the fit to the sum spectrum is worse than noise: chi-square %.1f per channel",
                    reduced));
        }
    }

    static void warnOfHidden(PixelModel pixel, List<String> warnings) {
        for (LineGroup group : pixel.groups()) {
            for (LineGroup.Part part : group.parts()) {
                if (part.hidden()) {
                    warnings.add(String.format(
                            Locale.ROOT,
                            "%s has lines at %.3f keV under a quantified line; their strength, %.1f %% of it, is the"
                                    + " table's: calibrate on maps to have it from the data",
                            group.name(),
                            part.energyKeV(),
                            100 * part.share()));
                }
            }
        }
    }

    static void warnOfOverlaps(PixelModel pixel, List<String> warnings) {
        double[] covariance = pixel.covariance();
        int n = pixel.columns().count();
        for (int k = 0; k < pixel.quantified(); k++) {
            for (int j = 0; j < pixel.groups().size(); j++) {
                double r = covariance[k * n + j] / Math.sqrt(covariance[k * n + k] * covariance[j * n + j]);
                boolean once = j >= pixel.quantified() || j > k;
                if (once && Math.abs(r) > OVERLAP) {
                    warnings.add(String.format(
                            Locale.ROOT,
                            "%s and %s overlap (correlation %.2f): what one gains the other loses",
                            pixel.groups().get(k).name(),
                            pixel.groups().get(j).name(),
                            r));
                }
            }
        }
    }
}
