package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;

/**
 * Prepares the pixels' model on the sum spectrum: the axis, the shares of line bundles, the continuum, and peaks that no
 * element of the settings explains; these are modelled where they stand, so that they do not bend what lies beside them,
 * and told.
 */
final class Calibrator {
    /** All that the fitter keeps. */
    record Result(
            FitRange range,
            EnergyCalibration energy,
            DetectorResponse detector,
            PixelModel pixel,
            List<Windows.Placed> windows,
            SumFit sumFit) {}

    private static final int ROUNDS = 3;
    private static final int MOST_UNKNOWN = 6;
    private static final double CLEAR_WIDTHS = 1.5;
    private static final double CERTAIN = 15;

    private final FitSettings settings;
    private final Spectrum sum;
    private final PeakWidth start;
    private final FitRange range;
    private final double[] data;
    private final List<LineGroup> groups;
    private final List<Element> absorbers;
    private final List<Double> unknownChannels = new ArrayList<>();
    private final List<SumFit.ResidualPeak> peaks = new ArrayList<>();

    private Calibrator(Spectrum sum, FitSettings settings) {
        this.sum = sum;
        this.settings = settings;
        start = new PeakWidth(settings.resolutionEv().orElse(PeakWidth.USUAL_EV), PeakWidth.SILICON_SLOPE_EV);
        EnergyAxis axis = sum.axis();
        range = FitRange.of(settings, axis, start);
        data = part(sum);
        double low = axis.energyKeV(range.first());
        double high = axis.energyKeV(range.first() + range.channels() - 1.0);
        for (int c = 0; c < data.length; c++) {
            if (!(data[c] >= 0) || Double.isInfinite(data[c])) {
                throw new IllegalArgumentException("the sum spectrum holds " + data[c] + " counts in channel "
                        + (range.first() + c) + "; counts are finite and not negative");
            }
        }
        if (!(Arrays.stream(data).sum() > 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the sum spectrum holds no counts within %.3f…%.3f keV", low, high));
        }
        groups = LineGroup.modelled(settings, start, low, high);
        absorbers = absorbers(low, high);
    }

    /** The modelled elements, and the detector's silicon, that have an absorption edge in the range. */
    private List<Element> absorbers(double lowKeV, double highKeV) {
        List<Element> all = new ArrayList<>(List.of(Element.of("Si")));
        groups.forEach(g -> g.element().ifPresent(all::add));
        return all.stream()
                .distinct()
                .filter(e -> LineGroup.hasEdge(e, lowKeV, highKeV))
                .toList();
    }

    /**
     * Calibrates.
     *
     * @param tiles sums over parts of the field, on the axis of {@code sum}; may be empty
     */
    static Result calibrate(Spectrum sum, List<Spectrum> tiles, FitSettings settings) {
        return new Calibrator(sum, settings).run(tiles);
    }

    private Result run(List<Spectrum> tiles) {
        AxisFit fit = fit();
        PixelModel pixel = pixel(fit, fit.refinedGroups());
        for (int round = 0; round < ROUNDS && addUnknown(fit, pixel); round++) {
            fit = fit();
            pixel = pixel(fit, fit.refinedGroups());
        }
        List<String> warnings = new ArrayList<>();
        PeakWidth width = width(fit);
        double gain = fit.theta()[1];
        double firstKeV = firstKeV(fit);
        if (tiles.isEmpty()) {
            SumReport.warnOfHidden(pixel, warnings);
        } else {
            List<double[]> parts = tiles.stream().map(this::part).toList();
            pixel = pixel(fit, new HiddenShares(pixel, parts, firstKeV, gain, fit.response()).refined());
        }

        double[] model = pixel.model();
        double chiSquare = 0;
        for (int c = 0; c < data.length; c++) {
            chiSquare += (data[c] - model[c]) * (data[c] - model[c]) / Math.max(model[c], 1e-9);
        }
        int free =
                4 + (int) Arrays.stream(pixel.sumAmplitude()).filter(a -> a > 0).count();
        int degrees = Math.max(1, data.length - free);
        double widen = Math.sqrt(Math.max(1, chiSquare / degrees));
        EnergyCalibration energy = energy(fit, widen);
        SumReport.warnOfCalibration(settings, sum.axis(), energy, pixel, chiSquare / degrees, warnings);
        List<Windows.Placed> windows = List.of();
        if (settings.method() == Method.FIT) {
            SumReport.warnOfOverlaps(pixel, warnings);
        } else {
            windows = new Windows(pixel, firstKeV, gain, width, warnings).place();
        }
        peaks.addAll(residuals(fit, pixel));
        peaks.forEach(p -> warnings.add(Residuals.sentence(p)));
        EnergyAxis part = new EnergyAxis(range.channels(), firstKeV, gain);
        SumFit sumFit = new SumFit(
                Spectrum.of(part, data),
                Spectrum.of(part, model),
                Spectrum.of(part, pixel.background()),
                SumReport.curves(pixel, part),
                chiSquare,
                degrees,
                List.copyOf(peaks),
                List.copyOf(warnings));
        return new Result(range, energy, fit.detector(widen), pixel, windows, sumFit);
    }

    private AxisFit fit() {
        return AxisFit.of(
                sum,
                new SumModel(range, groups, unknownChannels, List.of(), settings.beamEnergyKeV(), false),
                absorbers,
                start);
    }

    private PixelModel pixel(AxisFit fit, List<LineGroup> refined) {
        return PixelModel.of(refined, fit.background(), firstKeV(fit), fit.theta()[1], fit.response(), data);
    }

    private List<SumFit.ResidualPeak> residuals(AxisFit fit, PixelModel pixel) {
        return new Residuals(data, pixel, firstKeV(fit), fit.theta()[1], width(fit), settings).peaks();
    }

    /** Models the peaks that are clear of the quantified lines; whether there were any. */
    private boolean addUnknown(AxisFit fit, PixelModel pixel) {
        boolean added = false;
        for (SumFit.ResidualPeak peak : residuals(fit, pixel)) {
            double clear = CLEAR_WIDTHS * width(fit).fwhmKeV(peak.energyKeV());
            boolean beside = peak.standardDeviations() > CERTAIN && unknownChannels.size() < MOST_UNKNOWN;
            for (XrayLine line : settings.lines()) {
                beside &= Math.abs(line.strongestKeV() - peak.energyKeV()) > clear;
            }
            double channel = (peak.energyKeV() - fit.theta()[0]) / fit.theta()[1];
            for (double known : unknownChannels) {
                beside &= Math.abs(known - channel) * fit.theta()[1] > clear;
            }
            if (beside) {
                unknownChannels.add(channel);
                peaks.add(peak);
                added = true;
            }
        }
        return added;
    }

    private EnergyCalibration energy(AxisFit fit, double widen) {
        double[] theta = fit.theta();
        double[] se = fit.standardErrors();
        return new EnergyCalibration(
                new EnergyAxis(sum.axis().channels(), theta[0], theta[1]),
                new Uncertain(theta[0], widen * se[0]),
                new Uncertain(theta[1], widen * se[1]),
                new Uncertain(theta[2], widen * se[2]),
                new Uncertain(theta[3], widen * se[3]));
    }

    private double firstKeV(AxisFit fit) {
        return fit.theta()[0] + range.first() * fit.theta()[1];
    }

    private static PeakWidth width(AxisFit fit) {
        return fit.response().width();
    }

    private double[] part(Spectrum spectrum) {
        return Arrays.copyOfRange(spectrum.counts(), range.first(), range.first() + range.channels());
    }
}
