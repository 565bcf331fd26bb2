package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.CalibratedLine;
import org.hyalite.calibrate.Calibration;
import org.hyalite.calibrate.Calibration.LineDefinition;
import org.hyalite.calibrate.CrossSectionFit;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.calibrate.StandardMap;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.EnergyCalibration;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.StandardStep.MeasuredStandard;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.Experiment.Microscope;
import org.hyalite.study.recipe.Experiment.StandardSpec;
import org.hyalite.study.recipe.InputException;

/** The standards of an experiment → the cross section of every line, pooled over the particles of its element. */
final class CalibrationStep {
    private static final double SAME_ENERGY = 1e-3;

    private CalibrationStep() {}

    /** A calibration with the particles and fits behind it. */
    record Calibrated(Calibration calibration, List<MeasuredStandard> standards, Map<XrayLine, CrossSectionFit> fits) {}

    static Calibrated calibrate(StudyContext context, ResultFiles files, VolumeStep volumes) {
        Experiment experiment = context.experiment();
        StandardStep step = new StandardStep(context, files, volumes);
        List<MeasuredStandard> standards = new ArrayList<>();
        for (StandardSpec spec : experiment.standards()) {
            context.progress().check();
            standards.add(step.measure(spec));
        }
        Map<XrayLine, CrossSectionFit> fits = new LinkedHashMap<>();
        List<CalibratedLine> lines = new ArrayList<>();
        for (Element element : experiment.elements().keySet()) {
            List<MeasuredStandard> ofElement = standards.stream()
                    .filter(s -> s.spec().element().equals(element))
                    .toList();
            if (ofElement.isEmpty()) {
                context.record()
                        .warn("no standard of " + element + " was measured; " + element + " cannot be quantified");
                continue;
            }
            Map<String, Double> further = StandardErrors.budget(ofElement, context.record()::warn);
            for (XrayLine line : experiment.elements().get(element)) {
                List<StandardMap> maps =
                        ofElement.stream().map(s -> s.maps().get(line)).toList();
                CrossSectionFit fit = fit(line, maps);
                fits.put(line, fit);
                lines.add(CalibratedLine.of(fit, further));
            }
        }
        Calibration calibration = new Calibration(
                Optional.of(experiment.microscope().name()).filter(n -> !n.isEmpty()),
                experiment.microscope().holder(),
                beamEnergy(experiment, standards),
                detectors(experiment.microscope(), standards),
                definition(experiment, standards),
                LocalDate.now(ZoneOffset.UTC),
                lines);
        for (MeasuredStandard standard : standards) {
            requireSameEnergy(calibration, standard.counts().maps(), experiment.microscope());
        }
        calibration.warnings().forEach(context.record()::warn);
        return new Calibrated(calibration, standards, fits);
    }

    private static CrossSectionFit fit(XrayLine line, List<StandardMap> maps) {
        try {
            return CrossSectionFit.fit(line, maps);
        } catch (IllegalArgumentException e) {
            throw new InputException("cross section of " + line + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Double> beamEnergy(Experiment experiment, List<MeasuredStandard> standards) {
        return experiment
                .microscope()
                .beamEnergyKeV()
                .or(() -> standards.stream()
                        .flatMap(s -> s.counts().maps().get(0).acquisition().number(Key.BEAM_ENERGY).stream())
                        .findFirst());
    }

    private static List<String> detectors(Microscope microscope, List<MeasuredStandard> standards) {
        return microscope.detectors().isEmpty()
                ? standards.get(0).counts().maps().get(0).acquisition().names(Key.DETECTORS)
                : microscope.detectors();
    }

    private static LineDefinition definition(Experiment experiment, List<MeasuredStandard> standards) {
        EnergyCalibration energy = standards.get(0).counts().fitter().energy();
        Map<String, Double> widths = new LinkedHashMap<>();
        for (List<XrayLine> lines : experiment.elements().values()) {
            for (XrayLine line : lines) {
                widths.put(line.name() + "_fwhm", energy.fwhmKeV(line.energyKeV()));
            }
        }
        return new LineDefinition(
                experiment.spectra().method() == Method.FIT ? Calibration.Method.FIT : Calibration.Method.WINDOWS,
                widths);
    }

    static void write(Path file, Calibration calibration) {
        byte[] bytes = calibration.toJson().getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(file, out -> out.write(bytes));
    }

    /** Reads a calibration made earlier and refuses one of another voltage or line definition. */
    static Calibration read(Path file, StudyContext context) {
        Calibration calibration;
        try {
            calibration = Calibration.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as a calibration: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
        context.record().input("calibration", file);
        Optional<Double> user = context.experiment().microscope().beamEnergyKeV();
        if (user.isPresent()
                && calibration.beamEnergyKeV().isPresent()
                && Math.abs(user.get() - calibration.beamEnergyKeV().get()) > SAME_ENERGY * user.get()) {
            throw new InputException(file + ": calibrated at "
                    + calibration.beamEnergyKeV().get() + " keV, but the experiment is at " + user.get() + " keV");
        }
        Microscope microscope = context.experiment().microscope();
        requireSame(
                file,
                "microscope",
                calibration.microscope(),
                Optional.of(microscope.name()).filter(n -> !n.isEmpty()));
        requireSame(file, "holder", calibration.holder(), microscope.holder());
        if (!microscope.detectors().isEmpty() && !microscope.detectors().equals(calibration.detectors())) {
            context.record()
                    .warn(file + ": calibrated with the detectors " + calibration.detectors() + ", the sample names "
                            + microscope.detectors());
        }
        boolean fit = context.experiment().spectra().method() == Method.FIT;
        if ((calibration.lineDefinition().method() == Calibration.Method.FIT) != fit) {
            throw new InputException(file + ": calibrated with spectra.method '"
                    + calibration.lineDefinition().method().label() + "'; use the same for the sample");
        }
        for (XrayLine line : context.lines().lines()) {
            if (calibration.crossSection(line).isEmpty()) {
                throw new InputException(file + ": holds no cross section of " + line);
            }
        }
        return calibration;
    }

    /** Refuses a sample that was recorded at another voltage than its calibration. */
    static void requireSameEnergy(Calibration calibration, List<EdsMap> maps, Microscope microscope) {
        for (EdsMap map : maps) {
            Optional<Double> keV =
                    microscope.beamEnergyKeV().or(() -> map.acquisition().number(Key.BEAM_ENERGY));
            if (keV.isPresent()
                    && calibration.beamEnergyKeV().isPresent()
                    && differ(keV.get(), calibration.beamEnergyKeV().get())) {
                throw new InputException(map.file() + ": recorded at " + keV.get()
                        + " keV, but the cross sections were calibrated at "
                        + calibration.beamEnergyKeV().get() + " keV");
            }
        }
    }

    private static boolean differ(double keV, double otherKeV) {
        return Math.abs(keV - otherKeV) > SAME_ENERGY * otherKeV;
    }

    private static void requireSame(Path file, String what, Optional<String> calibrated, Optional<String> given) {
        if (calibrated.isPresent() && given.isPresent() && !calibrated.equals(given)) {
            throw new InputException(file + ": belongs to the " + what + " '" + calibrated.get()
                    + "', but the experiment file says '" + given.get() + "'");
        }
    }

    /** For people: how each particle was segmented. */
    static List<String> thresholds(Calibrated calibrated) {
        List<String> rows = new ArrayList<>();
        for (MeasuredStandard standard : calibrated.standards()) {
            EdgeSpreadFit fit = standard.threshold();
            rows.add(String.format(
                    Locale.ROOT,
                    "%s: threshold %.4g, 95 %% %.4g … %.4g (%s: %s), volume %.4g nm³ at half-way, %.4g at Otsu's%s",
                    standard.spec().name(),
                    fit.threshold(),
                    standard.thresholdUncertainty().low(),
                    standard.thresholdUncertainty().high(),
                    fit.choice().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    fit.reason(),
                    fit.volumeHalfWayNm3(),
                    fit.volumeOtsuNm3(),
                    fit.volumeSteepestNm3()
                            .map(v -> String.format(Locale.ROOT, ", %.4g at the steepest point", v))
                            .orElse("")));
        }
        return rows;
    }

    /** For people: one row per line. */
    static List<String> summary(Calibration calibration) {
        List<String> rows = new ArrayList<>();
        for (CalibratedLine line : calibration.lines()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "σ(%s) = %.3f ± %.3f b (%s)",
                    line.line().name(),
                    line.crossSection().barn(),
                    line.crossSection().standardErrorBarn(),
                    StandardErrors.words(line)));
        }
        return rows;
    }
}
