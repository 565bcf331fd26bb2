package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.align.Refused;
import org.hyalite.grid.TiltSeries;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import org.hyalite.study.recipe.InputException;

/** Leaves out the maps of tilts whose ADF image the alignment refused, and what the user said of them. */
final class RefusedTilts {
    private static final double SAME_TILT_DEG = 0.5;

    private RefusedTilts() {}

    /** The maps that are used. */
    static List<EdsMap> without(List<Refused> refused, List<EdsMap> maps, StudyRecord record) {
        List<EdsMap> used = new ArrayList<>();
        for (EdsMap map : maps) {
            Optional<Refused> reason = of(map, refused);
            if (reason.isEmpty()) {
                used.add(map);
            } else {
                record.warn(map.file() + ": its map at " + map.tiltDeg() + "° is left out too: "
                        + reason.get().reason());
            }
        }
        if (used.isEmpty()) {
            throw new InputException("sample: no map is left; the ADF images of all of them were refused, the first: "
                    + of(maps.get(0), refused).map(Refused::reason).orElse(""));
        }
        return used;
    }

    /** A series like the aligned one, less the images at the same tilts. */
    static TiltSeries without(List<Refused> refused, TiltSeries series) {
        return refused.isEmpty()
                ? series
                : series.select(IntStream.range(0, series.tilts())
                        .filter(t -> refused.stream()
                                .noneMatch(r ->
                                        Math.abs(r.tiltDeg() - series.geometry().tiltDeg(t)) <= SAME_TILT_DEG))
                        .toArray());
    }

    /** Why the ADF image of a map was refused. */
    static Optional<Refused> of(EdsMap map, List<Refused> refused) {
        return refused.stream()
                .filter(r -> Math.abs(r.tiltDeg() - map.tiltDeg()) <= SAME_TILT_DEG)
                .findFirst();
    }

    /** The study with the currents and dwell times of some of the sample's maps, where the user lists them map by map. */
    static StudyContext beamsOf(List<EdsMap> used, List<EdsMap> all, StudyContext context) {
        if (used.size() == all.size()) {
            return context;
        }
        Experiment experiment = context.experiment();
        SampleSpec spec = experiment.sample().orElseThrow();
        Beam beam = spec.beam().orElse(experiment.microscope().beam());
        Beam fewer =
                new Beam(pick(beam.currentsNa(), used, all), pick(beam.dwellTimesS(), used, all), beam.currentSdNa());
        SampleSpec sample =
                new SampleSpec(spec.name(), spec.adf(), spec.eds(), spec.axisAlongX(), fewer, spec.fillsField());
        return new StudyContext(
                experiment.withSample(sample), context.settings(), context.record(), context.progress());
    }

    private static List<Double> pick(List<Double> list, List<EdsMap> used, List<EdsMap> all) {
        return list.size() != all.size() || list.size() == 1
                ? list
                : IntStream.range(0, all.size())
                        .filter(m -> used.contains(all.get(m)))
                        .mapToObj(list::get)
                        .toList();
    }
}
