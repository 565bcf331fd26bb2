package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.XrayLine;
import org.hyalite.quantify.Absorption;
import org.hyalite.quantify.Absorption.Part;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.AbsorptionMethod;
import org.hyalite.study.recipe.Experiment.AbsorptionSpec;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Projector;

/**
 * How much of an element's X-rays the specimen itself absorbs on the way to the detectors, seen through volumes that are
 * there: what to divide the counts of each pixel and tilt by.
 */
final class AbsorptionStep {
    /** Mean absorption that is worth a warning where it is not corrected. */
    private static final double WORTH_SAYING = 0.01;

    /** Pixels with less than this share of the densest have no transmission of their own. */
    private static final double TOO_THIN = 0.02;

    private final StudyContext context;
    private final AbsorptionSpec spec;
    private final Calibration calibration;
    private final List<DetectorDirection> detectors;
    private final Slabs slabs;

    private AbsorptionStep(StudyContext context, Calibration calibration, List<DetectorDirection> detectors) {
        this.context = context;
        this.spec = context.experiment().absorption();
        this.calibration = calibration;
        this.detectors = detectors;
        this.slabs = Slabs.of(context.settings().threads());
    }

    /**
     * What is looked at in a run.
     *
     * @param acquisition of a map, whose file may say where its detectors stand
     * @return empty where absorption is not to be looked at, or there are no atoms to know it from
     * @throws InputException if a correction is asked for and the detectors or the atoms are not known
     */
    static Optional<AbsorptionStep> of(
            StudyContext context, Optional<Calibration> calibration, Acquisition acquisition) {
        AbsorptionMethod method = context.experiment().absorption().method();
        boolean correct = method == AbsorptionMethod.VOLUME;
        if (correct && calibration.isEmpty()) {
            throw new InputException(context.experiment().file()
                    + ", absorption: is corrected from atoms/nm³: give standards or a calibration");
        }
        if (method == AbsorptionMethod.NONE || calibration.isEmpty()) {
            return Optional.empty();
        }
        List<DetectorDirection> detectors = detectors(context, acquisition);
        return Optional.of(new AbsorptionStep(context, calibration.get(), detectors));
    }

    /** Where the detectors stand, by the user or by the file; refused if a correction needs it and nobody says. */
    static List<DetectorDirection> detectors(StudyContext context, Acquisition acquisition) {
        List<DetectorDirection> detectors = context.experiment().microscope().directions();
        if (detectors.isEmpty()) {
            Key said =
                    acquisition.numbers(Key.DETECTOR_ELEVATIONS).isPresent() ? Key.DETECTOR_ELEVATIONS : Key.DETECTORS;
            // maps with the axis along x are transposed; the file's azimuths are not
            boolean along =
                    context.experiment().sample().map(s -> s.axisAlongX()).orElse(false);
            List<DetectorDirection> inFile = along ? List.of() : inFile(acquisition);
            detectors = inFile;
            if (!detectors.isEmpty()) {
                context.record()
                        .warn(
                                "absorption: the detectors stand where the files say; that their azimuth 0 is across the tilt"
                                        + " axis, on the side that the specimen faces at positive tilt, is not checked: if it is"
                                        + " not, give microscope.detectors");
                context.record()
                        .parameter(
                                "detectors",
                                inFile.stream().map(DetectorDirection::toString).toList(),
                                "",
                                Origin.FILE,
                                acquisition.source(said).orElse(""));
            }
        }
        if (detectors.isEmpty() && context.experiment().absorption().method() == AbsorptionMethod.VOLUME) {
            throw new InputException(context.experiment().file() + ", absorption: neither the files nor"
                    + " microscope.detectors say where the detectors stand; add for example 'detectors:"
                    + " [{elevation_deg: 18, azimuth_deg: 45}, …]', azimuths from across the tilt axis, on the side that"
                    + " the specimen faces at positive tilt");
        }
        return detectors;
    }

    /** What a file says in numbers, or else in words. */
    static List<DetectorDirection> inFile(Acquisition acquisition) {
        List<Double> elevations = acquisition.numbers(Key.DETECTOR_ELEVATIONS).orElse(List.of());
        List<Double> azimuths = acquisition.numbers(Key.DETECTOR_AZIMUTHS).orElse(List.of());
        List<DetectorDirection> directions = new ArrayList<>();
        if (!elevations.isEmpty() && elevations.size() == azimuths.size()) {
            for (int d = 0; d < elevations.size(); d++) {
                directions.add(DetectorDirection.of(elevations.get(d), azimuths.get(d)));
            }
        } else {
            acquisition
                    .names(Key.DETECTORS)
                    .forEach(words -> DetectorDirection.in(words).ifPresent(directions::add));
        }
        return directions;
    }

    /** Whether counts are to be corrected. */
    boolean corrects() {
        return spec.method() == AbsorptionMethod.VOLUME;
    }

    int rounds() {
        return spec.rounds();
    }

    /**
     * What reaches the detectors.
     *
     * @param maps by element, {@code [tilt, y, x]} in the geometry of the series: mean transmission of what a pixel sees,
     *     by atoms
     * @param means by element and tilt, of the whole specimen
     */
    record Transmission(Map<Element, TiltSeries> maps, Map<Element, double[]> means) {
        TiltSeries of(Element element) {
            return Objects.requireNonNull(maps.get(element));
        }

        /** The largest difference to another in a mean, as a share. */
        double apart(Transmission other) {
            double most = 0;
            for (Map.Entry<Element, double[]> entry : means.entrySet()) {
                double[] others = Objects.requireNonNull(other.means.get(entry.getKey()));
                for (int t = 0; t < others.length; t++) {
                    most = Math.max(most, Math.abs(entry.getValue()[t] / others[t] - 1));
                }
            }
            return most;
        }
    }

    /**
     * The transmission as the volumes have it.
     *
     * @param geometry of the series that the counts are divided in
     */
    Transmission of(Map<Element, Volume> volumes, TiltGeometry geometry) {
        Map<Element, Part> parts = new LinkedHashMap<>();
        volumes.forEach((element, volume) ->
                parts.put(element, new Part(volume, spec.perAtom().getOrDefault(element, Map.of()), weights(element))));
        Absorption absorption = Absorption.of(parts, detectors, slabs);
        Map<Element, TiltSeries> maps = new LinkedHashMap<>();
        Map<Element, double[]> means = new LinkedHashMap<>();
        Volume first = volumes.values().iterator().next();
        for (Element element : volumes.keySet()) {
            maps.put(element, TiltSeries.zeros(geometry, first.ny(), first.nx(), first.voxelNm()));
            means.put(element, new double[geometry.count()]);
        }
        for (int t = 0; t < geometry.count(); t++) {
            context.progress().check();
            context.progress().report("absorption", (double) t / geometry.count());
            Projector projector =
                    Projector.of(geometry.select(t), first.nz(), first.ny(), first.nx(), first.voxelNm(), slabs);
            Map<Element, Volume> through = absorption.transmission(geometry.tiltDeg(t));
            for (Map.Entry<Element, Volume> entry : volumes.entrySet()) {
                Volume leaving = Objects.requireNonNull(through.get(entry.getKey()));
                multiply(leaving, entry.getValue());
                double mean = leaving.sum() / Math.max(entry.getValue().sum(), Double.MIN_NORMAL);
                Image made = projector.forward(entry.getValue()).image(0);
                Image left = projector.forward(leaving).image(0);
                double share = entry.getValue().sum() > 0 ? mean : 1;
                Objects.requireNonNull(means.get(entry.getKey()))[t] = share;
                Objects.requireNonNull(maps.get(entry.getKey())).setImage(t, ratio(left, made, share));
            }
        }
        return new Transmission(maps, means);
    }

    private Map<XrayLine, Double> weights(Element element) {
        Map<XrayLine, Double> weights = new LinkedHashMap<>();
        for (XrayLine line : context.experiment().elements().get(element)) {
            calibration.crossSection(line).ifPresent(sigma -> weights.put(line, sigma.barn()));
        }
        return weights;
    }

    static void multiply(Volume into, Volume by) {
        for (int b = 0; b < into.blocks().length; b++) {
            float[] a = into.blocks()[b];
            float[] c = by.blocks()[b];
            for (int i = 0; i < a.length; i++) {
                a[i] *= c[i];
            }
        }
    }

    /** What is left of what was made, by pixel; the mean where next to nothing is. */
    static Image ratio(Image left, Image made, double mean) {
        Image ratio = Image.zeros(made.ny(), made.nx(), made.pixelNm());
        float most = 0;
        for (float v : made.values()) {
            most = Math.max(most, v);
        }
        for (int i = 0; i < ratio.values().length; i++) {
            float all = made.values()[i];
            ratio.values()[i] = all > TOO_THIN * most ? left.values()[i] / all : (float) mean;
        }
        return ratio;
    }

    /** Values of every pixel divided by what reached the detectors of it. */
    static TiltSeries corrected(TiltSeries series, TiltSeries transmission) {
        TiltSeries all = series.copy();
        for (int b = 0; b < all.blocks().length; b++) {
            float[] values = all.blocks()[b];
            float[] shares = transmission.blocks()[b];
            for (int i = 0; i < values.length; i++) {
                values[i] /= shares[i];
            }
        }
        return all;
    }

    /** Says how much is absorbed where it is not corrected and matters. */
    void report(Map<Element, Volume> volumes, TiltGeometry geometry) {
        if (detectors.isEmpty()) {
            withoutDetectors(volumes, geometry);
            return;
        }
        Transmission seen = of(volumes, geometry);
        seen.means().forEach((element, means) -> {
            double least = 1;
            for (double mean : means) {
                least = Math.min(least, mean);
            }
            double most = 1 - least;
            context.record()
                    .parameter(
                            "absorption." + element,
                            most,
                            "",
                            Origin.DERIVED,
                            "volumes; mean over the specimen at the worst tilt");
            if (most > WORTH_SAYING) {
                context.record()
                        .warn(String.format(
                                Locale.ROOT,
                                "absorption, not corrected: up to %.1f %% of the X-rays of %s (mean over the specimen, tilt by"
                                        + " tilt)%s; 'absorption: {method: volume}' corrects it",
                                100 * most,
                                names(element),
                                spec.perAtom().isEmpty() ? ", by the quantified elements alone" : ""));
            }
        });
    }

    /** The longest ray of the series stands in for the unknown paths. */
    private void withoutDetectors(Map<Element, Volume> volumes, TiltGeometry geometry) {
        Map<Element, Double> most = new LinkedHashMap<>();
        Volume first = volumes.values().iterator().next();
        for (int t = 0; t < geometry.count(); t++) {
            context.progress().check();
            Projector projector =
                    Projector.of(geometry.select(t), first.nz(), first.ny(), first.nx(), first.voxelNm(), slabs);
            Map<Element, Image> columns = new LinkedHashMap<>();
            volumes.forEach((element, volume) ->
                    columns.put(element, projector.forward(volume).image(0)));
            for (Element element : volumes.keySet()) {
                for (XrayLine line : weights(element).keySet()) {
                    most.merge(element, 1 - MassAttenuation.ofSlab(deepest(line, columns)), Math::max);
                }
            }
        }
        most.forEach((element, share) -> {
            if (share > 2 * WORTH_SAYING) {
                context.record()
                        .warn(String.format(
                                Locale.ROOT,
                                "absorption of %s is not known: nothing says where the detectors stand; along the longest ray"
                                        + " of the series it would be %.1f %%; give microscope.detectors their elevation_deg"
                                        + " and azimuth_deg",
                                names(element),
                                100 * share));
            }
        });
    }

    /** The largest optical thickness of an image's columns. */
    private double deepest(XrayLine line, Map<Element, Image> columns) {
        double[] depth = new double[columns.values().iterator().next().values().length];
        columns.forEach((element, image) -> {
            double s = MassAttenuation.nm2PerAtom(element, spec.perAtom().getOrDefault(element, Map.of()), line);
            for (int i = 0; i < depth.length; i++) {
                depth[i] += s * image.values()[i];
            }
        });
        double deepest = 0;
        for (double d : depth) {
            deepest = Math.max(deepest, d);
        }
        return deepest;
    }

    private String names(Element element) {
        return String.join(
                ", ", weights(element).keySet().stream().map(XrayLine::name).toList());
    }

    /** What a user who corrects should know. */
    void warnOfWhatIsLeftOut(boolean fillsField) {
        if (fillsField) {
            context.record()
                    .warn("absorption: the specimen goes on beyond the field, and what lies there is not counted in");
        }
        if (context.experiment().standards().isEmpty()) {
            context.record()
                    .warn("absorption: the calibration's cross sections are taken as they are; what its own standards"
                            + " absorbed is corrected only where they stand in the same experiment file");
        }
        for (Element element : context.experiment().elements().keySet()) {
            if (!spec.perAtom().containsKey(element)) {
                context.record()
                        .warn("absorption: matter that comes with " + element
                                + " and is not quantified is ignored; absorption.per_atom can state it, as " + element
                                + ": {C: 6, N: 4}");
            }
        }
    }
}
