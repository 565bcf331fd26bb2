package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.DetectorResponse;
import org.hyalite.spectra.EnergyCalibration;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spectrum images of one series → net counts per line and map. */
final class CountsStep {
    /**
     * What the lines are taken with.
     *
     * @param lines quantified lines
     * @param others elements modelled beside them
     */
    record Lines(List<XrayLine> lines, List<Element> others, Method method) {}

    /** Net counts of every map of a series: one {@link LineMap} per line and map, maps in the order of their tilts. */
    record SeriesCounts(LineFitter fitter, List<EdsMap> maps, List<Map<XrayLine, LineMap>> counts) {
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
        List<Map<XrayLine, LineMap>> counts = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            progress.check();
            progress.report(role + ": net counts", (double) i / maps.size());
            Map<XrayLine, LineMap> byLine = new LinkedHashMap<>();
            for (LineMap map : fitter.counts(maps.get(i).map(), threads, Progress.NONE)) {
                byLine.put(map.line(), map);
            }
            counts.add(byLine);
        }
        return new SeriesCounts(fitter, maps, counts);
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

    /** Writes one stack per line and one of its standard errors; where the tilts are known, ascending and with them. */
    static void write(Path folder, String prefix, SeriesCounts counts) {
        for (XrayLine line : counts.counts().get(0).keySet()) {
            write(
                    folder.resolve(prefix + line.name() + "_se.mrc"),
                    counts,
                    counts.of(line).stream().map(LineMap::standardError).toList());
            write(
                    folder.resolve(prefix + line.name() + ".mrc"),
                    counts,
                    counts.of(line).stream().map(LineMap::counts).toList());
        }
    }

    private static void write(Path file, SeriesCounts counts, List<Image> images) {
        if (counts.tilted() && images.get(0).pixelNm() > 0) {
            MrcWriter.writeSeries(file, TiltSeries.of(TiltGeometry.of(counts.tiltsDeg()), images));
        } else {
            MrcWriter.writeStack(file, images);
        }
    }

    /** What {@code counts.json} holds. */
    static ObjectNode toJson(SeriesCounts counts) {
        ObjectNode json = Json.object();
        ArrayNode lines = json.putArray("lines");
        for (XrayLine line : counts.counts().get(0).keySet()) {
            double total = 0;
            double variance = 0;
            ArrayNode perImage = Json.array();
            for (LineMap map : counts.of(line)) {
                double sum = map.counts().sum();
                total += sum;
                variance += squares(map.standardError());
                perImage.add(sum);
            }
            ObjectNode node = lines.addObject();
            node.put("element", line.element().symbol());
            node.put("line", line.family().label());
            node.put("name", line.name());
            node.put("total", total);
            node.put("standard_error", Math.sqrt(variance));
            node.set("per_image", perImage);
        }
        ObjectNode energy = json.putObject("energy");
        EnergyCalibration fitted = counts.fitter().energy();
        put(energy, "offset_keV", fitted.offsetKeV());
        put(energy, "gain", fitted.gainKeV());
        put(energy, "fwhm_MnKa_eV", fitted.fwhmMnKaEv());
        put(energy, "width_slope_eV", fitted.widthSlopeEv());
        json.set("detector", detector(counts.fitter().detector()));
        json.put("chi_square", counts.fitter().sumFit().chiSquare());
        json.put("degrees_of_freedom", counts.fitter().sumFit().degreesOfFreedom());
        if (counts.tilted()) {
            json.set("tilts_deg", Json.numbers(counts.tiltsDeg()));
        }
        ArrayNode warnings = json.putArray("warnings");
        counts.fitter().sumFit().warnings().forEach(warnings::add);
        return json;
    }

    private static ObjectNode detector(DetectorResponse response) {
        ObjectNode node = Json.object();
        node.put("escape_peaks", response.escapePeaks());
        response.chargeLoss().ifPresent(loss -> {
            ObjectNode charge = node.putObject("incomplete_charge");
            put(charge, "depth_um", loss.depthUm());
            put(charge, "surface_share", loss.surfaceShare());
            put(charge, "border_photons", loss.borderPhotons());
            put(charge, "border_share", loss.borderShare());
        });
        ObjectNode absorbers = node.putObject("continuum_absorbers_g_cm2");
        response.absorbers().forEach((element, thickness) -> absorbers.put(element.symbol(), thickness));
        return node;
    }

    private static void put(ObjectNode node, String name, Uncertain value) {
        node.put(name, value.value());
        node.put(name + "_se", value.standardError());
    }

    private static double squares(Image image) {
        double sum = 0;
        for (float v : image.values()) {
            sum += (double) v * v;
        }
        return sum;
    }

    /** For people: the total counts of each line. */
    static List<String> summary(SeriesCounts counts) {
        List<String> rows = new ArrayList<>();
        for (XrayLine line : counts.counts().get(0).keySet()) {
            double total =
                    counts.of(line).stream().mapToDouble(m -> m.counts().sum()).sum();
            double se = Math.sqrt(counts.of(line).stream()
                    .mapToDouble(m -> squares(m.standardError()))
                    .sum());
            rows.add(String.format(Locale.ROOT, "%-6s %12.0f ± %.0f counts", line.name(), total, se));
        }
        EnergyCalibration energy = counts.fitter().energy();
        rows.add(String.format(
                Locale.ROOT,
                "energy: offset %.4f ± %.4f keV, gain %.6f ± %.6f keV, FWHM at Mn Ka %.1f ± %.1f eV",
                energy.offsetKeV().value(),
                energy.offsetKeV().standardError(),
                energy.gainKeV().value(),
                energy.gainKeV().standardError(),
                energy.fwhmMnKaEv().value(),
                energy.fwhmMnKaEv().standardError()));
        return rows;
    }
}
