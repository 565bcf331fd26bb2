package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hyalite.align.Alignment;
import org.hyalite.align.ManualShifts;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure.Panel;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.SinogramFigure;
import org.hyalite.grid.Image;
import org.hyalite.quantify.TiltGain;
import org.hyalite.study.SampleStep.MappedSample;

/** The figures of a sample's alignment: shifts and residuals against tilt, tilt gains, sinogram before and after. */
final class AlignmentFigures {
    private AlignmentFigures() {}

    static void write(FigureFiles figures, MappedSample sample) {
        AdfStep.Prepared adf = sample.adf();
        figures.write("alignment", () -> curves(adf.alignment(), adf.manual()));
        figures.write(
                "sinogram",
                () -> new SinogramData(SinogramFigure.Rows.of(
                        adf.background().cleaned(),
                        AlignedImages.whole(adf.aligned()),
                        brightestRow(AlignedImages.whole(adf.aligned())
                                .image(adf.aligned().geometry().nearestZero())))));
        figures.write("tilt-gains", () -> gains(sample.quantified().gains()));
    }

    private static CurvesData curves(Alignment alignment, Optional<ManualShifts> manual) {
        double[] tilts = alignment.tiltsDeg();
        List<Curve> shifts = new ArrayList<>();
        shifts.add(Curve.of("y", tilts, alignment.shiftYPx(), Curve.Style.LINE_AND_POINTS));
        shifts.add(Curve.of("x", tilts, alignment.shiftXPx(), Curve.Style.LINE_AND_POINTS));
        manual.map(ManualShifts::given).ifPresent(rows -> {
            given("y, given", rows, ManualShifts.Given::shiftYPx).ifPresent(shifts::add);
            given("x, given", rows, ManualShifts.Given::shiftXPx).ifPresent(shifts::add);
        });
        List<Panel> panels = new ArrayList<>();
        panels.add(Panel.of("Shifts", "tilt (°)", "shift (px)", Upright.LINEAR, shifts));
        double[] residuals = alignment.residualsPx();
        if (Arrays.stream(residuals).anyMatch(Double::isFinite)) {
            panels.add(Panel.of(
                    "Not explained",
                    "tilt (°)",
                    "residual (px)",
                    Upright.FROM_ZERO,
                    List.of(Curve.of("", tilts, residuals, Curve.Style.LINE_AND_POINTS))));
        }
        return new CurvesData("Alignment", panels);
    }

    private static Optional<Curve> given(
            String name, List<ManualShifts.Given> rows, ToDoubleFunction<ManualShifts.Given> shift) {
        double[] tilts = rows.stream().mapToDouble(ManualShifts.Given::tiltDeg).toArray();
        double[] shifts = rows.stream().mapToDouble(shift).toArray();
        return Arrays.stream(shifts).allMatch(Double::isNaN)
                ? Optional.empty()
                : Optional.of(Curve.of(name, tilts, shifts, Curve.Style.POINTS));
    }

    private static CurvesData gains(TiltGains gains) {
        List<Curve> curves = new ArrayList<>();
        curves.add(curve("common", gains.common(), Curve.Style.LINE));
        if (gains.own().size() > 1) {
            gains.own().forEach((element, own) -> curves.add(curve(element.symbol(), own, Curve.Style.POINTS)));
        }
        return new CurvesData("Tilt gains", List.of(Panel.of("", "tilt (°)", "gain", Upright.LINEAR, curves)));
    }

    private static Curve curve(String name, TiltGain gain, Curve.Style style) {
        double[] errors = new double[gain.tiltsDeg().length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = gain.gain(i).standardError();
        }
        return Curve.of(name, gain.tiltsDeg(), gain.gains(), style).withErrors(errors);
    }

    private static int brightestRow(Image image) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < image.ny(); y++) {
            double sum = 0;
            for (int x = 0; x < image.nx(); x++) {
                sum += image.at(y, x);
            }
            if (sum > most) {
                most = sum;
                best = y;
            }
        }
        return best;
    }
}
