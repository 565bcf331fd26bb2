package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.zarr.OmeZarrWriter;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.ResidualMap;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.ElementStep.Mapped;
import org.hyalite.study.QuantifyStep.Quantified;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sample: counts, alignment, areal densities, and a volume of every element. */
final class SampleStep {
    private static final double SAME_TILT_DEG = 0.5;

    /**
     * @param fillsField whether the specimen fills the field, so that no vacuum surrounds it
     * @param areal areal density of each element, brought to the axis, {@code [tilt, y, x]}
     * @param arealUnit {@code atoms/nm²}, or {@code counts} without calibration
     * @param densityUnit {@code atoms/nm³}, or {@code counts/nm}
     * @param mapped what the volumes were made from
     * @param shown the maps' own ADF images, in the maps' order
     * @param used the study with the currents and dwell times of the maps that are used
     */
    record MappedSample(
            String name,
            AdfStep.Prepared adf,
            Reconstructed adfVolume,
            SeriesCounts counts,
            Map<XrayLine, List<ResidualMap>> residuals,
            Quantified quantified,
            boolean fillsField,
            Map<Element, TiltSeries> areal,
            Map<Element, Reconstructed> volumes,
            String arealUnit,
            String densityUnit,
            Mapped mapped,
            int[] shown,
            StudyContext used) {}

    private final StudyContext context;
    private final ResultFiles files;
    private final VolumeStep volumes;

    SampleStep(StudyContext context, ResultFiles files, VolumeStep volumes) {
        this.context = context;
        this.files = files;
        this.volumes = volumes;
    }

    MappedSample map(Optional<Calibration> calibration) {
        SampleSpec spec = context.experiment().sample().orElseThrow();
        SeriesLoader loader = new SeriesLoader(
                context.record(), context.experiment().spectra().bin());
        context.progress().report("sample: reading", 0);
        TiltSeries recorded = loader.adf("sample", spec.adf(), spec.axisAlongX());
        List<EdsMap> all = loader.eds("sample", spec.eds(), spec.axisAlongX());
        context.requireSameGrid("sample", recorded, all.get(0));
        calibration.ifPresent(c ->
                CalibrationStep.requireSameEnergy(c, all, context.experiment().microscope()));
        AdfStep.Prepared adf = AdfStep.prepare(
                context.record(),
                "sample",
                recorded,
                context.experiment().alignment(),
                spec.fillsField(),
                context.settings().threads(),
                context.progress());
        List<EdsMap> maps = RefusedTilts.without(adf.refused(), all, context.record());
        int[] shown = matched(adf.recorded(), maps);
        Optional<AbsorptionStep> absorption =
                AbsorptionStep.of(context, calibration, maps.get(0).acquisition());
        SeriesCounts counts = CountsStep.count(
                context.record(),
                "sample",
                maps,
                context.lines().denoised(context.experiment().spectra().denoise()),
                context.experiment().microscope().beamEnergyKeV(),
                context.settings().threads(),
                context.progress());
        Map<XrayLine, List<ResidualMap>> residuals =
                counts.residuals(context.settings().threads(), context.progress());
        CountsReport.write(files.sample(""), "counts_", counts, residuals);
        Json.write(files.sample("counts.json"), CountsReport.toJson(counts, residuals));
        boolean fillsField = adf.background().fillsField();
        Reconstructed adfVolume = volumes.reconstruct(
                "sample ADF",
                "ADF units/nm",
                files.sample("volume_ADF.mrc"),
                adf.aligned(),
                Optional.empty(),
                context.adfSettings().withFilledField(fillsField),
                context.preset());
        StudyContext used = RefusedTilts.beamsOf(maps, all, context);
        ElementStep elements = new ElementStep(used, files, volumes, counts, adf, fillsField, shown);
        Mapped mapped = elements.map(calibration, absorption);
        Quantified quantified = mapped.quantified();
        Map<Element, Reconstructed> made = mapped.volumes();
        writeAlignment(adf, quantified, fillsField);
        quantified
                .relativeSystematic()
                .forEach((element, share) ->
                        Objects.requireNonNull(made.get(element)).convergence().put("relative_systematic", share));
        writeConvergence(adfVolume, made);
        writeChannels(spec.name(), made, elements.densityUnit(calibration));
        return new MappedSample(
                spec.name(),
                adf,
                adfVolume,
                counts,
                residuals,
                quantified,
                fillsField,
                mapped.areal(),
                made,
                elements.arealUnit(calibration),
                elements.densityUnit(calibration),
                mapped,
                shown,
                used);
    }

    /** The ADF images that have a map, in the maps' order. */
    private static int[] matched(TiltSeries adf, List<EdsMap> maps) {
        int[] found = new int[maps.size()];
        for (int m = 0; m < found.length; m++) {
            for (int t = 1; t < adf.tilts(); t++) {
                if (apart(adf, t, maps.get(m)) < apart(adf, found[m], maps.get(m))) {
                    found[m] = t;
                }
            }
            if (apart(adf, found[m], maps.get(m)) > SAME_TILT_DEG) {
                throw new InputException(maps.get(m).file() + ": no ADF image was recorded at its tilt of "
                        + maps.get(m).tiltDeg() + "° (the nearest is at "
                        + adf.geometry().tiltDeg(found[m])
                        + "°), so its shift is not known; add that image or leave this map out");
            }
        }
        return found;
    }

    private static double apart(TiltSeries adf, int image, EdsMap map) {
        return Math.abs(adf.geometry().tiltDeg(image) - map.tiltDeg());
    }

    private void writeAlignment(AdfStep.Prepared adf, Quantified quantified, boolean fillsField) {
        byte[] csv = adf.alignment()
                .withGains(quantified.gains().at(adf.alignment().tiltsDeg()))
                .toCsv()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        AtomicWrite.file(files.sample("alignment.csv"), out -> out.write(csv));
        byte[] gains = quantified.gains().toCsv().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        AtomicWrite.file(files.sample("tilt_gains.csv"), out -> out.write(gains));
        ObjectNode json = AlignmentReport.toJson(adf.alignment(), adf.refused());
        json.put("fills_field", fillsField);
        json.put("adf_offset", adf.background().offset());
        json.put("adf_film_at_zero_tilt", adf.background().film());
        json.set("gain", quantified.gains().toJson());
        adf.manual().ifPresent(m -> json.set("user", GivenShifts.toJson(m)));
        Json.write(files.sample("alignment.json"), json);
    }

    private void writeConvergence(Reconstructed adf, Map<Element, Reconstructed> elements) {
        ArrayNode all = Json.array();
        all.add(adf.convergence());
        elements.values().forEach(e -> all.add(e.convergence()));
        Json.write(files.sample("convergence.json"), all);
    }

    /** All elements as the channels of one image, for viewers of volumes. */
    private void writeChannels(String name, Map<Element, Reconstructed> elements, String unit) {
        context.progress().report("writing " + ResultFiles.CHANNELS, 0);
        List<OmeZarrWriter.Channel> channels = new ArrayList<>();
        elements.forEach(
                (element, made) -> channels.add(new OmeZarrWriter.Channel(element.symbol(), made.volume()::at)));
        Volume first = elements.values().iterator().next().volume();
        double nm = first.voxelNm();
        OmeZarrWriter.write(
                files.sample(ResultFiles.CHANNELS),
                name,
                channels,
                new int[] {first.nz(), first.ny(), first.nx()},
                new double[] {nm, nm, nm},
                unit);
    }

    /** For people: totals and how each volume came about. */
    static List<String> summary(MappedSample sample) {
        List<String> rows = new ArrayList<>(CountsReport.summary(sample.counts()));
        for (Entry<Element, Reconstructed> entry : sample.volumes().entrySet()) {
            ObjectNode c = entry.getValue().convergence();
            rows.add(String.format(
                    Locale.ROOT,
                    "%-2s volume: %s, weight %.2g (%s), gap %.1e after %d iterations, %.1f s",
                    entry.getKey(),
                    c.path("regulariser").asString(""),
                    c.path("weight").asDouble(),
                    c.path("weight_criterion").asString(""),
                    c.path("relative_gap").asDouble(),
                    c.path("iterations").asInt(),
                    c.path("seconds").asDouble()));
            if (c.has("note")) {
                rows.add("   " + c.path("note").asString(""));
            }
            if (c.has("relative_systematic")) {
                rows.add(String.format(
                        Locale.ROOT,
                        "   scale of %s known to ± %.1f %% (cross sections and tilt gain)",
                        entry.getKey(),
                        100 * c.path("relative_systematic").asDouble()));
            }
        }
        return rows;
    }
}
