package org.hyalite.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Element;
import org.hyalite.study.AbsorptionStep.Transmission;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.QuantifyStep.Quantified;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Weight;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts of a sample → areal densities and volumes of its elements; with what the volumes absorb taken out of the counts,
 * and the volumes made again, where that is asked for.
 */
final class ElementStep {
    /** A change of the correction in its last round that a user should know of. */
    private static final double UNSETTLED = 0.01;

    private static final int NONE = 0;

    private final StudyContext context;
    private final ResultFiles files;
    private final VolumeStep volumes;
    private final SeriesCounts counts;
    private final AdfStep.Prepared adf;
    private final boolean fillsField;
    private final int[] shown;

    /**
     * What was made.
     *
     * @param data what it was made from
     * @param absorbed what of the X-rays left the specimen, where the data are corrected for that
     */
    record Mapped(ElementData data, Optional<Transmission> absorbed, Map<Element, Reconstructed> volumes) {
        Map<Element, TiltSeries> areal() {
            return data.areal();
        }

        Quantified quantified() {
            return data.quantified();
        }

        Map<Element, Volume> densities() {
            Map<Element, Volume> all = new LinkedHashMap<>();
            volumes.forEach((element, made) -> all.put(element, made.volume()));
            return all;
        }

        TiltGeometry geometry() {
            return areal().values().iterator().next().geometry();
        }
    }

    /** @param shown the maps' own ADF images, in the maps' order */
    ElementStep(
            StudyContext context,
            ResultFiles files,
            VolumeStep volumes,
            SeriesCounts counts,
            AdfStep.Prepared adf,
            boolean fillsField,
            int[] shown) {
        this.context = context;
        this.files = files;
        this.volumes = volumes;
        this.counts = counts;
        this.adf = adf;
        this.fillsField = fillsField;
        this.shown = shown;
    }

    String arealUnit(Optional<Calibration> calibration) {
        return calibration.isPresent() ? "atoms/nm²" : "counts";
    }

    String densityUnit(Optional<Calibration> calibration) {
        return calibration.isPresent() ? "atoms/nm³" : "counts/nm";
    }

    Mapped map(Optional<Calibration> calibration, Optional<AbsorptionStep> absorption) {
        if (absorption.filter(AbsorptionStep::corrects).isEmpty()) {
            Mapped only = round(calibration, Optional.empty(), Optional.empty(), NONE, true);
            absorption.ifPresent(a -> a.report(only.densities(), only.geometry()));
            return only;
        }
        AbsorptionStep step = absorption.get();
        step.warnOfWhatIsLeftOut(fillsField);
        Mapped mapped = round(calibration, Optional.empty(), Optional.empty(), NONE, false);
        Transmission used = step.of(mapped.densities(), mapped.geometry());
        for (int round = 1; round <= step.rounds(); round++) {
            Mapped corrected =
                    round(calibration, Optional.of(used), Optional.of(mapped), round, round == step.rounds());
            Transmission next = step.of(corrected.densities(), corrected.geometry());
            double change = next.apart(used);
            if (round == step.rounds()) {
                write(used, change);
                if (change > UNSETTLED) {
                    context.record()
                            .warn(String.format(
                                    java.util.Locale.ROOT,
                                    "absorption: the correction still changed by %.1f %% in its last round; raise absorption.rounds",
                                    100 * change));
                }
            }
            mapped = corrected;
            used = next;
        }
        return mapped;
    }

    /** One reconstruction of everything, under its final name if it is the last. */
    private Mapped round(
            Optional<Calibration> calibration,
            Optional<Transmission> absorbed,
            Optional<Mapped> before,
            int round,
            boolean last) {
        ElementData data = ElementData.of(context, counts, adf, fillsField, shown, calibration, absorbed);
        Map<Element, Reconstructed> made = context.joint()
                ? together(calibration, data.joint().orElseThrow(), before, last, round)
                : alone(data.areal(), data.errors(), before, densityUnit(calibration), last, round);
        return new Mapped(data, absorbed, made);
    }

    private Map<Element, Reconstructed> alone(
            Map<Element, TiltSeries> areal,
            Map<Element, TiltSeries> errors,
            Optional<Mapped> before,
            String unit,
            boolean last,
            int round) {
        Map<Element, Reconstructed> made = new LinkedHashMap<>();
        areal.forEach((element, series) -> {
            context.progress().check();
            Optional<Reconstructed> first =
                    before.map(b -> Objects.requireNonNull(b.volumes().get(element)));
            Reconstructed volume = volumes.reconstruct(
                    name(element, last, round),
                    unit,
                    file(element, last, round),
                    series,
                    // of the discrepancy principle too
                    Optional.of(Objects.requireNonNull(errors.get(element))),
                    settings(first),
                    context.preset(),
                    counts.note());
            counts.note().ifPresent(note -> volume.convergence().put("note", note));
            first.ifPresent(f -> sameWeight(volume, f, round));
            made.put(element, volume);
        });
        return made;
    }

    private Map<Element, Reconstructed> together(
            Optional<Calibration> calibration, JointData data, Optional<Mapped> before, boolean last, int round) {
        Map<String, Path> targets = new LinkedHashMap<>();
        for (Element element : context.experiment().elements().keySet()) {
            targets.put(name(element, last, round), file(element, last, round));
        }
        Optional<Reconstructed> first =
                before.map(b -> b.volumes().values().iterator().next());
        Map<String, Reconstructed> all =
                volumes.together(targets, densityUnit(calibration), data, settings(first), context.preset());
        Map<Element, Reconstructed> made = new LinkedHashMap<>();
        for (Element element : context.experiment().elements().keySet()) {
            Reconstructed volume = Objects.requireNonNull(all.get(name(element, last, round)));
            before.ifPresent(
                    b -> sameWeight(volume, Objects.requireNonNull(b.volumes().get(element)), round));
            made.put(element, volume);
        }
        return made;
    }

    /** The weight is searched for once: a few per cent of the counts do not move it. */
    private ReconstructionSettings settings(Optional<Reconstructed> before) {
        ReconstructionSettings settings = context.edsSettings().withFilledField(fillsField);
        return before.map(b -> settings.with(
                        new Weight.Relative(b.convergence().path("weight").asDouble())))
                .orElse(settings);
    }

    private static void sameWeight(Reconstructed volume, Reconstructed before, int round) {
        ObjectNode convergence = volume.convergence();
        convergence.put("absorption_round", round);
        convergence.set("weight_criterion", before.convergence().path("weight_criterion"));
        convergence.set("weight_curve", before.convergence().path("weight_curve"));
    }

    private static String name(Element element, boolean last, int round) {
        return last ? "density_" + element : "uncorrected_" + element + (round > NONE ? "_" + round : "");
    }

    private Path file(Element element, boolean last, int round) {
        return last ? files.density(element) : files.sample(name(element, false, round) + ".mrc");
    }

    /** What the counts were divided by, as images and in short. */
    private void write(Transmission used, double change) {
        ObjectNode json = Json.object();
        json.put("method", "volume");
        json.put("largest_change_in_last_round", change);
        ObjectNode elements = json.putObject("mean_transmission");
        used.means().forEach((element, means) -> elements.set(element.symbol(), Json.numbers(means)));
        json.set("tilts_deg", Json.numbers(counts.tiltsDeg()));
        used.maps().forEach((element, series) -> {
            MrcWriter.writeSeries(files.sample("transmission_" + element + ".mrc"), AlignedImages.whole(series));
        });
        Json.write(files.sample("absorption.json"), json);
    }
}
