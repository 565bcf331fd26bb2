package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.quantify.TiltGain;
import org.hyalite.study.CalibrationStep.Calibrated;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.ReplicaState.Row;
import org.hyalite.study.SampleStep.MappedSample;
import org.hyalite.study.recipe.UncertaintySettings;
import org.hyalite.tomo.ReconstructionSettings;

/**
 * What errors a run's volumes and phases have: replicas of the measured counts go through the same chain, and data simulated
 * from the reconstructed volumes show what the reconstruction itself does to such a specimen. Every replica that is done is
 * kept, so that an interrupted run goes on with the next one.
 */
final class UncertaintyStep {
    private static final int FEWEST_SIMULATIONS = 2;
    /** Keeps the simulations' draws apart from the replicas'. */
    private static final long SIMULATIONS = 21;

    private final StudyContext context;
    private final ResultFiles files;
    private final MappedSample sample;
    private final Found found;
    private final Optional<Calibration> calibration;
    private final UncertaintySettings settings;
    private final Map<Element, Volume> volumes = new LinkedHashMap<>();
    private final Repetition repetition;

    private UncertaintyStep(
            StudyContext context,
            ResultFiles files,
            MappedSample sample,
            Found found,
            Optional<Calibration> calibration,
            UncertaintySettings settings) {
        this.context = context;
        this.files = files;
        this.sample = sample;
        this.found = found;
        this.calibration = calibration;
        this.settings = settings;
        sample.volumes().forEach((element, made) -> volumes.put(element, made.volume()));
        this.repetition = Repetition.of(context, sample.mapped().data(), sample.volumes(), sample.fillsField());
    }

    /**
     * Estimates, if the experiment or the command line asks for it, and writes {@code uncertainty.json} and
     * {@code sample/sd_EL.mrc}.
     */
    static Optional<Uncertainty> of(
            StudyContext context,
            ResultFiles files,
            MappedSample sample,
            Found found,
            Optional<Calibration> calibration,
            Optional<Calibrated> calibrated) {
        UncertaintySettings settings = settings(context);
        return settings.replicas() == 0
                ? Optional.empty()
                : Optional.of(
                        new UncertaintyStep(context, files, sample, found, calibration, settings).run(calibrated));
    }

    /** As the command line says, else the experiment. */
    static UncertaintySettings settings(StudyContext context) {
        UncertaintySettings given = context.experiment().uncertainty();
        return context.settings().replicas().map(given::withReplicas).orElse(given);
    }

    private Uncertainty run(Optional<Calibrated> calibrated) {
        long start = System.nanoTime();
        long moments = volumes.values().stream().mapToLong(VolumeMoments::bytes).sum();
        String memory = context.settings().require("uncertainty", repetition.forecastBytes() + moments);
        context.record().fact("memory uncertainty", "needs " + memory);
        List<SigmaReplicas.Line> lines = calibrated
                .map(c -> SigmaReplicas.of(context, c, settings.replicas(), settings.seed()))
                .orElse(List.of());
        List<PhaseRegion> regions = found.phases().regions();
        ReplicaState state = new ReplicaState(volumes, regions.size());
        SolveFile file =
                SolveFile.beside(files.sample("sd.mrc"), key(regions), context.settings(), context.record()::warn);
        state.readFrom(file.find());
        if (sample.fillsField()) {
            context.record()
                    .warn(
                            "uncertainty: the specimen fills the field; the simulations take it to go on beside the field as at its"
                                    + " edge, so that biases, and the intervals by them, are estimates there");
        }
        int resumed = state.done();
        Replicas replicas = new Replicas(sample, calibration, settings);
        int simulations = simulations(settings.replicas());
        int all = settings.replicas() + 2 * simulations;
        while (state.measured().size() < settings.replicas()) {
            int r = state.measured().size();
            report("replica " + (r + 1) + " of " + settings.replicas(), state, all);
            Map<Element, Volume> made =
                    repetition.volumes(replicas.data(r), Replicas.quiet(context).progress());
            state.addMeasured(made, rows(made, true));
            file.write(state::writeTo);
        }
        simulate("simulation", volumes, 0, state.simulated(), state, file, all);
        simulate("homogeneous phases", HomogeneousPhases.of(volumes, found), 1, state.homogeneous(), state, file, all);
        if (resumed > 0) {
            context.record().fact("resumed uncertainty", resumed + " replicas were done");
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        context.record().took("uncertainty", seconds);
        Uncertainty uncertainty = new Uncertainty(
                settings,
                simulations,
                sample.densityUnit(),
                systematics(),
                voxels(state),
                phases(state, regions),
                lines,
                seconds);
        Json.write(files.uncertainty(), uncertainty.toJson());
        file.remove();
        return uncertainty;
    }

    /** Fewer than replicas: the bias matters where it is larger than the scatter of one. */
    static int simulations(int replicas) {
        return Math.max(FEWEST_SIMULATIONS, (replicas + 4) / 5);
    }

    /**
     * Reconstructs what would have been recorded of some volumes, as often as is wanted.
     *
     * @param kind keeps their draws apart
     * @param into gets the phases' means
     */
    private void simulate(
            String what,
            Map<Element, Volume> truth,
            int kind,
            List<List<Row>> into,
            ReplicaState state,
            SolveFile file,
            int all) {
        int wanted = simulations(settings.replicas());
        while (into.size() < wanted) {
            report(what + " " + (into.size() + 1) + " of " + wanted, state, all);
            long seed = Draws.seed(settings.seed(), SIMULATIONS, kind, into.size());
            Map<Element, Volume> made = repetition.volumes(
                    repetition.simulated(truth, seed), Replicas.quiet(context).progress());
            into.add(rows(made, false));
            file.write(state::writeTo);
        }
    }

    private void report(String what, ReplicaState state, int all) {
        context.progress().check();
        context.progress().report("uncertainty: " + what, (double) state.done() / all);
    }

    /** Of all that the replicas depend on; their number is not among it, so that more can be made later. */
    private String key(List<PhaseRegion> regions) {
        StringBuilder text = new StringBuilder();
        ReconstructionSettings settled = settingsOfRun();
        if (repetition.measured() instanceof Repetition.Data.Together together) {
            text.append(SolveKey.of(together.joint(), settled));
        } else if (repetition.measured() instanceof Repetition.Data.Alone alone) {
            alone.areal()
                    .forEach((element, series) -> text.append(SolveKey.of(
                            series, Optional.ofNullable(alone.errors().get(element)), settled)));
        }
        sample.volumes()
                .values()
                .forEach(made -> text.append(' ').append(made.convergence().path("alpha")));
        return Digest.of(text.append(settings.seed())
                .append(settings.realigned())
                .append(regions)
                .append(found.threshold().value())
                .toString());
    }

    private ReconstructionSettings settingsOfRun() {
        return context.edsSettings().withFilledField(sample.fillsField());
    }

    private List<Row> rows(Map<Element, Volume> made, boolean again) {
        Optional<Found> anew = again ? again(made) : Optional.empty();
        List<Row> rows = new ArrayList<>();
        for (PhaseRegion region : found.phases().regions()) {
            double volume = anew.flatMap(f -> f.phases().region(region.name()))
                    .map(PhaseRegion::volumeNm3)
                    .orElse(Double.NaN);
            rows.add(new Row(means(made, region), volume));
        }
        return rows;
    }

    private PhaseMeans means(Map<Element, Volume> made, PhaseRegion region) {
        return PhaseMeans.of(
                made, found.among(), found.diagram().numerator(), found.phases().core(region));
    }

    /** Threshold and phases of a replica by themselves; none where its volumes have none. */
    private Optional<Found> again(Map<Element, Volume> made) {
        try {
            return Optional.of(PhaseStep.find(
                    made,
                    context.experiment().phases(),
                    Optional.empty(),
                    sample.fillsField(),
                    sample.densityUnit(),
                    Optional.empty()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Map<Element, Uncertainty.Voxels> voxels(ReplicaState state) {
        Map<Element, Uncertainty.Voxels> all = new LinkedHashMap<>();
        VolumeMask inside = found.diagram().inside();
        for (Element element : volumes.keySet()) {
            Volume sd = state.moments(element).standardDeviation();
            MrcWriter.writeVolume(
                    files.sample("sd_" + element + ".mrc"),
                    sd,
                    Optional.of(String.format(
                            Locale.ROOT,
                            "one standard deviation by noise, %d replicas, %s",
                            state.moments(element).count(),
                            unitInAscii())));
            all.put(element, means(sd, inside));
        }
        return all;
    }

    private String unitInAscii() {
        return sample.densityUnit().replace("³", "^3");
    }

    private static Uncertainty.Voxels means(Volume sd, VolumeMask inside) {
        double in = 0;
        double out = 0;
        for (int z = 0; z < sd.nz(); z++) {
            for (int y = 0; y < sd.ny(); y++) {
                for (int x = 0; x < sd.nx(); x++) {
                    if (inside.contains(z, y, x)) {
                        in += sd.at(z, y, x);
                    } else {
                        out += sd.at(z, y, x);
                    }
                }
            }
        }
        long outside = sd.size() - inside.count();
        return new Uncertainty.Voxels(inside.count() == 0 ? 0 : in / inside.count(), outside == 0 ? 0 : out / outside);
    }

    private List<PhaseUncertainty> phases(ReplicaState state, List<PhaseRegion> regions) {
        Map<Element, Double> relative = new LinkedHashMap<>();
        systematics().forEach((element, s) -> relative.put(element, s.crossSections()));
        double common = currentSd();
        List<PhaseUncertainty> all = new ArrayList<>();
        for (int p = 0; p < regions.size(); p++) {
            VolumeMask core = found.phases().core(regions.get(p));
            all.add(PhaseUncertainty.of(
                    regions.get(p),
                    p,
                    means(volumes, regions.get(p)),
                    state,
                    PhaseMeans.elements(volumes, found.among(), core),
                    found.diagram().numerator(),
                    relative,
                    Double.isFinite(common) ? common : 0));
        }
        return all;
    }

    /** None without calibration: relative counts have no scale that could be wrong. */
    private Map<Element, Uncertainty.Systematic> systematics() {
        Map<Element, Uncertainty.Systematic> all = new LinkedHashMap<>();
        if (calibration.isEmpty()) {
            return all;
        }
        for (Map.Entry<Element, List<XrayLine>> entry :
                context.experiment().elements().entrySet()) {
            double barn = 0;
            double error = 0;
            for (XrayLine line : entry.getValue()) {
                var sigma = calibration.get().crossSection(line).orElseThrow();
                barn += sigma.barn();
                // thickness and threshold move the cross sections of all lines together
                error += sigma.standardErrorBarn();
            }
            all.put(entry.getKey(), new Uncertainty.Systematic(error / barn, currentSd(), gainError(entry.getKey())));
        }
        return all;
    }

    /** Relative, the mean over the tilts. */
    private double gainError(Element element) {
        TiltGain gain = sample.quantified().gains().of(element);
        int tilts = gain.tiltsDeg().length;
        double error = 0;
        for (int t = 0; t < tilts; t++) {
            error += gain.gain(t).standardError() / gain.gain(t).value() / tilts;
        }
        return error;
    }

    /** Relative; NaN if nobody gave it. */
    private double currentSd() {
        List<Dose> doses = sample.quantified().doses();
        double nA = doses.stream().mapToDouble(Dose::currentNa).average().orElse(0);
        return context.experiment()
                .sample()
                .orElseThrow()
                .beam()
                .orElse(context.experiment().microscope().beam())
                .currentSdNa()
                .filter(sd -> nA > 0)
                .map(sd -> sd / nA)
                .orElse(Double.NaN);
    }
}
