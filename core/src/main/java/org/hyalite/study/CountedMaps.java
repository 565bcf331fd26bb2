package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Dose;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.InputException;

/**
 * Net counts that a composition is made of: counted now, or read from a folder that {@code counts} wrote.
 *
 * @param counts by line, one map per image
 * @param tiltsDeg of the images; empty if they are no tilt series
 * @param doses of a pixel, by image; empty if they are not known
 * @param doseMissing what is missing then, and how to give it
 */
record CountedMaps(Map<XrayLine, List<LineMap>> counts, List<Double> tiltsDeg, List<Dose> doses, String doseMissing) {
    private static final String GIVE = "; give --beam-current (nA) and --dwell-time (s per pixel)";

    int images() {
        return counts.values().iterator().next().size();
    }

    List<XrayLine> lines() {
        return List.copyOf(counts.keySet());
    }

    /** The lines' maps of one image. */
    List<LineMap> of(int image) {
        return counts.values().stream().map(maps -> maps.get(image)).toList();
    }

    Optional<Double> tilt(int image) {
        return tiltsDeg.isEmpty() ? Optional.empty() : Optional.of(tiltsDeg.get(image));
    }

    /** Writes one stack, as a tilt series where these are. */
    void write(Path file, List<Image> images) {
        if (!tiltsDeg.isEmpty() && images.get(0).pixelNm() > 0) {
            double[] tilts = tiltsDeg.stream().mapToDouble(Double::doubleValue).toArray();
            MrcWriter.writeSeries(file, TiltSeries.of(TiltGeometry.of(tilts), images));
        } else {
            MrcWriter.writeStack(file, images);
        }
    }

    /** The maps of a folder of counts. */
    static CountedMaps inFolder(CompositionStep.Request request, LineFactors factors, StudyRecord record) {
        Path folder = request.inputs().get(0);
        List<XrayLine> lines = new ArrayList<>();
        for (XrayLine line : request.lines().isEmpty() ? factors.factors().keySet() : request.lines()) {
            requireFactor(factors, request, line);
            if (Files.exists(folder.resolve(line.name() + ".mrc"))) {
                lines.add(line);
            } else if (!request.lines().isEmpty()) {
                throw new InputException(folder.resolve(line.name() + ".mrc")
                        + ": no such file; count that line first: hyalite counts FILE… -l " + line);
            }
        }
        if (lines.isEmpty()) {
            throw new InputException(folder + ": holds no LINE.mrc of a line that has a factor ("
                    + factors.factors().keySet().stream().map(XrayLine::name).collect(Collectors.joining(", "))
                    + "); give the folder that 'hyalite counts' wrote");
        }
        leftOut(folder, lines, record);
        Map<XrayLine, List<LineMap>> counts = new LinkedHashMap<>();
        List<Double> tilts = List.of();
        for (XrayLine line : lines) {
            Path file = folder.resolve(line.name() + ".mrc");
            Path errors = folder.resolve(line.name() + "_se.mrc");
            if (!Files.exists(errors)) {
                throw new InputException(errors + ": no such file; the counts' standard errors belong beside them");
            }
            record.input("counts", file);
            record.input("counts", errors);
            Notes.of(file).ifPresent(note -> record.warn(file + ": " + note));
            List<Image> values = Stacks.images(file);
            List<Image> ses = Stacks.images(errors);
            List<Image> first = counts.isEmpty()
                    ? values
                    : counts.values().iterator().next().stream()
                            .map(LineMap::counts)
                            .toList();
            if (ses.size() != values.size() || first.size() != values.size()) {
                throw new InputException(file + ": " + values.size() + " images, its errors " + ses.size()
                        + ", the first line " + first.size());
            }
            tilts = tilts(file, values.size());
            List<LineMap> maps = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                requireFinite(file, values.get(i));
                requireFinite(errors, ses.get(i));
                try {
                    maps.add(new LineMap(line, values.get(i), ses.get(i)));
                } catch (IllegalArgumentException e) {
                    throw new InputException(errors + ": " + e.getMessage(), e);
                }
            }
            counts.put(line, maps);
        }
        Optional<Dose> dose = request.currentNa().flatMap(i -> request.dwellS().map(t -> new Dose(i, t)));
        int images = counts.values().iterator().next().size();
        return new CountedMaps(
                counts,
                tilts,
                dose.map(d -> java.util.Collections.nCopies(images, d)).orElse(List.of()),
                "counts do not say beam current and live time" + GIVE);
    }

    private static void requireFinite(Path file, Image image) {
        for (float v : image.values()) {
            if (!Float.isFinite(v)) {
                throw new InputException(file + ": holds " + v + "; counts are finite numbers");
            }
        }
    }

    private static void leftOut(Path folder, List<XrayLine> lines, StudyRecord record) {
        try (var all = Files.list(folder)) {
            List<String> others = all.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("[A-Z][a-z]?_[KLM][ab][.]mrc"))
                    .map(n -> n.replace(".mrc", ""))
                    .filter(n -> lines.stream().noneMatch(l -> l.name().equals(n)))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                record.warn("left out, for want of a factor or of asking: " + String.join(", ", others));
            }
        } catch (java.io.IOException e) {
            throw new InputException(folder + ": cannot be read", e);
        }
    }

    private static List<Double> tilts(Path file, int images) {
        return MicroscopeFile.open(file).signals().stream()
                .flatMap(s -> s.acquisition().numbers(Key.TILTS).stream())
                .filter(t -> t.size() == images)
                .findFirst()
                .orElse(List.of());
    }

    /** Counts the lines of the factors in spectrum images or spectra, and keeps them beside the result. */
    static CountedMaps ofSpectra(
            CompositionStep.Request request,
            LineFactors factors,
            StudyRecord record,
            Path folder,
            int threads,
            Progress progress) {
        List<XrayLine> lines =
                request.lines().isEmpty() ? List.copyOf(factors.factors().keySet()) : request.lines();
        lines.forEach(line -> requireFactor(factors, request, line));
        SeriesLoader loader = new SeriesLoader(record, request.bin());
        List<EdsMap> maps = new ArrayList<>();
        for (Path file : request.inputs()) {
            maps.addAll(loader.edsOrSpectra(file));
        }
        maps.sort(Comparator.comparingDouble(EdsMap::tiltDeg));
        SeriesCounts counted = CountsStep.count(
                record,
                "counts",
                maps,
                new CountsStep.Lines(lines, request.others(), request.method()),
                request.beamEnergyKeV(),
                threads,
                progress);
        CountsReport.write(folder, "counts_", counted, Map.of());
        Map<XrayLine, List<LineMap>> counts = new LinkedHashMap<>();
        lines.forEach(line -> counts.put(line, counted.of(line)));
        Beam user = new Beam(
                request.currentNa().map(List::of).orElse(List.of()),
                request.dwellS().map(List::of).orElse(List.of()));
        List<String> missing = new ArrayList<>();
        List<Dose> doses = new ArrayList<>();
        for (int m = 0; m < maps.size(); m++) {
            EdsMap map = maps.get(m);
            if (user.currentsNa().isEmpty()
                    && map.acquisition().number(Key.BEAM_CURRENT).isEmpty()) {
                missing.add(map.file() + " gives no beam current");
            } else if (user.dwellTimesS().isEmpty()
                    && map.acquisition().number(Key.DWELL_TIME).isEmpty()) {
                missing.add(map.file() + " gives no live time per pixel");
            } else {
                doses.add(Beams.dose(record, "map", map, m, maps.size(), user, request.bin()));
            }
        }
        double[] tilts = counted.tiltsDeg();
        return new CountedMaps(
                counts,
                counted.tilted() ? Arrays.stream(tilts).boxed().toList() : List.of(),
                missing.isEmpty() ? doses : List.of(),
                missing.isEmpty() ? "" : Objects.requireNonNull(missing.get(0)) + GIVE);
    }

    private static void requireFactor(LineFactors factors, CompositionStep.Request request, XrayLine line) {
        try {
            factors.factor(line);
        } catch (IllegalArgumentException e) {
            throw new InputException(request.factors() + ": " + e.getMessage(), e);
        }
    }
}
