package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.Denoising;
import org.hyalite.spectra.EnergyCalibration;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LeftOut;
import org.hyalite.spectra.LineFitter;
import org.hyalite.spectra.ResidualMap;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.Denoise;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.InputException;

/** Spectrum images of one series → net counts per line and map. */
final class CountsStep {
    /**
     * What the lines are taken with.
     *
     * @param lines quantified lines
     * @param others elements modelled beside them
     * @param denoise empty: the spectra are taken as counted
     */
    record Lines(List<XrayLine> lines, List<Element> others, Method method, Optional<Denoise> denoise) {
        Lines(List<XrayLine> lines, List<Element> others, Method method) {
            this(lines, others, method, Optional.empty());
        }

        Lines denoised(Optional<Denoise> how) {
            return new Lines(lines, others, method, how);
        }
    }

    /**
     * Net counts of every map of a series: one {@link LineMap} per line and map, maps in the order of their tilts.
     *
     * @param totalVariance of each line's total over all maps, by the counts as counted: denoising keeps the total, and with
     *     it its error
     */
    record SeriesCounts(
            LineFitter fitter,
            List<EdsMap> maps,
            List<Map<XrayLine, LineMap>> counts,
            Map<XrayLine, Double> totalVariance) {
        /** What must be said of everything made from these counts. */
        Optional<String> note() {
            return fitter.denoising().map(Denoising::note);
        }

        List<SpectrumImage> spectra() {
            return maps.stream().map(EdsMap::map).toList();
        }

        double totalError(XrayLine line) {
            return Math.sqrt(Objects.requireNonNull(totalVariance.get(line)));
        }

        /** Of the fit to every map, by line; none by windows, which fit nothing. */
        Map<XrayLine, List<ResidualMap>> residuals(int threads, Progress progress) {
            Map<XrayLine, List<ResidualMap>> byLine = new LinkedHashMap<>();
            if (fitter.model().method() == org.hyalite.spectra.Method.FIT) {
                for (List<ResidualMap> map : fitter.residuals(spectra(), threads, progress)) {
                    map.forEach(r -> byLine.computeIfAbsent(r.line(), l -> new ArrayList<>())
                            .add(r));
                }
            }
            return byLine;
        }

        /** One line's maps. */
        List<LineMap> of(XrayLine line) {
            return counts.stream().map(m -> m.get(line)).toList();
        }

        /** The maps' tilts, degrees. */
        double[] tiltsDeg() {
            return maps.stream().mapToDouble(EdsMap::tiltDeg).toArray();
        }

        /** Whether the maps are a series: several, each at a tilt of its own. */
        boolean tilted() {
            return maps.size() > 1 && Arrays.stream(tiltsDeg()).distinct().count() == maps.size();
        }
    }

    /** Standard deviations of what denoising leaves out that are no chance. */
    private static final double BEYOND_CHANCE = 4;

    private CountsStep() {}

    static SeriesCounts count(
            StudyRecord record,
            String role,
            List<EdsMap> maps,
            Lines lines,
            Optional<Double> userBeamKeV,
            int threads,
            Progress progress) {
        double beamKeV = beamEnergy(record, role, maps.get(0), userBeamKeV);
        FitSettings settings;
        LineFitter fitter;
        try {
            settings = FitSettings.of(lines.lines(), lines.others(), beamKeV)
                    .with(
                            lines.method() == Method.FIT
                                    ? org.hyalite.spectra.Method.FIT
                                    : org.hyalite.spectra.Method.WINDOWS);
            Optional<Double> resolution = maps.get(0).acquisition().number(Key.ENERGY_RESOLUTION);
            if (resolution.isPresent()) {
                settings = settings.withResolutionEv(resolution.get());
            }
            requireOneAxis(maps);
            fitter = LineFitter.calibrate(maps.stream().map(EdsMap::map).toList(), settings);
        } catch (IllegalArgumentException e) {
            throw new InputException(maps.get(0).file() + ": " + e.getMessage(), e);
        }
        fitter.sumFit().warnings().forEach(w -> record.warn(role + " spectra: " + w));
        EnergyCalibration energy = fitter.energy();
        fitted(record, role + ".spectra.offset_keV", energy.offsetKeV(), "keV");
        fitted(record, role + ".spectra.gain_keV", energy.gainKeV(), "keV");
        fitted(record, role + ".spectra.fwhm_MnKa_eV", energy.fwhmMnKaEv(), "eV");
        LineFitter counting = denoised(record, role, fitter, maps, lines.denoise(), threads, progress);
        List<Map<XrayLine, LineMap>> counts = new ArrayList<>();
        Map<XrayLine, Double> variance = new LinkedHashMap<>();
        for (int i = 0; i < maps.size(); i++) {
            progress.check();
            progress.report(role + ": net counts", (double) i / maps.size());
            Map<XrayLine, LineMap> byLine = new LinkedHashMap<>();
            for (LineMap map : counting.counts(maps.get(i).map(), threads, Progress.NONE)) {
                byLine.put(map.line(), map);
            }
            counts.add(byLine);
            Collection<LineMap> asCounted = counting == fitter
                    ? byLine.values()
                    : fitter.counts(maps.get(i).map(), threads, Progress.NONE);
            asCounted.forEach(m -> variance.merge(m.line(), squares(m.standardError()), Double::sum));
        }
        SeriesCounts made = new SeriesCounts(counting, maps, counts, variance);
        if (counting.denoising().isPresent()) {
            for (LeftOut lost : counting.leftOut(made.spectra(), threads, Progress.NONE)) {
                if (lost.standardDeviations() > BEYOND_CHANCE) {
                    record.warn(String.format(
                            Locale.ROOT,
                            "%s spectra: denoising takes signal from %s, %.2g counts per pixel (rms, %.0f standard"
                                    + " deviations): ask for more components, or for none",
                            role,
                            lost.line().name(),
                            lost.rmsCounts(),
                            lost.standardDeviations()));
                }
            }
        }
        return made;
    }

    private static LineFitter denoised(
            StudyRecord record,
            String role,
            LineFitter fitter,
            List<EdsMap> maps,
            Optional<Denoise> denoise,
            int threads,
            Progress progress) {
        if (denoise.isEmpty()) {
            return fitter;
        }
        progress.report(role + ": components of the spectra", 0);
        LineFitter made;
        try {
            made = fitter.denoised(
                    maps.stream().map(EdsMap::map).toList(), denoise.get().rank(), threads, progress);
        } catch (IllegalArgumentException e) {
            throw new InputException(role + " spectra, denoise: " + e.getMessage(), e);
        }
        Denoising how = made.denoising().orElseThrow();
        record.parameter(
                role + ".spectra.denoise_rank",
                how.rank(),
                "",
                how.chosen() ? Origin.DERIVED : Origin.USER,
                how.chosen() ? "least estimated risk" : "denoise");
        record.warn(role + " spectra: " + how.note() + "; what the components do not hold is lost");
        return made;
    }

    private static void fitted(StudyRecord record, String name, Uncertain value, String unit) {
        record.parameter(
                name,
                value.value(),
                unit,
                Origin.DERIVED,
                String.format(Locale.ROOT, "sum spectrum, ± %.2g", value.standardError()));
    }

    private static void requireOneAxis(List<EdsMap> maps) {
        EdsMap first = maps.get(0);
        for (EdsMap map : maps) {
            if (!map.map().energy().equals(first.map().energy())) {
                throw new InputException(
                        map.file() + ": its energy axis " + map.map().energy() + " is not that of " + first.file()
                                + ", " + first.map().energy());
            }
        }
    }

    private static double beamEnergy(StudyRecord record, String role, EdsMap map, Optional<Double> user) {
        Optional<Double> file = map.acquisition().number(Key.BEAM_ENERGY);
        if (user.isPresent() && file.isPresent() && Math.abs(user.get() - file.get()) > 1e-3 * file.get()) {
            throw new InputException(map.file() + ": recorded at " + file.get() + " keV, but the experiment file says "
                    + user.get() + " keV");
        }
        double energy = user.or(() -> file)
                .orElseThrow(() ->
                        new InputException(map.file() + ": gives no beam energy; add microscope.beam_energy_keV"));
        record.parameter(
                role + ".beam_energy_keV",
                energy,
                "keV",
                user.isPresent() ? Origin.USER : Origin.FILE,
                user.isPresent() ? "experiment file" : map.file().toString());
        return energy;
    }

    private static double squares(Image image) {
        double sum = 0;
        for (float v : image.values()) {
            sum += (double) v * v;
        }
        return sum;
    }
}
