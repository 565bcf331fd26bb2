package org.hyalite.study;

import java.util.List;
import java.util.Optional;
import org.hyalite.align.AdfBackground;
import org.hyalite.align.AlignSettings;
import org.hyalite.align.Alignment;
import org.hyalite.align.ManualShifts;
import org.hyalite.align.Refused;
import org.hyalite.align.Reprojector;
import org.hyalite.align.Resampling;
import org.hyalite.align.SeriesAligner;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.InputException;

/** The ADF series of one particle: background off, shifts and axis found and refined, brought to the axis. */
final class AdfStep {
    /**
     * @param recorded the images that are used as recorded, tilts ascending
     * @param aligned background off, brought to the tilt axis
     * @param manual what of the alignment the user gave
     * @param refused the images that are not used
     */
    record Prepared(
            TiltSeries recorded,
            AdfBackground background,
            Alignment alignment,
            TiltSeries aligned,
            Optional<ManualShifts> manual,
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
        Alignment alignment;
        Optional<ManualShifts> manual;
        try {
            outcome = outcome(record, recorded, spec, fillsField, threads, progress);
            manual = spec.given().override().map(file -> GivenShifts.read(record, role, file));
            if (manual.isPresent()) {
                GivenShifts.requireUsed(manual.get(), outcome.refused());
            }
            alignment = manual.isPresent() ? manual.get().applyTo(outcome.alignment()) : outcome.alignment();
        } catch (IllegalArgumentException e) {
            throw new InputException(role + ", ADF series: " + e.getMessage(), e);
        }
        AdfBackground background = outcome.background();
        alignment.warnings().forEach(w -> record.warn(role + ", alignment: " + w));
        background.warnings().forEach(w -> record.warn(role + ", alignment: " + w));
        record.parameter(role + ".adf.offset", background.offset(), "ADF units", Origin.DERIVED, "ADF background");
        record.parameter(role + ".adf.film", background.film(), "ADF units at 0°", Origin.DERIVED, "ADF background");
        record.parameter(role + ".alignment", alignment.method(), "", origin(spec), "alignment");
        record.parameter(role + ".axis_offset_px", alignment.axisOffsetPx(), "px", origin(spec), "alignment");
        record.parameter(role + ".axis_rotation_deg", alignment.axisRotationDeg(), "deg", origin(spec), "alignment");
        Resampling how = background.fillsField() ? Resampling.FILLED : Resampling.FREE;
        TiltSeries cleaned = background.cleaned(alignment);
        record.parameter(
                role + ".adf.film_texture",
                cleaned == background.cleaned() ? "left" : "mapped and taken off",
                "",
                Origin.DERIVED,
                "ADF background");
        return new Prepared(
                outcome.recorded(), background, alignment, alignment.applyTo(cleaned, how), manual, outcome.refused());
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
                : AlignmentFiles.read(record, spec.file().orElseThrow(), frame(spec))
                        .forTilts(recorded.geometry().tiltsDeg());
        return new SeriesAligner.Outcome(recorded, background, alignment, List.of());
    }

    private static StackFrame frame(AlignmentSpec spec) {
        return new StackFrame(spec.given().axisAlongX(), spec.given().bin());
    }
}
