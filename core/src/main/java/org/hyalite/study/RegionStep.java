package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.msa.MsaWriter;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Projector;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of the phase diagram → where it is in the particle, its images at every tilt, and its sum spectrum, in
 * {@code sample/region_NAME*}.
 */
public final class RegionStep {
    private RegionStep() {}

    /**
     * Writes what belongs to a region; {@code phases.json} stays as it is.
     *
     * @param spectrum whether its sum spectrum is wanted, which needs the recorded files
     */
    public static StudyResult run(
            Path folder, PhaseSpec spec, Optional<Double> threshold, RegionSpec region, boolean spectrum) {
        ResultFiles files = ResultFiles.existing(folder);
        StudyRecord record = new StudyRecord();
        Found found = PhaseStep.again(files, spec, threshold);
        VolumeMask mask = mask(found, region);
        if (mask.count() == 0) {
            throw new InputException("the region holds no voxel of " + folder + "; look at "
                    + files.figures().resolve(PhaseFigures.DIAGRAM + ".png"));
        }
        List<EdsMap> maps = spectrum ? RegionSpectrum.recorded(files, record) : List.of();
        String name = region.fileName();
        ObjectNode json = Json.object();
        json.put("region", region.phase().orElse("box"));
        if (region.phase().isEmpty()) {
            json.set("fraction", Json.numbers(region.box()[0], region.box()[1]));
            json.set("density_per_nm3", Json.numbers(region.box()[2], region.box()[3]));
        }
        json.put("threshold_per_nm3", found.diagram().thresholdPerNm3());
        json.put("voxels", mask.count());
        json.put("volume_nm3", mask.volumeNm3());
        ArrayNode written = json.putArray("files");
        Volume ones = within(mask, found.diagram().density(), true);
        write(files, written, name + ".mrc", file -> MrcWriter.writeVolume(file, ones));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "region of %d voxels, %.3g nm³: %s",
                mask.count(),
                mask.volumeNm3(),
                files.sample(name + ".mrc")));
        Alignment alignment = alignment(files, record, maps);
        Volume total = found.diagram().density();
        Projector projector = Projector.of(alignment.geometry(), total.nz(), total.ny(), total.nx(), total.voxelNm());
        for (Map.Entry<Element, Volume> e : found.diagram().densities().entrySet()) {
            TiltSeries images = projector.forward(within(mask, e.getValue(), false));
            write(
                    files,
                    written,
                    name + "_" + e.getKey() + ".mrc",
                    file -> MrcWriter.writeSeries(file, AlignedImages.whole(images)));
        }
        json.put("images_unit", found.unit().startsWith("atoms") ? "atoms/nm²" : "counts");
        lines.add("its images at " + alignment.count() + " tilts, per element, brought to the axis: "
                + files.sample(name + "_EL.mrc"));
        if (spectrum) {
            TiltSeries part = projector.forward(within(mask, total, false));
            TiltSeries all = projector.forward(total);
            lines.add(spectrum(
                    files,
                    name,
                    json,
                    written,
                    RegionSpectrum.of(maps, alignment, part, all, json.putArray("per_tilt"))));
        }
        Json.write(files.sample(name + ".json"), json);
        return new StudyResult(folder, lines, json, record.warnings());
    }

    private static VolumeMask mask(Found found, RegionSpec region) {
        if (region.phase().isEmpty()) {
            double[] b = region.box();
            return found.diagram().mask(b[0], b[1], b[2], b[3]);
        }
        String name = region.phase().get();
        PhaseRegion phase = found.phases()
                .region(name)
                .orElseThrow(() -> new InputException("no phase is called '" + name + "'; there are "
                        + found.phases().regions().stream()
                                .map(PhaseRegion::name)
                                .toList()));
        return found.phases().mask(phase);
    }

    /** The values of a volume in a mask, 0 elsewhere; or ones. */
    private static Volume within(VolumeMask mask, Volume volume, boolean ones) {
        Volume out = Volume.zeros(volume.nz(), volume.ny(), volume.nx(), volume.voxelNm());
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (mask.contains(z, y, x)) {
                        out.set(z, y, x, ones ? 1 : volume.at(z, y, x));
                    }
                }
            }
        }
        return out;
    }

    /** Where the images of a run belong, those of some maps alone if there are any. */
    static Alignment alignment(ResultFiles files, StudyRecord record, List<EdsMap> maps) {
        Path csv = files.sample("alignment.csv");
        if (!Files.exists(csv)) {
            throw new InputException(csv + ": no such file; without it nobody knows where the images belong");
        }
        Alignment alignment = AlignmentFiles.read(record, csv, StackFrame.AS_STORED);
        try {
            return maps.isEmpty()
                    ? alignment
                    : alignment.forTilts(
                            maps.stream().mapToDouble(EdsMap::tiltDeg).toArray());
        } catch (IllegalArgumentException e) {
            throw new InputException(csv + ": " + e.getMessage(), e);
        }
    }

    private static String spectrum(
            ResultFiles files, String name, ObjectNode json, ArrayNode written, RegionSpectrum sum) {
        if (sum.pixels() == 0) {
            throw new InputException(
                    "in no recorded pixel does the region make up half of the atoms; its spectrum cannot be"
                            + " told from that of its surroundings");
        }
        Statistics.Collector statistics = new Statistics.Collector();
        for (double v : sum.spectrum().counts()) {
            statistics.add(v);
        }
        Signal signal = new Signal(
                name, List.of(), statistics.get(), Acquisition.nothing(), new Signal.SingleSpectrum(sum.spectrum()));
        write(files, written, name + ".msa", file -> MsaWriter.write(file, signal));
        json.put("spectrum_pixels", sum.pixels());
        json.put("spectrum_least_share", RegionSpectrum.LEAST_SHARE);
        json.put("spectrum_share_of_region", sum.shareOfRegion());
        json.put("spectrum_weighted_counts", sum.spectrum().total());
        return String.format(
                Locale.ROOT,
                "its sum spectrum, %.4g counts of %d pixels weighted by the region's share of their rays (at least %.2f, %.2f on"
                        + " the whole): %s",
                sum.spectrum().total(),
                sum.pixels(),
                RegionSpectrum.LEAST_SHARE,
                sum.shareOfRegion(),
                files.sample(name + ".msa"));
    }

    private interface Writing {
        void to(Path file);
    }

    private static void write(ResultFiles files, ArrayNode written, String name, Writing writing) {
        writing.to(files.sample(name));
        written.add("sample/" + name);
    }
}
