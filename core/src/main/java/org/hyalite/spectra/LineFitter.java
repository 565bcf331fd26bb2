package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;

/**
 * Takes net counts per line from spectra: energy axis, peak width and the shape of the continuum are fitted once, on
 * the sum spectrum, and every pixel is then fitted or integrated with them. Immutable; may be shared between threads.
 */
public final class LineFitter {
    private static final double OVERLAP = 0.7;
    private static final double POOR_FIT = 3;
    private static final double SHIFTED_KEV = 0.02;

    private final FitSettings settings;
    private final EnergyAxis fileAxis;
    private final FitRange range;
    private final EnergyCalibration energy;
    private final PixelModel pixel;
    private final List<Windows.Placed> windows;
    private final SumFit sumFit;
    private final FilterEstimator filter;

    private LineFitter(
            FitSettings settings,
            EnergyAxis fileAxis,
            FitRange range,
            EnergyCalibration energy,
            PixelModel pixel,
            List<Windows.Placed> windows,
            SumFit sumFit) {
        this.settings = settings;
        this.fileAxis = fileAxis;
        this.range = range;
        this.energy = energy;
        this.pixel = pixel;
        this.windows = windows;
        this.sumFit = sumFit;
        filter = settings.method() == Method.WINDOWS
                ? FilterEstimator.of(windows.stream().map(Windows.Placed::filter).toArray(double[][]::new), pixel.oneCount())
                : FilterEstimator.linear(pixel);
    }

    /**
     * Fits offset, gain and width on the sum spectrum and prepares the columns.
     *
     * @throws IllegalArgumentException if a line lies outside the spectrum's range, needs more than the beam energy, or
     *     the range holds no counts
     */
    public static LineFitter calibrate(Spectrum sum, FitSettings settings) {
        PeakWidth start = new PeakWidth(settings.resolutionEv().orElse(PeakWidth.USUAL_EV), PeakWidth.SILICON_SLOPE_EV);
        EnergyAxis axis = sum.axis();
        FitRange range = FitRange.of(settings, axis, start);
        double[] data = Arrays.copyOfRange(sum.counts(), range.first(), range.first() + range.channels());
        for (int c = 0; c < data.length; c++) {
            if (!(data[c] >= 0) || Double.isInfinite(data[c])) {
                throw new IllegalArgumentException("the sum spectrum holds " + data[c] + " counts in channel "
                        + (range.first() + c) + "; counts are finite and not negative");
            }
        }
        double low = axis.energyKeV(range.first());
        double high = axis.energyKeV(range.first() + range.channels() - 1.0);
        if (!(Arrays.stream(data).sum() > 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the sum spectrum holds no counts within %.3f…%.3f keV", low, high));
        }
        List<LineGroup> groups = LineGroup.modelled(settings, start, low, high);
        AxisFit fit = AxisFit.of(sum, range, groups, settings.beamEnergyKeV(), start);
        double[] theta = fit.theta();
        PeakWidth width = new PeakWidth(theta[2], theta[3]);
        double firstKeV = theta[0] + range.first() * theta[1];
        PixelModel pixel = PixelModel.of(fit.refinedGroups(), fit.background(), firstKeV, theta[1], width, data);

        List<String> warnings = new ArrayList<>();
        double[] model = pixel.model();
        double chiSquare = 0;
        for (int c = 0; c < data.length; c++) {
            chiSquare += (data[c] - model[c]) * (data[c] - model[c]) / Math.max(model[c], 1e-9);
        }
        int free = 4 + (int) Arrays.stream(pixel.sumAmplitude()).filter(a -> a > 0).count();
        int degrees = Math.max(1, data.length - free);
        double widen = Math.sqrt(Math.max(1, chiSquare / degrees));
        double[] se = fit.standardErrors();
        EnergyCalibration energy = new EnergyCalibration(
                new EnergyAxis(axis.channels(), theta[0], theta[1]),
                new Uncertain(theta[0], widen * se[0]),
                new Uncertain(theta[1], widen * se[1]),
                new Uncertain(theta[2], widen * se[2]),
                new Uncertain(theta[3], widen * se[3]));
        warnOfCalibration(settings, axis, energy, pixel, chiSquare / degrees, warnings);
        if (settings.method() == Method.FIT) {
            warnOfOverlaps(pixel, warnings);
        }
        List<Windows.Placed> windows = settings.method() == Method.WINDOWS
                ? new Windows(pixel, firstKeV, theta[1], width, warnings).place()
                : List.of();
        List<SumFit.ResidualPeak> peaks =
                new Residuals(data, pixel, firstKeV, theta[1], width, settings).peaks();
        peaks.forEach(p -> warnings.add(Residuals.sentence(p)));
        EnergyAxis part = new EnergyAxis(range.channels(), firstKeV, theta[1]);
        SumFit sumFit = new SumFit(
                Spectrum.of(part, data),
                Spectrum.of(part, model),
                Spectrum.of(part, pixel.background()),
                curves(pixel, part),
                chiSquare,
                degrees,
                peaks,
                List.copyOf(warnings));
        return new LineFitter(settings, axis, range, energy, pixel, windows, sumFit);
    }

    /** The fitted energy axis and peak width. */
    public EnergyCalibration energy() {
        return energy;
    }

    /** The fit to the sum spectrum, with warnings. */
    public SumFit sumFit() {
        return sumFit;
    }

    /**
     * Net counts of every quantified line, in the settings' order.
     *
     * @param threads how many threads work; the result does not depend on it
     * @throws IllegalArgumentException if the map's energy axis is not the sum spectrum's
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    public List<LineMap> counts(SpectrumImage map, int threads, Progress progress) {
        if (!map.energy().equals(fileAxis)) {
            throw new IllegalArgumentException("the map's energy axis " + map.energy() + " is not that of the sum spectrum, "
                    + fileAxis + "; calibrate on a sum spectrum with the map's axis");
        }
        List<LineMap> maps = new ArrayList<>();
        for (XrayLine line : settings.lines()) {
            maps.add(new LineMap(
                    line,
                    Image.zeros(map.ny(), map.nx(), map.pixelNm()),
                    Image.zeros(map.ny(), map.nx(), map.pixelNm())));
        }
        Supplier<IntConsumer> worker = () -> {
            PixelEstimator estimator = estimator();
            PixelReader reader = new PixelReader(map, range);
            double[] net = new double[maps.size()];
            double[] se = new double[maps.size()];
            return y -> {
                for (int x = 0; x < map.nx(); x++) {
                    int events = reader.read(y, x);
                    estimator.estimate(reader.channel, reader.counts, events, net, se);
                    for (int k = 0; k < net.length; k++) {
                        maps.get(k).counts().set(y, x, (float) net[k]);
                        maps.get(k).standardError().set(y, x, (float) se[k]);
                    }
                }
            };
        };
        Rows.each(map.ny(), threads, "net counts", progress, worker);
        return maps;
    }

    /**
     * Net counts of every quantified line in one spectrum, in the settings' order.
     *
     * @throws IllegalArgumentException if its energy axis is not the sum spectrum's
     */
    public List<Uncertain> counts(Spectrum spectrum) {
        if (!spectrum.axis().equals(fileAxis)) {
            throw new IllegalArgumentException("the spectrum's energy axis " + spectrum.axis()
                    + " is not that of the sum spectrum, " + fileAxis);
        }
        double[] counts = Arrays.copyOfRange(spectrum.counts(), range.first(), range.first() + range.channels());
        int[] channel = new int[counts.length];
        Arrays.setAll(channel, c -> c);
        double[] net = new double[settings.lines().size()];
        double[] se = new double[net.length];
        estimator().estimate(channel, counts, counts.length, net, se);
        List<Uncertain> result = new ArrayList<>();
        for (int k = 0; k < net.length; k++) {
            result.add(new Uncertain(net[k], se[k]));
        }
        return result;
    }

    /** How each line's counts are defined. */
    public LineModel model() {
        boolean fit = settings.method() == Method.FIT;
        List<LineModel.Definition> lines = new ArrayList<>();
        for (int k = 0; k < settings.lines().size(); k++) {
            double centre = pixel.groups().get(k).energyKeV();
            Windows.Range all = new Windows.Range(0, range.channels());
            LineModel.Window window = window(fit ? all : windows.get(k).line());
            List<LineModel.Window> beside = new ArrayList<>();
            if (!fit) {
                windows.get(k).background().forEach(b -> beside.add(window(b)));
            }
            double share = fit ? pixel.columns().total()[k] : windows.get(k).share();
            lines.add(new LineModel.Definition(
                    settings.lines().get(k), centre, 1000 * energy.fwhmKeV(centre), window, share, List.copyOf(beside)));
        }
        return new LineModel(
                settings.method(),
                fit ? Optional.of(settings.estimator()) : Optional.empty(),
                window(new Windows.Range(0, range.channels())),
                List.copyOf(lines),
                pixel.groups().stream().map(LineGroup::name).toList(),
                fit ? pixel.backgroundPieces() : 0);
    }

    private LineModel.Window window(Windows.Range channels) {
        double lower = range.first() - 0.5;
        return new LineModel.Window(
                energy.axis().energyKeV(lower + channels.from()), energy.axis().energyKeV(lower + channels.to()));
    }

    private PixelEstimator estimator() {
        boolean poisson = settings.method() == Method.FIT && settings.estimator() == Estimator.POISSON;
        return poisson ? new PoissonEstimator(pixel) : filter;
    }

    private static List<SumFit.Curve> curves(PixelModel pixel, EnergyAxis part) {
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

    private static void warnOfCalibration(
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
                    Locale.ROOT, "the fit to the sum spectrum is worse than noise: chi-square %.1f per channel", reduced));
        }
    }

    private static void warnOfOverlaps(PixelModel pixel, List<String> warnings) {
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
