package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.WindowCounts;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.tomo.JointData;

/** What the elements are reconstructed from together: counts in windows with their background, and the ADF images. */
final class JointStep {
    private final StudyContext context;
    private final SeriesCounts counts;
    private final AdfStep.Prepared adf;
    private final boolean fillsField;

    JointStep(StudyContext context, SeriesCounts counts, AdfStep.Prepared adf, boolean fillsField) {
        this.context = context;
        this.counts = counts;
        this.adf = adf;
        this.fillsField = fillsField;
    }

    /**
     * @param tiltGains g(θ), by map
     * @param doses by map; empty without calibration
     * @param shown the maps' own ADF images, in the maps' order
     * @param absorbed what of each element's X-rays left the specimen, if that is corrected
     */
    JointData data(
            Optional<Calibration> calibration,
            List<Dose> doses,
            TiltGains tiltGains,
            int[] shown,
            Optional<AbsorptionStep.Transmission> absorbed) {
        context.progress().report("sample: counts in windows", 0);
        TiltGeometry tilts = TiltGeometry.of(counts.tiltsDeg());
        List<WindowCounts> windows = counts.fitter()
                .windowCounts(
                        counts.maps().stream().map(SeriesLoader.EdsMap::map).toList(),
                        context.settings().threads(),
                        Progress.NONE);
        List<JointData.Channel> channels = new ArrayList<>();
        for (Element element : context.experiment().elements().keySet()) {
            WindowCounts own = windows.stream()
                    .filter(w -> w.element().equals(element))
                    .findFirst()
                    .orElseThrow();
            double[] gains = tiltGains.of(element).gains();
            PoissonChannel channel = calibration.isPresent()
                    ? PoissonChannel.of(
                            own, tilts, QuantifyStep.crossSections(context, calibration.get()), doses, gains)
                    : relative(own, tilts, gains);
            PoissonChannel moved = aligned(channel);
            channels.add(absorbed.map(a -> corrected(moved, a.of(element)))
                    .orElse(moved)
                    .toJoint());
        }
        TiltGeometry geometry = channels.get(0).counts().geometry();
        TiltSeries matching = adf.aligned().select(shown);
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < matching.tilts(); t++) {
            images.add(matching.image(t));
        }
        return new JointData(channels, Optional.of(TiltSeries.of(geometry, images)));
    }

    /**
     * Counts and background over the transmission f: {@code KL(k/f, m/f) = KL(k, m)/f}, so that the model c · Ax stays as it
     * is and pixels weigh 1/f.
     */
    private static PoissonChannel corrected(PoissonChannel channel, TiltSeries transmission) {
        return new PoissonChannel(
                channel.element(),
                AbsorptionStep.corrected(channel.counts(), transmission),
                AbsorptionStep.corrected(channel.background(), transmission),
                channel.countsPerUnit());
    }

    /** Counts per net count of all the element's lines, which share its window by their totals. */
    private PoissonChannel relative(WindowCounts window, TiltGeometry tilts, double[] gains) {
        double all = 0;
        double inside = 0;
        for (Map.Entry<XrayLine, Double> line : window.shares().entrySet()) {
            double total = 0;
            for (LineMap map : counts.of(line.getKey())) {
                total += map.counts().sum();
            }
            all += Math.max(0, total);
            inside += line.getValue() * Math.max(0, total);
        }
        double share = all > 0
                ? inside / all
                : Objects.requireNonNull(window.shares().values().iterator().next());
        double[] perUnit = new double[gains.length];
        for (int t = 0; t < gains.length; t++) {
            perUnit[t] = share * gains[t];
        }
        return new PoissonChannel(
                window.element(),
                TiltSeries.of(tilts, window.counts()),
                TiltSeries.of(tilts, window.background()),
                perUnit);
    }

    /**
     * Brought to the tilt axis. Rotation and movement along y make counts fractions and neighbours alike, but keep them
     * not below zero.
     */
    private PoissonChannel aligned(PoissonChannel channel) {
        Alignment alignment = adf.alignment();
        Resampling how = fillsField
                ? new Resampling(Resampling.Kernel.LINEAR, Resampling.Outside.EDGE)
                : Resampling.NON_NEGATIVE;
        TiltSeries moved = alignment.applyTo(channel.counts(), how);
        // where nothing was recorded something small is expected, so that the model stays defined
        Resampling edge = new Resampling(Resampling.Kernel.LINEAR, Resampling.Outside.EDGE);
        TiltSeries background = alignment.applyTo(channel.background(), edge);
        return new PoissonChannel(channel.element(), moved, background, channel.countsPerUnit());
    }
}
