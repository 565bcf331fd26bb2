package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyalite.align.AdfBackground;
import org.hyalite.align.AlignSettings;
import org.hyalite.align.Alignment;
import org.hyalite.align.Refused;
import org.hyalite.align.Reprojector;
import org.hyalite.align.Resampling;
import org.hyalite.align.SeriesAligner;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.format.Reason;
import org.hyalite.progress.Progress;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;

/** The ADF series of one particle: background off, shifts and axis found and refined, brought to the axis. */
final class AdfStep {
    /**
     * @param recorded the images that are used as recorded, tilts ascending
     * @param aligned background off, brought to the tilt axis
     * @param refused the images that are not used
     */
    record Prepared(
            TiltSeries recorded,
            AdfBackground background,
            Alignment alignment,
            TiltSeries aligned,
            List<Refused> refused) {}

    private AdfStep() {}

    static Prepared prepare(
            StudyRecord record,
            String role,
            TiltSeries recorded,
            AlignmentSpec spec,
            boolean fillsField,
            int threads,
            Progress progress) {
        progress.report(role + ": alignment", 0);
        SeriesAligner.Outcome outcome;
        try {
            outcome = outcome(record, recorded, spec, fillsField, threads, progress);
        } catch (IllegalArgumentException e) {
            throw new InputException(role + ", ADF series: " + e.getMessage(), e);
        }
        Alignment alignment = outcome.alignment();
        AdfBackground background = outcome.background();
        alignment.warnings().forEach(w -> record.warn(role + ", alignment: " + w));
        background.warnings().forEach(w -> record.warn(role + ", alignment: " + w));
        record.parameter(role + ".adf.offset", background.offset(), "ADF units", Origin.DERIVED, "ADF background");
        record.parameter(role + ".adf.film", background.film(), "ADF units at 0°", Origin.DERIVED, "ADF background");
        record.parameter(role + ".alignment", alignment.method(), "", origin(spec), "alignment");
        record.parameter(role + ".axis_offset_px", alignment.axisOffsetPx(), "px", origin(spec), "alignment");
        record.parameter(role + ".axis_rotation_deg", alignment.axisRotationDeg(), "deg", origin(spec), "alignment");
        Resampling how = background.fillsField() ? Resampling.FILLED : Resampling.FREE;
        return new Prepared(
                outcome.recorded(),
                background,
                alignment,
                alignment.applyTo(background.cleaned(), how),
                outcome.refused());
    }

    private static Origin origin(AlignmentSpec spec) {
        return spec.method() == AlignmentMethod.AUTO ? Origin.DERIVED : Origin.USER;
    }

    private static SeriesAligner.Outcome outcome(
            StudyRecord record,
            TiltSeries recorded,
            AlignmentSpec spec,
            boolean fillsField,
            int threads,
            Progress progress) {
        if (spec.method() == AlignmentMethod.AUTO) {
            Optional<Reprojector> reprojector =
                    spec.refine() ? Optional.of(new VolumeReprojector(threads)) : Optional.empty();
            return SeriesAligner.align(recorded, fillsField, AlignSettings.defaults(), reprojector, progress);
        }
        AdfBackground background = fillsField ? AdfBackground.nothing(recorded) : AdfBackground.estimate(recorded);
        Alignment alignment = spec.method() == AlignmentMethod.NONE
                ? Alignment.none(recorded.geometry().tiltsDeg())
                : read(record, spec.file().orElseThrow())
                        .forTilts(recorded.geometry().tiltsDeg());
        return new SeriesAligner.Outcome(recorded, background, alignment, List.of());
    }

    /** An alignment of a {@code .csv}, with the axis of an {@code alignment.json} beside it if there is one. */
    static Alignment read(StudyRecord record, Path csv) {
        try {
            Alignment alignment = Alignment.fromCsv(Files.readString(csv), csv.toString());
            Path json = csv.resolveSibling(csv.getFileName().toString().replaceFirst("[.]csv$", "") + ".json");
            if (!Files.exists(json)) {
                record.warn(csv + ": no " + json.getFileName()
                        + " beside it says where the axis is; it is taken upright in the middle");
                return alignment;
            }
            JsonNode axis = Json.read(json);
            if (!axis.path("axis_offset_px").isNumber()
                    || !axis.path("axis_rotation_deg").isNumber()) {
                throw new InputException(json + ": axis_offset_px or axis_rotation_deg is missing");
            }
            return alignment.withAxis(
                    axis.path("axis_offset_px").asDouble(),
                    axis.path("axis_rotation_deg").asDouble());
        } catch (IOException e) {
            throw new InputException(csv + ": cannot be read as text: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
