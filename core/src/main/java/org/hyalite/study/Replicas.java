package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.SampleStep.MappedSample;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.UncertaintySettings;
import org.hyalite.tomo.ImageNoise;

/**
 * The sample's data as another recording of the same counts would give them: spectra redrawn ({@link SpectrumReplica}), energy
 * axis and lines fitted again, quantified with a tilt gain of their own, moved as the measurement was. ADF images, where they
 * are needed, are redrawn by their estimated noise. With {@code alignment: repeated} each replica is aligned by itself, and
 * then brought as near to the run's alignment as what no data can tell allows: a common movement along y, and
 * {@code a cos θ + b sin θ} across the axis; where an image of a replica would be refused, that replica keeps the run's
 * alignment.
 */
final class Replicas {
    /** Names the streams of random numbers. */
    private static final long SPECTRA = 101;

    private static final long ADF = 102;

    private final StudyContext context;
    private final MappedSample sample;
    private final Optional<Calibration> calibration;
    private final UncertaintySettings settings;

    Replicas(MappedSample sample, Optional<Calibration> calibration, UncertaintySettings settings) {
        // what a replica finds to say was said of the measurement
        this.context = quiet(sample.used());
        this.sample = sample;
        this.calibration = calibration;
        this.settings = settings;
    }

    /** The same work without its notes and reports; it can be cancelled. */
    static StudyContext quiet(StudyContext context) {
        Progress only = new Progress() {
            @Override
            public void report(String task, double fraction) {
                // the caller reports
            }

            @Override
            public boolean cancelled() {
                return context.progress().cancelled();
            }
        };
        return new StudyContext(context.experiment(), context.settings(), new StudyRecord(), only);
    }

    /** The data of one replica; the same for any number of threads. */
    Repetition.Data data(int replica) {
        List<EdsMap> maps = redrawn(
                sample.counts().maps(),
                settings.seed(),
                replica,
                context.settings().threads());
        SeriesCounts counts = CountsStep.count(
                context.record(),
                "replica",
                maps,
                context.lines().denoised(context.experiment().spectra().denoise()),
                context.experiment().microscope().beamEnergyKeV(),
                context.settings().threads(),
                context.progress());
        return Repetition.of(ElementData.of(
                context,
                counts,
                adf(replica),
                sample.fillsField(),
                sample.shown(),
                calibration,
                sample.mapped().absorbed()));
    }

    /** Maps counted again, one thread for each. */
    static List<EdsMap> redrawn(List<EdsMap> maps, long seed, long replica, int threads) {
        SpectrumImage[] drawn = new SpectrumImage[maps.size()];
        Slabs.of(threads)
                .run(
                        drawn.length,
                        m -> drawn[m] = SpectrumReplica.of(maps.get(m).map(), seed, SPECTRA, replica, m));
        List<EdsMap> redrawn = new ArrayList<>();
        for (int m = 0; m < drawn.length; m++) {
            EdsMap map = maps.get(m);
            redrawn.add(new EdsMap(map.file(), map.index(), map.tiltDeg(), drawn[m], map.acquisition()));
        }
        return redrawn;
    }

    private AdfStep.Prepared adf(int replica) {
        AdfStep.Prepared measured = sample.adf();
        if (settings.realigned()) {
            AdfStep.Prepared own = AdfStep.prepare(
                    context.record(),
                    "replica",
                    redrawn(measured.recorded(), replica),
                    context.experiment().alignment(),
                    sample.fillsField(),
                    context.settings().threads(),
                    context.progress());
            if (own.refused().isEmpty()) {
                Alignment near = asNearAs(own.alignment(), measured.alignment());
                return moved(own, own.background().cleaned(own.alignment()), near);
            }
        }
        return context.joint()
                ? moved(
                        measured,
                        redrawn(measured.background().cleaned(measured.alignment()), replica),
                        measured.alignment())
                : measured;
    }

    private TiltSeries redrawn(TiltSeries images, int replica) {
        return Repetition.noisy(images, ImageNoise.of(images).errors(images), settings.seed(), ADF, replica);
    }

    private static AdfStep.Prepared moved(AdfStep.Prepared adf, TiltSeries cleaned, Alignment alignment) {
        Resampling how = adf.background().fillsField() ? Resampling.FILLED : Resampling.FREE;
        return new AdfStep.Prepared(
                adf.recorded(),
                adf.background(),
                alignment,
                alignment.applyTo(cleaned, how),
                adf.manual(),
                adf.refused());
    }

    /**
     * An alignment with its free choices made as in another: the specimen's place along y, x and z.
     *
     * @param other of the same tilts
     */
    static Alignment asNearAs(Alignment own, Alignment other) {
        double[] tilts = own.tiltsDeg();
        int n = tilts.length;
        int start = 0;
        double[] place = new double[n];
        double[] apart = new double[n];
        double up = 0;
        for (int i = 0; i < n; i++) {
            start = Math.abs(tilts[i]) < Math.abs(tilts[start]) ? i : start;
            place[i] = own.axisOffsetPx() - own.shiftXPx()[i];
            apart[i] = place[i] - (other.axisOffsetPx() - other.shiftXPx()[i]);
            up += (own.shiftYPx()[i] - other.shiftYPx()[i]) / n;
        }
        double cc = 0;
        double cs = 0;
        double ss = 0;
        double dc = 0;
        double ds = 0;
        for (int i = 0; i < n; i++) {
            double c = Math.cos(Math.toRadians(tilts[i]));
            double s = Math.sin(Math.toRadians(tilts[i]));
            cc += c * c;
            cs += c * s;
            ss += s * s;
            dc += apart[i] * c;
            ds += apart[i] * s;
        }
        double determinant = cc * ss - cs * cs;
        double a = determinant > 0 ? (dc * ss - ds * cs) / determinant : 0;
        double b = determinant > 0 ? (ds * cc - dc * cs) / determinant : 0;
        double[] shiftX = new double[n];
        double[] shiftY = new double[n];
        for (int i = 0; i < n; i++) {
            double angle = Math.toRadians(tilts[i]);
            place[i] -= a * Math.cos(angle) + b * Math.sin(angle);
        }
        for (int i = 0; i < n; i++) {
            shiftX[i] = place[start] - place[i];
            shiftY[i] = own.shiftYPx()[i] - up;
        }
        return Alignment.of(
                        tilts,
                        shiftY,
                        shiftX,
                        place[start],
                        own.axisRotationDeg(),
                        own.method(),
                        own.residualsPx(),
                        own.warnings())
                .withGains(own.gains().orElseGet(() -> new double[0]));
    }
}
