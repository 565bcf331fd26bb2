package org.hyalite.study;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.SimulatedStandard;
import org.hyalite.phantom.TrueAlignment;
import org.hyalite.phantom.TruePhase;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.physics.Dose;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the numbers that a twin's analysis should find: {@code alignment.csv} of the sample ({@code tilt_deg,
 * shift_y_px, shift_x_px, gain}), {@code alignment_NAME.csv} of the standards, and {@code truth.json}.
 */
final class TwinTruth {
    static final String FILE = "truth.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TwinTruth() {}

    static void write(Twin twin, Path folder) {
        SimulatedSample sample = twin.sample();
        text(folder.resolve("alignment.csv"), alignment(sample.alignment(), sample.gains()));
        for (SimulatedStandard standard : twin.standards()) {
            text(folder.resolve("alignment_" + standard.name() + ".csv"), alignment(standard.alignment()));
        }
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(truth(twin));
        text(folder.resolve(FILE), json.replace("\r\n", "\n") + "\n");
    }

    private static Map<String, Object> truth(Twin twin) {
        List<Object> lines = new ArrayList<>();
        twin.crossSections()
                .forEach((line, sigma) -> lines.add(object(
                        "element", line.element().symbol(),
                        "line", line.family().label(),
                        "sigma_barn", sigma.barn())));
        EnergyAxis energy = twin.trueEnergy();
        return object(
                "settings", settings(twin.settings()),
                "cross_sections", lines,
                "energy",
                        object(
                                "offset_keV", energy.offsetKeV(),
                                "keV_per_channel", energy.gainKeV(),
                                "fwhm_MnKa_eV", twin.trueResolutionEv()),
                "sample", sample(twin.sample()),
                "standards", twin.standards().stream().map(TwinTruth::standard).toList());
    }

    private static Map<String, Object> settings(TwinSettings settings) {
        return object(
                "kind", settings.kind().label(),
                "size", settings.size(),
                "tilts", settings.tilts(),
                "electrons_per_pixel", settings.electrons(),
                "seed", settings.seed(),
                "misalignment", settings.misalignment(),
                "noise", settings.noise(),
                "instrument", settings.instrument().label(),
                "pixel_size_nm", settings.pixelNm());
    }

    private static Map<String, Object> sample(SimulatedSample sample) {
        List<Object> gains = new ArrayList<>();
        double[] tilts = sample.alignment().tiltsDeg();
        for (int i = 0; i < tilts.length; i++) {
            gains.add(object("tilt_deg", tilts[i], "gain", sample.gains()[i]));
        }
        return object(
                "name", sample.name(),
                "dose", dose(sample.dose()),
                "gains", gains,
                "axis_offset_px", sample.alignment().axisOffsetPx(),
                "axis_rotation_deg", sample.alignment().axisRotationDeg(),
                "volume_nm3", sample.phantom().volumeNm3(),
                "phases", sample.phases().stream().map(TwinTruth::phase).toList());
    }

    private static Map<String, Object> standard(SimulatedStandard standard) {
        return object(
                "name", standard.name(),
                "element", standard.element().symbol(),
                "density_per_nm3", standard.densityPerNm3(),
                "dose", dose(standard.dose()),
                "axis_offset_px", standard.alignment().axisOffsetPx(),
                "axis_rotation_deg", standard.alignment().axisRotationDeg(),
                "volume_nm3", standard.phantom().volumeNm3());
    }

    private static Map<String, Object> dose(Dose dose) {
        return object(
                "electrons_per_pixel", dose.electrons(),
                "beam_current_nA", dose.currentNa(),
                "dwell_time_s", dose.dwellS());
    }

    private static Map<String, Object> phase(TruePhase phase) {
        return object(
                "name", phase.name(),
                "volume_nm3", phase.volumeNm3(),
                "interior_nm3", phase.interiorNm3(),
                "fraction_mean", phase.fractionMean(),
                "fraction_sd", phase.fractionSd(),
                "density_mean_per_nm3", phase.densityMeanPerNm3(),
                "density_sd_per_nm3", phase.densitySdPerNm3());
    }

    private static String alignment(TrueAlignment alignment, double... gains) {
        StringBuilder table = new StringBuilder("tilt_deg,shift_y_px,shift_x_px");
        table.append(gains.length > 0 ? ",gain\n" : "\n");
        for (int i = 0; i < alignment.tiltsDeg().length; i++) {
            table.append(TwinFiles.number(alignment.tiltsDeg()[i]))
                    .append(',')
                    .append(TwinFiles.number(alignment.shiftYPx()[i]))
                    .append(',')
                    .append(TwinFiles.number(alignment.shiftXPx()[i]));
            if (gains.length > 0) {
                table.append(',').append(TwinFiles.number(gains[i]));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static void text(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(file, out -> out.write(bytes));
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
