package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.DetectorResponse;
import org.hyalite.spectra.EnergyCalibration;
import org.hyalite.spectra.ResidualMap;
import org.hyalite.study.CountsStep.SeriesCounts;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Net counts as files, and told to people. */
final class CountsReport {
    /** Standard deviations of noise beyond which a pixel's residual is told of. */
    private static final double FAR = 3;

    private CountsReport() {}

    /**
     * Writes one stack per line, one of its standard errors and one of the fit's residuals; where the tilts are known,
     * ascending and with them.
     */
    static void write(Path folder, String prefix, SeriesCounts counts, Map<XrayLine, List<ResidualMap>> residuals) {
        for (XrayLine line : counts.counts().get(0).keySet()) {
            write(
                    folder.resolve(prefix + line.name() + "_se.mrc"),
                    counts,
                    counts.of(line).stream().map(LineMap::standardError).toList(),
                    counts.note());
            write(
                    folder.resolve(prefix + line.name() + ".mrc"),
                    counts,
                    counts.of(line).stream().map(LineMap::counts).toList(),
                    counts.note());
        }
        residuals.forEach((line, maps) -> write(
                folder.resolve(prefix + line.name() + "_residual.mrc"),
                counts,
                maps.stream().map(ResidualMap::deviation).toList(),
                Optional.empty()));
    }

    private static void write(Path file, SeriesCounts counts, List<Image> images, Optional<String> note) {
        if (counts.tilted() && images.get(0).pixelNm() > 0) {
            MrcWriter.writeSeries(file, TiltSeries.of(TiltGeometry.of(counts.tiltsDeg()), images), note);
        } else {
            MrcWriter.writeStack(file, images, note);
        }
    }

    /** What {@code counts.json} holds. */
    static ObjectNode toJson(SeriesCounts counts, Map<XrayLine, List<ResidualMap>> residuals) {
        ObjectNode json = Json.object();
        ArrayNode lines = json.putArray("lines");
        for (XrayLine line : counts.counts().get(0).keySet()) {
            double total = 0;
            ArrayNode perImage = Json.array();
            for (LineMap map : counts.of(line)) {
                double sum = map.counts().sum();
                total += sum;
                perImage.add(sum);
            }
            ObjectNode node = lines.addObject();
            node.put("element", line.element().symbol());
            node.put("line", line.family().label());
            node.put("name", line.name());
            node.put("total", total);
            node.put("standard_error", counts.totalError(line));
            node.set("per_image", perImage);
            Optional.ofNullable(residuals.get(line)).ifPresent(maps -> node.set("residual", residual(maps)));
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
        counts.fitter().denoising().ifPresent(how -> {
            ObjectNode node = json.putObject("denoised");
            node.put("rank", how.rank());
            node.put("criterion", how.chosen() ? "least estimated risk" : "user");
            node.put("note", how.note());
            node.set("risk_saved", Json.numbers(how.riskSaved()));
        });
        ArrayNode warnings = json.putArray("warnings");
        counts.note().ifPresent(warnings::add);
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

    private static ObjectNode residual(List<ResidualMap> maps) {
        double chiSquare = 0;
        double expected = 0;
        double variance = 0;
        double beyond = 0;
        double pixels = 0;
        for (ResidualMap map : maps) {
            chiSquare += map.chiSquare();
            expected += map.expected();
            variance += map.standardDeviation() * map.standardDeviation();
            for (float z : map.deviation().values()) {
                beyond += z > FAR ? 1 : 0;
                pixels++;
            }
        }
        ObjectNode node = Json.object();
        node.put("reduced_chi_square", expected > 0 ? chiSquare / expected : 1);
        node.put("expected_of_noise", 1);
        node.put("scatter_of_noise", expected > 0 ? Math.sqrt(variance) / expected : 0);
        node.put("share_beyond_3_sd", beyond / pixels);
        return node;
    }

    /** For people: the total counts of each line. */
    static List<String> summary(SeriesCounts counts) {
        List<String> rows = new ArrayList<>();
        for (XrayLine line : counts.counts().get(0).keySet()) {
            double total =
                    counts.of(line).stream().mapToDouble(m -> m.counts().sum()).sum();
            double se = counts.totalError(line);
            rows.add(String.format(Locale.ROOT, "%-6s %12.0f ± %.0f counts", line.name(), total, se));
        }
        counts.note().ifPresent(rows::add);
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
