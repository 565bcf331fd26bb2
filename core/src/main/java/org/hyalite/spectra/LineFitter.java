package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
    private static final int TILES = 16;

    private final FitSettings settings;
    private final EnergyAxis fileAxis;
    private final Calibrator.Result result;
    private final FitRange range;
    private final EnergyCalibration energy;
    private final DetectorResponse detector;
    private final PixelModel pixel;
    private final List<Windows.Placed> windows;
    private final SumFit sumFit;
    private final FilterEstimator filter;
    private final Optional<Denoising> denoising;

    /** The counts as counted less the denoised ones; all zero where nothing is denoised. */
    private final FilterEstimator difference;

    /** Empty where the counts are no Poisson fit's. */
    private final double[] poissonStart;

    private LineFitter(
            FitSettings settings, EnergyAxis fileAxis, Calibrator.Result result, Optional<LowRank> projection) {
        this.result = result;
        this.settings = settings;
        this.fileAxis = fileAxis;
        range = result.range();
        energy = result.energy();
        detector = result.detector();
        pixel = result.pixel();
        windows = result.windows();
        sumFit = result.sumFit();
        double[][] filters = settings.method() == Method.WINDOWS
                ? windows.stream().map(Windows.Placed::filter).toArray(double[][]::new)
                : pixel.filters(pixel.quantified());
        double[][] taken = projection.map(p -> p.adjoint(filters)).orElse(filters);
        filter = FilterEstimator.of(taken, pixel.oneCount());
        double[][] apart = new double[filters.length][range.channels()];
        for (int k = 0; k < apart.length; k++) {
            for (int c = 0; c < apart[k].length; c++) {
                apart[k][c] = filters[k][c] - taken[k][c];
            }
        }
        difference = FilterEstimator.of(apart, new double[range.channels()]);
        denoising = projection.map(LowRank::denoising);
        boolean poisson = settings.method() == Method.FIT && settings.estimator() == Estimator.POISSON;
        poissonStart = poisson ? PoissonEstimator.start(pixel) : new double[0];
    }

    /**
     * Fits offset, gain and width on the sum spectrum and prepares the columns. Lines of other elements that lie under a
     * quantified one (platinum's Mγ under sulphur's Kα) keep the strength that tables give them, with a warning: prefer
     * {@link #calibrate(List, FitSettings)} where the maps are at hand.
     *
     * @throws IllegalArgumentException if a line lies outside the spectrum's range, or the range holds no counts
     */
    public static LineFitter calibrate(Spectrum sum, FitSettings settings) {
        return new LineFitter(settings, sum.axis(), Calibrator.calibrate(sum, List.of(), settings), Optional.empty());
    }

    /**
     * The same on the sum of maps; lines that lie under a quantified one get their strength from where in the field
     * their element is and the quantified one is not.
     *
     * @param maps one or more, all on one energy axis
     * @throws IllegalArgumentException if they are not, a line lies outside the spectra's range, or the range holds no
     *     counts
     */
    public static LineFitter calibrate(List<SpectrumImage> maps, FitSettings settings) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("no map to calibrate on");
        }
        EnergyAxis axis = maps.get(0).energy();
        Spectrum sum = Spectrum.of(axis, new double[axis.channels()]);
        List<Spectrum> tiles = new ArrayList<>();
        for (SpectrumImage map : maps) {
            if (!map.energy().equals(axis)) {
                throw new IllegalArgumentException("maps on different energy axes: " + axis + " and " + map.energy());
            }
            for (Spectrum tile : tiles(map)) {
                tiles.add(tile);
                sum = sum.plus(tile);
            }
        }
        return new LineFitter(settings, axis, Calibrator.calibrate(sum, tiles, settings), Optional.empty());
    }

    /**
     * The same fitter on spectra held to a few common shapes: every pixel's spectrum is projected onto the leading
     * components of the Poisson-scaled maps (Keenan & Kotula, 2004). Noise falls, what the components do not hold is lost,
     * and the totals over all maps stay. Standard errors hold the noise only, for fixed components.
     *
     * @param maps all maps that will be counted
     * @param rank how many components; empty: as many as have the least estimated risk
     * @throws IllegalArgumentException if the estimator is not linear, an axis is not the sum spectrum's or the rank is not
     *     within 1…100
     */
    public LineFitter denoised(List<SpectrumImage> maps, OptionalInt rank, int threads, Progress progress) {
        if (poissonStart.length > 0) {
            throw new IllegalArgumentException(
                    "denoised spectra are no Poisson counts; the estimator 'linear' takes them, 'poisson' does not");
        }
        maps.forEach(map -> require(map.energy()));
        LowRank projection = LowRank.of(maps, range, rank, threads, progress);
        return new LineFitter(settings, fileAxis, result, Optional.of(projection));
    }

    /** That the spectra are denoised, and how; empty: they are taken as counted. */
    public Optional<Denoising> denoising() {
        return denoising;
    }

    /** What denoising takes from each line's counts in some maps beyond noise, in the settings' order. */
    public List<LeftOut> leftOut(List<SpectrumImage> maps, int threads, Progress progress) {
        int lines = settings.lines().size();
        List<List<PixelMaps.Estimate>> all = new ArrayList<>();
        for (SpectrumImage map : maps) {
            all.add(estimates(map, lines, () -> difference, threads, progress));
        }
        List<LeftOut> result = new ArrayList<>();
        for (int k = 0; k < lines; k++) {
            int line = k;
            result.add(LeftOut.of(
                    settings.lines().get(k),
                    all.stream()
                            .map(m -> new Image[] {
                                m.get(line).value(), m.get(line).standardError()
                            })
                            .toList()));
        }
        return result;
    }

    /** Sums over tiles, at most 16 × 16 of them, that cover the map. */
    private static List<Spectrum> tiles(SpectrumImage map) {
        int ny = Math.min(TILES, map.ny());
        int nx = Math.min(TILES, map.nx());
        double[][] sums = new double[ny * nx][map.energy().channels()];
        int[] channels = new int[map.energy().channels()];
        float[] counts = new float[channels.length];
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                double[] sum = sums[(int) ((long) y * ny / map.ny() * nx + (long) x * nx / map.nx())];
                int events = map.events(y, x, channels, counts);
                for (int e = 0; e < events; e++) {
                    sum[channels[e]] += counts[e];
                }
            }
        }
        return Arrays.stream(sums).map(s -> Spectrum.of(map.energy(), s)).toList();
    }

    /** The fitted energy axis and peak width. */
    public EnergyCalibration energy() {
        return energy;
    }

    /** What the sum spectrum shows of the detector beside Gaussian peaks. */
    public DetectorResponse detector() {
        return detector;
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
        List<PixelMaps.Estimate> estimates =
                estimates(map, settings.lines().size(), this::estimator, threads, progress);
        List<LineMap> maps = new ArrayList<>();
        for (int k = 0; k < estimates.size(); k++) {
            PixelMaps.Estimate e = estimates.get(k);
            maps.add(new LineMap(settings.lines().get(k), e.value(), e.standardError()));
        }
        return maps;
    }

    /**
     * How well the model describes each pixel within each quantified line's own channels: of the weighted linear fit to the
     * counts as counted, whatever the counts are taken by.
     *
     * @param maps one or more of a series
     * @return for each map, one for each line in the settings' order
     * @throws IllegalArgumentException if a map's energy axis is not the sum spectrum's
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    public List<List<ResidualMap>> residuals(List<SpectrumImage> maps, int threads, Progress progress) {
        PixelResiduals.Prepared prepared = PixelResiduals.prepare(pixel);
        int lines = settings.lines().size();
        List<List<ResidualMap>> all = new ArrayList<>();
        for (SpectrumImage map : maps) {
            List<PixelMaps.Estimate> found =
                    estimates(map, 2 * lines, () -> new PixelResiduals(prepared), threads, progress);
            List<ResidualMap> byLine = new ArrayList<>();
            for (int k = 0; k < lines; k++) {
                PixelMaps.Estimate excess = found.get(2 * k);
                byLine.add(ResidualMap.of(
                        settings.lines().get(k),
                        excess.value(),
                        excess.standardError(),
                        found.get(2 * k + 1).value()));
            }
            all.add(List.copyOf(byLine));
        }
        return all;
    }

    /**
     * Counts in a window around each element's lines with the expected background in it, for Poisson statistics; the
     * windows are placed on the sum spectrum, the background is the linear fit's, less the element's own lines, smoothed
     * over each map.
     *
     * @param maps one or more of a series
     * @return one for each element, in the order of the settings' lines
     * @throws IllegalArgumentException if a map's energy axis is not the sum spectrum's
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    public List<WindowCounts> windowCounts(List<SpectrumImage> maps, int threads, Progress progress) {
        if (denoising.isPresent()) {
            throw new IllegalStateException("Poisson statistics need counts as counted; this fitter denoises");
        }
        double firstKeV = energy.axis().energyKeV(range.first());
        List<ElementWindow> placed =
                ElementWindow.place(pixel, firstKeV, energy.axis().gainKeV(), energy.width());
        double[][] filters = new double[2 * placed.size()][];
        for (int e = 0; e < placed.size(); e++) {
            filters[2 * e] = placed.get(e).counts();
            filters[2 * e + 1] = placed.get(e).background();
        }
        FilterEstimator both = FilterEstimator.of(filters, pixel.oneCount());
        List<List<PixelMaps.Estimate>> estimates = new ArrayList<>();
        for (SpectrumImage map : maps) {
            estimates.add(estimates(map, filters.length, () -> both, threads, progress));
        }
        List<WindowCounts> counts = new ArrayList<>();
        for (int e = 0; e < placed.size(); e++) {
            ElementWindow window = placed.get(e);
            Map<XrayLine, Double> shares = new LinkedHashMap<>();
            for (int k = 0; k < pixel.quantified(); k++) {
                if (window.isOwn(k)) {
                    shares.put(settings.lines().get(k), window.share(k));
                }
            }
            int counted = 2 * e;
            List<PixelMaps.Estimate> background =
                    estimates.stream().map(m -> m.get(counted + 1)).toList();
            BackgroundSmoothing.Smoothed smoothed = BackgroundSmoothing.smooth(
                    background.stream().map(PixelMaps.Estimate::value).toList(),
                    background.stream().map(PixelMaps.Estimate::standardError).toList());
            counts.add(new WindowCounts(
                    window.element(),
                    shares,
                    window.ranges().stream().map(this::window).toList(),
                    estimates.stream().map(m -> m.get(counted).value()).toList(),
                    smoothed.images(),
                    smoothed.widthPx()));
        }
        return counts;
    }

    private List<PixelMaps.Estimate> estimates(
            SpectrumImage map, int values, Supplier<PixelEstimator> estimators, int threads, Progress progress) {
        if (!map.energy().equals(fileAxis)) {
            throw new IllegalArgumentException(
                    "the map's energy axis " + map.energy() + " is not that of the sum spectrum, " + fileAxis
                            + "; calibrate on a sum spectrum with the map's axis");
        }
        return PixelMaps.of(map, range, values, estimators, threads, progress);
    }

    /**
     * Net counts of every quantified line in one spectrum, in the settings' order.
     *
     * @throws IllegalArgumentException if its energy axis is not the sum spectrum's
     */
    public List<Uncertain> counts(Spectrum spectrum) {
        require(spectrum.axis());
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

    /**
     * The least variance that any unbiased estimate of each quantified line's counts can have in spectra that scatter
     * about a mean (Cramér and Rao), every column of the model being free, in the settings' order.
     *
     * @throws IllegalArgumentException if its energy axis is not the sum spectrum's
     */
    public double[] leastVariance(Spectrum mean) {
        require(mean.axis());
        double[] weight = new double[range.channels()];
        for (int c = 0; c < weight.length; c++) {
            weight[c] = 1 / Math.max(mean.counts()[range.first() + c], Double.MIN_NORMAL);
        }
        return pixel.leastVariance(weight);
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
                    settings.lines().get(k),
                    centre,
                    1000 * energy.fwhmKeV(centre),
                    window,
                    share,
                    List.copyOf(beside)));
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

    private void require(EnergyAxis axis) {
        if (!axis.equals(fileAxis)) {
            throw new IllegalArgumentException(
                    "the spectrum's energy axis " + axis + " is not that of the sum spectrum, " + fileAxis);
        }
    }

    private PixelEstimator estimator() {
        return poissonStart.length > 0 ? new PoissonEstimator(pixel, poissonStart) : filter;
    }
}
