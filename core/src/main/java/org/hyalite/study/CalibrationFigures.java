package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.hyalite.calibrate.CrossSectionFit;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.calibrate.StandardMap;
import org.hyalite.figure.CrossSectionFigure;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.CurveFigure.Mark;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.StandardsFigure;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.CalibrationStep.Calibrated;
import org.hyalite.study.StandardStep.MeasuredStandard;

/** The figures of a calibration: the paper's 1 and 2, the ΔV curves and the sum spectra. */
final class CalibrationFigures {
    private CalibrationFigures() {}

    static void write(FigureFiles figures, Calibrated calibrated) {
        figures.write(
                "fig1-standards",
                () -> new StandardsData(calibrated.standards().stream()
                        .map(s -> new StandardsFigure.Row(
                                s.spec().name(),
                                s.adf(),
                                s.volume().volume(),
                                s.threshold().threshold(),
                                s.thicknessNm()))
                        .toList()));
        figures.write("fig2-cross-sections", () -> new CrossSectionsData(crossSections(calibrated)));
        figures.write(
                "thresholds",
                () -> new CurvesData(
                        "Differential volume against threshold",
                        calibrated.standards().stream()
                                .map(CalibrationFigures::threshold)
                                .toList()));
        for (MeasuredStandard standard : calibrated.standards()) {
            figures.write(
                    "spectrum-" + standard.spec().name(),
                    () -> SpectrumFigure.draw(
                            standard.spec().name(), standard.counts().fitter().sumFit()));
        }
    }

    private static List<CrossSectionFigure.Panel> crossSections(Calibrated calibrated) {
        List<CrossSectionFigure.Panel> panels = new ArrayList<>();
        for (Entry<XrayLine, CrossSectionFit> entry : calibrated.fits().entrySet()) {
            XrayLine line = entry.getKey();
            CrossSectionFit fit = entry.getValue();
            List<CrossSectionFigure.Particle> particles = new ArrayList<>();
            double perBarnNm = 0;
            for (MeasuredStandard standard : calibrated.standards()) {
                StandardMap map = standard.maps().get(line);
                if (map == null) {
                    continue;
                }
                // particles recorded at another dose are drawn at the first one's, so that they share a line
                double scale = perBarnNm == 0 ? 1 : perBarnNm / map.countsPerBarnNm();
                perBarnNm = perBarnNm == 0 ? map.countsPerBarnNm() : perBarnNm;
                particles.add(particle(map, scale));
            }
            panels.add(new CrossSectionFigure.Panel(
                    greek(line),
                    calibrated
                            .calibration()
                            .crossSection(line)
                            .map(sigma -> new Uncertain(sigma.barn(), sigma.standardErrorBarn()))
                            .orElseThrow(),
                    perBarnNm * fit.crossSection().barn(),
                    0,
                    particles));
        }
        return panels;
    }

    private static CrossSectionFigure.Particle particle(StandardMap map, double scale) {
        float[] thickness = map.thicknessNm().values();
        int inside = 0;
        for (float t : thickness) {
            inside += t > 0 ? 1 : 0;
        }
        double[] t = new double[inside];
        double[] counts = new double[inside];
        int k = 0;
        for (int i = 0; i < thickness.length; i++) {
            if (thickness[i] > 0) {
                t[k] = thickness[i];
                counts[k++] = scale * map.counts().values()[i];
            }
        }
        return CrossSectionFigure.Particle.of(map.name(), t, counts);
    }

    static String greek(XrayLine line) {
        String family = line.family() == LineFamily.KA
                ? "Kα"
                : line.family() == LineFamily.KB ? "Kβ" : line.family() == LineFamily.LA ? "L" : "M";
        return line.element() + " " + family;
    }

    private static CurveFigure.Panel threshold(MeasuredStandard standard) {
        EdgeSpreadFit fit = standard.threshold();
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of("ΔV", fit.curve().threshold(), fit.curve().deltaNm3(), Curve.Style.POINTS));
        fit.sigmoid().ifPresent(s -> {
            double[] fitted = new double[fit.curve().threshold().length];
            for (int i = 0; i < fitted.length; i++) {
                fitted[i] = s.at(fit.curve().threshold()[i]);
            }
            curves.add(Curve.of("edge-spread fit", fit.curve().threshold(), fitted, Curve.Style.LINE));
        });
        return CurveFigure.Panel.of(
                        standard.spec().name(), "threshold (ADF units/nm)", "ΔV (nm³)", Upright.LOGARITHMIC, curves)
                .marked(List.of(new Mark("used", fit.threshold()), new Mark("half-way", fit.halfWayThreshold())));
    }
}
