package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.calibrate.CalibratedLine;
import org.hyalite.calibrate.CrossSectionFit;
import org.hyalite.calibrate.StandardMap;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.CalibrationStep.Calibrated;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.StandardStep.MeasuredStandard;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cross sections from redrawn spectra of the standards, thickness held: how far the counts alone scatter them, beside what the
 * calibration states.
 */
final class SigmaReplicas {
    /** Keeps the standards' draws apart from the sample's. */
    private static final long STANDARDS = 1_000_003;

    /**
     * One line.
     *
     * @param sdBarn over the replicas, barn
     * @param meanBarn their mean
     * @param statedCountsBarn what the calibration's budget states for counts
     * @param statedBarn its standard error in all
     */
    record Line(XrayLine line, double sdBarn, double meanBarn, double statedCountsBarn, double statedBarn, int replicas) {
        ObjectNode toJson() {
            return Json.object()
                    .put("element", line.element().symbol())
                    .put("line", line.family().label())
                    .put("replicas", replicas)
                    .put("replica_mean_barn", meanBarn)
                    .put("replica_sd_barn", sdBarn)
                    .put("stated_counts_sd_barn", statedCountsBarn)
                    .put("standard_error_barn", statedBarn);
        }
    }

    private SigmaReplicas() {}

    static List<Line> of(StudyContext given, Calibrated calibrated, int replicas, long seed) {
        StudyContext context = Replicas.quiet(given);
        Map<XrayLine, List<Double>> drawn = new LinkedHashMap<>();
        for (int r = 0; r < replicas; r++) {
            given.progress().check();
            given.progress().report("replicas of the standards", (double) r / replicas);
            Map<XrayLine, List<StandardMap>> maps = new LinkedHashMap<>();
            for (int s = 0; s < calibrated.standards().size(); s++) {
                MeasuredStandard standard = calibrated.standards().get(s);
                SeriesCounts counts = CountsStep.count(
                        context.record(),
                        "replica",
                        Replicas.redrawn(
                                standard.counts().maps(), seed, STANDARDS * (s + 1) + r, context.settings().threads()),
                        context.lines(),
                        context.experiment().microscope().beamEnergyKeV(),
                        context.settings().threads(),
                        context.progress());
                standard.recount()
                        .of(counts)
                        .forEach((line, map) -> maps.computeIfAbsent(line, l -> new ArrayList<>())
                                .add(map));
            }
            maps.forEach((line, all) -> drawn.computeIfAbsent(line, l -> new ArrayList<>())
                    .add(CrossSectionFit.fit(line, all).crossSection().barn()));
        }
        List<Line> lines = new ArrayList<>();
        for (CalibratedLine line : calibrated.calibration().lines()) {
            double[] values = Objects.requireNonNull(drawn.get(line.line())).stream()
                    .mapToDouble(d -> d)
                    .toArray();
            double counts = Optional.ofNullable(line.budget().get("counts")).orElse(0.0);
            lines.add(new Line(
                    line.line(),
                    Estimate.sd(values),
                    Estimate.mean(values),
                    counts * line.crossSection().barn(),
                    line.crossSection().standardErrorBarn(),
                    values.length));
        }
        return lines;
    }
}
