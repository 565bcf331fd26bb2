package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.align.AdfBackground;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.quantify.ArealDensity;
import org.hyalite.quantify.Quantifier;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.hyalite.spectra.WindowCounts;
import org.hyalite.tomo.Projector;

/**
 * One simulated sample as a reconstruction gets it, with its truth. Counts are taken as a user's run takes them, energy
 * axis and peak width fitted; cross sections, doses and gains are the true ones and nothing is misaligned, so that the
 * reconstruction alone is judged.
 *
 * @param settings what was simulated
 * @param net areal densities of each element, atoms/nm², {@code [tilt, y, x]}
 * @param errors their standard errors
 * @param channels the same elements' counts in windows
 * @param adf the ADF series, detector offset and film removed, {@code [tilt, y, x]}
 * @param truth true densities, atoms/nm³, {@code [z, y, x]}
 * @param countsPerPixel mean counts of a whole spectrum
 */
record AccuracyCase(
        TwinSettings settings,
        Map<Element, TiltSeries> net,
        Map<Element, TiltSeries> errors,
        Map<Element, PoissonChannel> channels,
        TiltSeries adf,
        Map<Element, Volume> truth,
        double countsPerPixel) {
    private static final List<String> LINES = List.of("Co_Ka", "Co_Kb", "Zn_Ka", "Zn_Kb");
    /** The power of Z by which atoms scatter into a dark-field detector, about; what makes ADF images without noise. */
    private static final double SCATTERING = 1.7;

    private static final List<String> OTHERS = List.of("Cu", "C", "N", "Si");

    /** Simulates, counts and quantifies. */
    static AccuracyCase simulate(TwinSettings settings, int threads, Progress progress) {
        Twin twin = Twin.simulate(settings, threads, progress);
        SimulatedSample sample = twin.sample();
        List<SpectrumImage> maps = new ArrayList<>();
        double counts = 0;
        for (int t = 0; t < sample.tilts(); t++) {
            progress.check();
            maps.add(sample.map(t));
            counts += Arrays.stream(maps.get(t).sum().counts()).sum();
        }
        FitSettings fit = FitSettings.of(
                        LINES.stream().map(XrayLine::of).toList(),
                        OTHERS.stream().map(Element::of).toList(),
                        sample.acquisition(0).number(Key.BEAM_ENERGY).orElseThrow())
                .withResolutionEv(
                        sample.acquisition(0).number(Key.ENERGY_RESOLUTION).orElseThrow());
        LineFitter fitter = LineFitter.calibrate(maps, fit);
        TiltGeometry tilts = TiltGeometry.of(sample.alignment().tiltsDeg());
        List<List<LineMap>> lines = new ArrayList<>();
        for (SpectrumImage map : maps) {
            lines.add(fitter.counts(map, threads, Progress.NONE));
        }
        Quantifier quantifier = Quantifier.of(twin.crossSections());
        Map<Element, TiltSeries> net = new LinkedHashMap<>();
        Map<Element, TiltSeries> errors = new LinkedHashMap<>();
        Map<Element, PoissonChannel> channels = new LinkedHashMap<>();
        Map<Element, Volume> truth = new LinkedHashMap<>();
        for (WindowCounts window : fitter.windowCounts(maps, threads, Progress.NONE)) {
            Element element = window.element();
            List<Image> values = new ArrayList<>();
            List<Image> uncertain = new ArrayList<>();
            for (int t = 0; t < maps.size(); t++) {
                ArealDensity density = quantifier.quantify(element, lines.get(t), sample.dose(), sample.gains()[t]);
                values.add(density.atomsPerNm2());
                uncertain.add(density.standardError());
            }
            net.put(element, TiltSeries.of(tilts, values));
            errors.put(element, TiltSeries.of(tilts, uncertain));
            channels.put(
                    element,
                    PoissonChannel.of(
                            window,
                            tilts,
                            twin.crossSections(),
                            Collections.nCopies(maps.size(), sample.dose()),
                            sample.gains()));
            truth.put(element, sample.density(element));
        }
        double pixels = (double) maps.size() * settings.size() * settings.size();
        TiltSeries adf = AdfBackground.estimate(sample.adf()).cleaned();
        return new AccuracyCase(settings, net, errors, channels, adf, truth, counts / pixels);
    }

    /** The same sample with the images that the solver's own projector makes of the truth, without noise. */
    AccuracyCase exact() {
        Map<Element, TiltSeries> images = new LinkedHashMap<>();
        Map<Element, PoissonChannel> counts = new LinkedHashMap<>();
        TiltSeries scattered = TiltSeries.zeros(adf.geometry(), adf.ny(), adf.nx(), adf.pixelNm());
        truth.forEach((element, density) -> {
            TiltSeries shown = Projector.of(adf.geometry(), density.nz(), density.ny(), density.nx(), density.voxelNm())
                    .forward(density);
            images.put(element, shown);
            add(scattered, shown, Math.pow(element.atomicNumber(), SCATTERING));
            PoissonChannel channel = channel(element);
            TiltSeries expected = channel.background().copy();
            for (int t = 0; t < expected.tilts(); t++) {
                for (int y = 0; y < expected.ny(); y++) {
                    for (int x = 0; x < expected.nx(); x++) {
                        double more = channel.countsPerUnit()[t] * shown.at(t, y, x);
                        expected.set(t, y, x, (float) (expected.at(t, y, x) + more));
                    }
                }
            }
            counts.put(element, new PoissonChannel(element, expected, channel.background(), channel.countsPerUnit()));
        });
        return new AccuracyCase(settings, images, errors, counts, scattered, truth, countsPerPixel);
    }

    private static void add(TiltSeries to, TiltSeries series, double factor) {
        for (int b = 0; b < to.blocks().length; b++) {
            for (int i = 0; i < to.blocks()[b].length; i++) {
                to.blocks()[b][i] += (float) (factor * series.blocks()[b][i]);
            }
        }
    }

    List<Element> elements() {
        return List.copyOf(truth.keySet());
    }

    TiltSeries net(Element element) {
        return Objects.requireNonNull(net.get(element));
    }

    TiltSeries errors(Element element) {
        return Objects.requireNonNull(errors.get(element));
    }

    PoissonChannel channel(Element element) {
        return Objects.requireNonNull(channels.get(element));
    }

    /** {@code ‖x − truth‖ / ‖truth‖} of one element. */
    double error(Element element, Volume volume) {
        return relative(List.of(volume), List.of(Objects.requireNonNull(truth.get(element))));
    }

    /** The same of the sum over the elements. */
    double totalError(Map<Element, Volume> volumes) {
        List<Volume> found = new ArrayList<>();
        List<Volume> right = new ArrayList<>();
        volumes.forEach((element, volume) -> {
            found.add(volume);
            right.add(Objects.requireNonNull(truth.get(element)));
        });
        return relative(found, right);
    }

    private static double relative(List<Volume> found, List<Volume> truth) {
        double difference = 0;
        double norm = 0;
        for (int b = 0; b < truth.get(0).blocks().length; b++) {
            for (int i = 0; i < truth.get(0).blocks()[b].length; i++) {
                double x = 0;
                double right = 0;
                for (int v = 0; v < truth.size(); v++) {
                    x += found.get(v).blocks()[b][i];
                    right += truth.get(v).blocks()[b][i];
                }
                difference += (x - right) * (x - right);
                norm += right * right;
            }
        }
        return Math.sqrt(difference / norm);
    }
}
