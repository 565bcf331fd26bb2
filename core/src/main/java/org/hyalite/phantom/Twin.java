package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;

/**
 * The digital twin of the paper's experiment (Collins et al. 2019, APL Mater. 7, 091111): a glass sample and four
 * standards whose truth is known, recorded as a microscope would, counts after the paper's Eq. (1). It shares no code
 * with the steps that invert it: particles are faceted solids without voxels, seen along exact rays.
 */
public final class Twin {
    /** Atoms/nm³ of Co in Co ZIF-4 and of Zn in ZIF-62, the paper's. */
    private static final double CO_ZIF_4_PER_NM3 = 4.87;

    private static final double ZIF_62_PER_NM3 = 4.45;

    private static final int SAMPLE = 0;

    /** The largest shift and axis offset of an image of {@link #MISALIGNED_SIZE} pixels, pixels. */
    private static final double WORST_SHIFT_PX = 4;

    private static final double WORST_OFFSET_PX = 3;
    private static final double MISALIGNED_SIZE = 128;
    private static final double WORST_ROTATION_DEG = 1.5;

    /** How far from the middle of the field, and from the axis' height, a user leaves the particle, nm. */
    private static final double CENTRING_NM = 4;

    /** Half the film's thickness: its middle lies this far below the particle, nm. */
    private static final double FILM_BELOW_NM = 10;

    private final TwinSettings settings;
    private final Microscope microscope;
    private final List<SimulatedStandard> standards;
    private final SimulatedSample sample;

    private Twin(TwinSettings settings, List<SimulatedStandard> standards, SimulatedSample sample) {
        this.settings = settings;
        this.microscope = Microscope.of(settings.seed());
        this.standards = standards;
        this.sample = sample;
    }

    /**
     * Simulates an experiment; the result does not depend on the number of threads.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static Twin simulate(TwinSettings settings, int threads, Progress progress) {
        List<Session> sessions = new ArrayList<>();
        sessions.add(session(settings, SAMPLE, settings.tiltsDeg(), 1, 1));
        // standards were measured on other days: currents and dwell times as they came
        double[] nano = {1, 0.8, 1, 1.15};
        double[] dwell = {1, 1.25, 1, 0.75};
        for (int i = 0; i < nano.length; i++) {
            sessions.add(session(settings, i + 1, settings.standardTiltsDeg(), nano[i], dwell[i]));
        }
        int sampleTilts = settings.tiltsDeg().length;
        int standardTilts = settings.standardTiltsDeg().length;
        int images = sampleTilts + nano.length * standardTilts;
        AtomicInteger done = new AtomicInteger();
        Slabs.of(threads).run(images, i -> {
            progress.check();
            int j = i - sampleTilts;
            if (j < 0) {
                sessions.get(SAMPLE).takeAdf(i);
            } else {
                sessions.get(1 + j / standardTilts).takeAdf(j % standardTilts);
            }
            progress.report("simulating ADF images", (double) done.incrementAndGet() / images);
        });
        List<SimulatedStandard> standards = new ArrayList<>();
        for (int i = 1; i < sessions.size(); i++) {
            String name = (isCo(i) ? "co-" : "zn-") + (isCo(i) ? i : i - 2);
            standards.add(new SimulatedStandard(name, isCo(i) ? CO_ZIF_4_PER_NM3 : ZIF_62_PER_NM3, sessions.get(i)));
        }
        SimulatedSample sample = new SimulatedSample(settings.kind().label(), sessions.get(SAMPLE));
        return new Twin(settings, List.copyOf(standards), sample);
    }

    /**
     * The sample alone, with its ADF images; without standards.
     *
     * @param worst how badly its images may lie, instead of what grows with their size; not looked at without misalignment
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static SimulatedSample sample(TwinSettings settings, Misalignment worst, int threads, Progress progress) {
        Session session = session(settings, SAMPLE, settings.tiltsDeg(), worst, 1, 1);
        Slabs.of(threads).run(settings.tilts(), i -> {
            progress.check();
            session.takeAdf(i);
        });
        return new SimulatedSample(settings.kind().label(), session);
    }

    public TwinSettings settings() {
        return settings;
    }

    /** {@code co-1, co-2} of Co ZIF-4, {@code zn-1, zn-2} of ZIF-62. */
    public List<SimulatedStandard> standards() {
        return standards;
    }

    public SimulatedSample sample() {
        return sample;
    }

    /** The partial cross section of every line that the specimens give, exact. */
    public Map<XrayLine, CrossSection> crossSections() {
        return settings.instrument().crossSections();
    }

    /** Where the detector's channels really are; the maps' own axis is what their files state. */
    public EnergyAxis trueEnergy() {
        return microscope.axis();
    }

    /** The detector's resolution as it is: FWHM at Mn Kα, eV. */
    public double trueResolutionEv() {
        return microscope.resolutionEv();
    }

    private static boolean isCo(int subject) {
        return subject < 3;
    }

    private static Session session(
            TwinSettings settings, int subject, double[] tilts, double currentFactor, double dwellFactor) {
        double scale = settings.size() / MISALIGNED_SIZE;
        Misalignment worst = new Misalignment(WORST_SHIFT_PX * scale, WORST_OFFSET_PX * scale, WORST_ROTATION_DEG);
        return session(settings, subject, tilts, worst, currentFactor, dwellFactor);
    }

    private static Session session(
            TwinSettings settings,
            int subject,
            double[] tilts,
            Misalignment worst,
            double currentFactor,
            double dwellFactor) {
        long seed = settings.seed();
        TrueAlignment alignment = settings.misalignment()
                ? TrueAlignment.drawn(
                        Stream.MISALIGNMENT.dice(seed, subject),
                        tilts,
                        worst.shiftPx(),
                        worst.axisOffsetPx(),
                        worst.axisRotationDeg())
                : TrueAlignment.perfect(tilts);
        Phantom phantom = particle(settings, subject, alignment.axisOffsetPx() * settings.pixelNm());
        double[] lowest = Solid.extent(phantom.solid().corners(), 1);
        Film film = Film.uneven(Stream.FILM.dice(seed, subject), lowest[2] + FILM_BELOW_NM);
        double current = TwinSettings.USUAL_DOSE.currentNa();
        double dwell = TwinSettings.USUAL_DOSE.dwellS() * (settings.electrons() / TwinSettings.USUAL_DOSE.electrons());
        Dose dose = new Dose(current * currentFactor, dwell * dwellFactor);
        return new Session(settings, subject, phantom, alignment, film, dose);
    }

    /** The particle in the middle of the field: beside the axis by as much as the axis is beside the field's middle. */
    private static Phantom particle(TwinSettings settings, int subject, double axisOffsetNm) {
        Dice dice = Stream.PARTICLE.dice(settings.seed(), subject);
        double x = dice.uniform(-CENTRING_NM, CENTRING_NM) - axisOffsetNm;
        double y = dice.uniform(-CENTRING_NM, CENTRING_NM);
        double z = dice.uniform(-CENTRING_NM, CENTRING_NM);
        if (subject != SAMPLE) {
            return isCo(subject)
                    ? Particles.standard(Compound.CO_ZIF_4, CO_ZIF_4_PER_NM3, dice, x, y, z)
                    : Particles.standard(Compound.ZIF_62, ZIF_62_PER_NM3, dice, x, y, z);
        }
        return switch (settings.kind()) {
            case SEGREGATED -> Particles.segregated(dice, x, y, z);
            case FLUX -> Particles.flux(dice, x, y, z);
        };
    }
}
