package org.hyalite.study;

import java.util.Optional;
import org.hyalite.align.AdfBackground;
import org.hyalite.align.AlignSettings;
import org.hyalite.align.Aligner;
import org.hyalite.align.Alignment;
import org.hyalite.align.ManualShifts;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.InputException;

/** The ADF series of one particle: background off, shifts and axis found, brought to the axis. */
final class AdfStep {
    /**
     * @param recorded as recorded, tilts ascending
     * @param aligned background off, brought to the tilt axis
     * @param manual what of the alignment the user gave
     */
    record Prepared(
            TiltSeries recorded,
            AdfBackground background,
            Alignment alignment,
            TiltSeries aligned,
            Optional<ManualShifts> manual) {}

    private AdfStep() {}

    static Prepared prepare(
            StudyRecord record,
            String role,
            TiltSeries recorded,
            AlignmentSpec spec,
            boolean fillsField,
            Progress progress) {
        progress.report(role + ": alignment", 0);
        AdfBackground background;
        Alignment alignment;
        Optional<ManualShifts> manual;
        try {
            background = fillsField ? AdfBackground.nothing(recorded) : AdfBackground.estimate(recorded);
            alignment = alignment(record, recorded, background, spec, progress);
            manual = spec.given().override().map(file -> AlignmentReport.manual(record, role, file));
            alignment = manual.isPresent() ? manual.get().applyTo(alignment) : alignment;
        } catch (IllegalArgumentException e) {
            throw new InputException(role + ", ADF series: " + e.getMessage(), e);
        }
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
        return new Prepared(recorded, background, alignment, alignment.applyTo(cleaned, how), manual);
    }

    private static Origin origin(AlignmentSpec spec) {
        return spec.method() == AlignmentMethod.AUTO ? Origin.DERIVED : Origin.USER;
    }

    private static Alignment alignment(
            StudyRecord record, TiltSeries recorded, AdfBackground background, AlignmentSpec spec, Progress progress) {
        return switch (spec.method()) {
            case NONE -> Alignment.none(recorded.geometry().tiltsDeg());
            case FILE ->
                AlignmentFiles.read(record, spec.file().orElseThrow(), frame(spec))
                        .forTilts(recorded.geometry().tiltsDeg());
            case AUTO -> Aligner.align(recorded, background, AlignSettings.defaults(), progress);
        };
    }

    private static StackFrame frame(AlignmentSpec spec) {
        return new StackFrame(spec.given().axisAlongX(), spec.given().bin());
    }
}
