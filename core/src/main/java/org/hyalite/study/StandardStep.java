package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.calibrate.StandardMap;
import org.hyalite.calibrate.ThicknessMap;
import org.hyalite.calibrate.ThresholdUncertainty;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Dose;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.Experiment.StandardSpec;
import org.hyalite.study.recipe.InputException;

/** One particle of a standard: its volume, its thickness and its counts at zero tilt, on one grid. */
final class StandardStep {
    private static final double LARGEST_TILT_DEG = 1;

    /**
     * @param adf the ADF image at zero tilt, brought to the axis
     * @param thresholdUncertainty how well the threshold is known
     * @param currentRelativeSd of the beam current; empty if nobody gave it
     * @param maps counts and thickness of each of the element's lines
     * @param recount what the maps would be with other counts
     */
    record MeasuredStandard(
            StandardSpec spec,
            Image adf,
            Reconstructed volume,
            EdgeSpreadFit threshold,
            ThresholdUncertainty thresholdUncertainty,
            Optional<Double> currentRelativeSd,
            Image thicknessNm,
            SeriesCounts counts,
            Map<XrayLine, StandardMap> maps,
            Recount recount) {}

    /** From counts of the map at zero tilt to what a cross section is fitted to. */
    interface Recount {
        Map<XrayLine, StandardMap> of(SeriesCounts counts);
    }

    private final StudyContext context;
    private final ResultFiles files;
    private final VolumeStep volumes;

    StandardStep(StudyContext context, ResultFiles files, VolumeStep volumes) {
        this.context = context;
        this.files = files;
        this.volumes = volumes;
    }

    MeasuredStandard measure(StandardSpec spec) {
        String role = "standard " + spec.name();
        SeriesLoader loader = new SeriesLoader(
                context.record(), context.experiment().spectra().bin());
        context.progress().report(role + ": reading", 0);
        TiltSeries recorded = loader.adf(role, spec.adf(), spec.axisAlongX());
        List<EdsMap> eds = loader.eds(role, spec.eds(), spec.axisAlongX());
        EdsMap map = atZeroTilt(spec, eds);
        context.requireSameGrid(role, recorded, map);
        AdfStep.Prepared adf = AdfStep.prepare(
                context.record(),
                role,
                recorded,
                context.experiment().alignment().forStandards(),
                false,
                context.progress());
        Reconstructed volume = volumes.reconstruct(
                role + " ADF",
                "ADF units/nm",
                files.standard(spec.name(), "volume.mrc"),
                adf.aligned(),
                Optional.empty(),
                context.adfSettings().withPlanes(0), // the sample's nz is not the standards'
                context.preset());
        EdgeSpreadFit threshold;
        try {
            threshold = EdgeSpreadFit.fit(volume.volume());
        } catch (IllegalArgumentException e) {
            throw new InputException(role + ": " + e.getMessage(), e);
        }
        ThresholdUncertainty uncertainty = ThresholdUncertainty.of(
                volume.volume(), threshold, context.experiment().uncertainty().seed());
        uncertainty.alarms().stream()
                .filter(a -> !a.startsWith("no edge-spread"))
                .forEach(a -> context.record().warn(role + ", threshold: " + a));
        Image thickness = ThicknessMap.ofPartialVolumes(volume.volume(), threshold);
        MrcWriter.writeStack(files.standard(spec.name(), "thickness.mrc"), List.of(thickness));
        Json.write(files.standard(spec.name(), "threshold.json"), ThresholdReport.toJson(threshold, uncertainty));
        SeriesCounts counts = CountsStep.count(
                context.record(),
                role,
                List.of(map),
                context.lines(),
                context.experiment().microscope().beamEnergyKeV(),
                context.settings().threads(),
                context.progress());
        Beam beam = spec.beam().orElse(context.experiment().microscope().beam());
        Dose dose = Beams.dose(
                context.record(),
                role,
                map,
                0,
                1,
                beam,
                context.experiment().spectra().bin());
        StandardAbsorption absorption = new StandardAbsorption(context, spec, volume.volume(), threshold.threshold());
        Recount recount = again -> maps(spec, adf.alignment(), map, again, thickness, dose, absorption);
        int zero = adf.aligned().geometry().nearestZero();
        return new MeasuredStandard(
                spec,
                adf.aligned().image(zero),
                volume,
                threshold,
                uncertainty,
                beam.currentSdNa().map(sd -> sd / dose.currentNa()),
                thickness,
                counts,
                recount.of(counts),
                recount);
    }

    private Map<XrayLine, StandardMap> maps(
            StandardSpec spec,
            Alignment alignment,
            EdsMap map,
            SeriesCounts counts,
            Image thickness,
            Dose dose,
            StandardAbsorption absorption) {
        Map<XrayLine, StandardMap> maps = new LinkedHashMap<>();
        for (XrayLine line : context.experiment().elements().get(spec.element())) {
            LineMap found = counts.counts().get(0).get(line);
            maps.put(
                    line,
                    new StandardMap(
                            spec.name(),
                            absorption.corrected(line, map, toAxis(alignment, map.tiltDeg(), found.counts())),
                            absorption.corrected(
                                    line, map, errorsToAxis(alignment, map.tiltDeg(), found.standardError())),
                            thickness,
                            spec.densityPerNm3(),
                            dose));
        }
        return maps;
    }

    private static EdsMap atZeroTilt(StandardSpec spec, List<EdsMap> maps) {
        EdsMap best = maps.get(0);
        for (EdsMap map : maps) {
            if (Math.abs(map.tiltDeg()) < Math.abs(best.tiltDeg())) {
                best = map;
            }
        }
        if (Math.abs(best.tiltDeg()) > LARGEST_TILT_DEG) {
            throw new InputException(best.file() + ": recorded at a tilt of " + best.tiltDeg() + "°; standard '"
                    + spec.name() + "' needs a map at zero tilt, where detectors are not shadowed");
        }
        return best;
    }

    /** A map at a tilt, moved to the frame of the volume: the one resampling it undergoes. */
    private static Image toAxis(Alignment alignment, double tiltDeg, Image map) {
        return whole(alignment.applyTo(one(tiltDeg, map)));
    }

    private static Image errorsToAxis(Alignment alignment, double tiltDeg, Image errors) {
        return Variances.moved(alignment, one(tiltDeg, errors)).image(0);
    }

    private static TiltSeries one(double tiltDeg, Image map) {
        return TiltSeries.of(TiltGeometry.of(tiltDeg), List.of(map));
    }

    /** The image nearest zero tilt is not shifted, so that nothing of its shift is left to a projector. */
    private static Image whole(TiltSeries moved) {
        if (Math.abs(moved.geometry().shiftXPx(0)) > 0.01) {
            throw new InputException("the alignment shifts the image at zero tilt by "
                    + moved.geometry().shiftXPx(0) + " px; shifts are given relative to that image");
        }
        return moved.image(0);
    }
}
