package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.InputException;

/**
 * Opens the files of one series and puts tilt, pixel size and orientation in order: images ascending in tilt, the tilt
 * axis along y, binned as the experiment asks.
 */
final class SeriesLoader {
    /** Two tilts nearer than this are the same. */
    static final double SAME_TILT_DEG = 0.05;

    private static final double SAME_PIXEL = 1e-3;

    private final StudyRecord record;
    private final int bin;

    SeriesLoader(StudyRecord record, int bin) {
        this.record = record;
        this.bin = bin;
    }

    /** One spectrum image with its tilt and what its file says. */
    record EdsMap(Path file, int index, double tiltDeg, SpectrumImage map, Acquisition acquisition) {}

    private record Tilted<T>(Path file, int index, T data, Acquisition acquisition, Optional<Double> tilt) {}

    /** The ADF images of a series. */
    TiltSeries adf(String role, Source source, boolean axisAlongX) {
        List<Tilted<Image>> images = new ArrayList<>();
        for (Path file : FilePattern.expand(source.folder(), source.pattern())) {
            Recording recording = open(role + ".adf", file);
            Signal signal = chooseImages(recording, source.signal());
            List<Image> found = signal.as(Signal.Stack.class)
                    .map(Signal.Stack::images)
                    .orElseGet(() -> List.of(
                            signal.as(Signal.Picture.class).orElseThrow().image()));
            tilted(file, found, signal.acquisition(), images);
        }
        List<Tilted<Image>> ordered = order(role + ".adf", images, source);
        Image first = ordered.get(0).data();
        for (Tilted<Image> t : ordered) {
            if (t.data().ny() != first.ny() || t.data().nx() != first.nx()) {
                throw new InputException(t.file() + ": image of " + t.data().ny() + " × "
                        + t.data().nx() + " pixels in a series of " + first.ny() + " × " + first.nx());
            }
            requireNumbers(t);
        }
        double pixelNm = pixelSize(role + ".adf", ordered.get(0).file(), first.pixelNm());
        ordered.forEach(t -> requirePixel(t.file(), t.data().pixelNm(), pixelNm));
        List<Image> prepared = ordered.stream()
                .map(t -> t.data().withPixelNm(pixelNm))
                .map(i -> (axisAlongX ? i.transposed() : i).binned(bin, true))
                .toList();
        return TiltSeries.of(TiltGeometry.of(tilts(ordered)), prepared);
    }

    /** The tilts of a file's images in the order in which it stores them; empty if it does not say. */
    Optional<List<Double>> storedTilts(Path file) {
        return MicroscopeFile.open(file).of(Signal.Stack.class).stream()
                .findFirst()
                .flatMap(signal -> signal.acquisition().numbers(Key.TILTS));
    }

    /** The spectrum images of a series, in ascending tilt. */
    List<EdsMap> eds(String role, Source source, boolean axisAlongX) {
        List<Tilted<SpectrumImage>> maps = new ArrayList<>();
        for (Path file : FilePattern.expand(source.folder(), source.pattern())) {
            Recording recording = open(role + ".eds", file);
            List<Signal> found = recording.of(Signal.Maps.class);
            if (found.size() != 1) {
                throw new InputException(file + ": holds " + found.size() + " spectrum images, expected one"
                        + (found.isEmpty() ? "; see 'hyalite info'" : ""));
            }
            Signal signal = found.get(0);
            requireEnergies(file, signal);
            tilted(file, signal.as(Signal.Maps.class).orElseThrow().maps(), signal.acquisition(), maps);
        }
        List<EdsMap> ordered = new ArrayList<>();
        for (Tilted<SpectrumImage> t : order(role + ".eds", maps, source)) {
            SpectrumImage map = (axisAlongX ? t.data().transposed() : t.data()).binned(bin);
            ordered.add(new EdsMap(t.file(), t.index(), t.tilt().orElseThrow(), map, t.acquisition()));
        }
        EdsMap first = ordered.get(0);
        pixelSize(role + ".eds", first.file(), first.map().pixelNm());
        for (EdsMap m : ordered) {
            requirePixel(m.file(), m.map().pixelNm(), first.map().pixelNm());
            if (m.map().ny() != first.map().ny()
                    || m.map().nx() != first.map().nx()
                    || m.map().energy().channels() != first.map().energy().channels()) {
                throw new InputException(m.file() + ": spectrum image of " + shape(m.map()) + " in a series of "
                        + shape(first.map()) + " (y × x × energy)");
            }
        }
        return ordered;
    }

    /** The spectrum images of one file in its own order, their tilts as far as the file knows them (0 else). */
    List<EdsMap> edsAsIs(Path file, Selection part) {
        Recording recording = open("eds", file, part);
        List<Tilted<SpectrumImage>> maps = new ArrayList<>();
        for (Signal signal : recording.of(Signal.Maps.class)) {
            requireEnergies(file, signal);
            tilted(file, signal.as(Signal.Maps.class).orElseThrow().maps(), signal.acquisition(), maps);
        }
        if (maps.isEmpty()) {
            throw new InputException(file + ": holds no spectrum image; see 'hyalite info'");
        }
        return maps.stream()
                .map(t -> new EdsMap(
                        file, t.index(), t.tilt().orElse(0.0), t.data().binned(bin), t.acquisition()))
                .toList();
    }

    /** As {@link #edsAsIs(Path, Selection)}; of a file that holds spectra only, each as a map of one pixel. */
    List<EdsMap> edsOrSpectra(Path file) {
        Recording recording = MicroscopeFile.open(file);
        List<Signal> spectra = recording.of(Signal.SingleSpectrum.class);
        if (spectra.isEmpty() || !recording.of(Signal.Maps.class).isEmpty()) {
            return edsAsIs(file, Selection.ALL);
        }
        if (bin > 1) {
            throw new InputException(file + ": holds a spectrum, not a map; leave out --bin");
        }
        record.input("eds", file);
        recording.warnings().forEach(w -> record.warn(file + ": " + w));
        List<EdsMap> maps = new ArrayList<>();
        for (Signal signal : spectra) {
            requireEnergies(file, signal);
            Spectrum spectrum =
                    signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
            float[] counts = new float[spectrum.counts().length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (float) spectrum.counts()[i];
            }
            SpectrumImage.Builder one = SpectrumImage.fractional(1, 1, Double.NaN, spectrum.axis());
            one.pixel(0, 0, counts);
            // the live time of one spectrum is that of its one pixel
            Acquisition known = signal.acquisition();
            if (known.number(Key.DWELL_TIME).isEmpty()
                    && known.number(Key.LIVE_TIME).isPresent()) {
                known = known.with(
                        Key.DWELL_TIME,
                        known.number(Key.LIVE_TIME).get(),
                        known.source(Key.LIVE_TIME).orElse("live time"));
            }
            maps.add(new EdsMap(file, maps.size(), known.number(Key.TILT).orElse(0.0), one.build(), known));
        }
        return maps;
    }

    private static String shape(SpectrumImage map) {
        return map.ny() + " × " + map.nx() + " × " + map.energy().channels();
    }

    private Recording open(String role, Path file) {
        return open(role, file, Selection.ALL);
    }

    private Recording open(String role, Path file, Selection part) {
        Recording recording = MicroscopeFile.open(file, part);
        record.input(role, file);
        recording.warnings().forEach(w -> record.warn(file + ": " + w));
        return recording;
    }

    private static Signal chooseImages(Recording recording, Optional<String> wanted) {
        List<Signal> images = recording.signals().stream()
                .filter(s -> s.data() instanceof Signal.Stack || s.data() instanceof Signal.Picture)
                .toList();
        List<Signal> named = wanted.isEmpty()
                ? images.stream().filter(s -> !s.isLiveTime()).toList()
                : images.stream()
                        .filter(s -> s.name().equalsIgnoreCase(wanted.get()))
                        .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        String names =
                String.join(", ", images.stream().map(s -> "'" + s.name() + "'").toList());
        throw new InputException(recording.file() + ": "
                + (images.isEmpty()
                        ? "holds no image"
                        : "holds the images " + names + "; say which with 'adf_signal'"));
    }

    private static <T> void tilted(Path file, List<T> data, Acquisition acquisition, List<Tilted<T>> into) {
        Optional<List<Double>> tilts = acquisition.numbers(Key.TILTS);
        if (tilts.isPresent() && tilts.get().size() != data.size()) {
            throw new InputException(
                    file + ": " + data.size() + " images, but " + tilts.get().size() + " tilt angles ("
                            + acquisition.source(Key.TILTS).orElse("") + ")");
        }
        for (int i = 0; i < data.size(); i++) {
            int index = i;
            Optional<Double> tilt = tilts.map(t -> t.get(index));
            into.add(new Tilted<>(
                    file,
                    i,
                    data.get(i),
                    acquisition,
                    tilt.isPresent() || data.size() > 1 ? tilt : acquisition.number(Key.TILT)));
        }
    }

    private <T> List<Tilted<T>> order(String role, List<Tilted<T>> found, Source source) {
        List<Tilted<T>> known = new ArrayList<>();
        Optional<List<Double>> listed = listed(role, found, source);
        boolean adf = role.endsWith(".adf");
        boolean byName = false;
        for (int i = 0; i < found.size(); i++) {
            int index = i;
            Tilted<T> t = found.get(i);
            // one pattern serves maps and images of one file; an ADF stack by itself has another name and its own
            // angles
            Optional<Double> named = source.tiltFromName()
                    .flatMap(pattern ->
                            tiltFromName(t.file(), pattern, adf && t.tilt().isPresent()));
            byName |= named.isPresent();
            Optional<Double> tilt =
                    listed.map(list -> list.get(index)).or(() -> named).or(t::tilt);
            if (tilt.isEmpty()) {
                throw new InputException(t.file() + ": no tilt angle is known of image " + t.index() + "; add '"
                        + (adf ? "adf" : "eds") + "_tilts: [...]' or 'tilt_from_name'"
                        + (adf ? ", or put a .rawtlt file beside it" : ""));
            }
            known.add(new Tilted<>(t.file(), t.index(), t.data(), t.acquisition(), tilt));
        }
        known.sort(Comparator.comparingDouble(t -> t.tilt().orElseThrow()));
        for (int i = 1; i < known.size(); i++) {
            double gap =
                    known.get(i).tilt().orElseThrow() - known.get(i - 1).tilt().orElseThrow();
            if (gap < SAME_TILT_DEG) {
                throw new InputException(
                        known.get(i - 1).file() + " and " + known.get(i).file()
                                + ": both at a tilt of " + known.get(i).tilt().orElseThrow()
                                + "°; if the tilt stands in the names, add 'tilt_from_name'");
            }
        }
        record.parameter(
                role + ".tilts_deg",
                known.stream().map(t -> t.tilt().orElseThrow()).toList(),
                "deg",
                listed.isPresent() || byName ? Origin.USER : Origin.FILE,
                listed.isPresent() ? "tilts" : byName ? "tilt_from_name" : source.pattern());
        return known;
    }

    /** The angles that the user lists for this series; those for the particle only where their number fits. */
    private <T> Optional<List<Double>> listed(String role, List<Tilted<T>> found, Source source) {
        if (source.ownTilts().isPresent()) {
            if (source.ownTilts().get().size() != found.size()) {
                throw new InputException(source.pattern() + ": " + found.size() + " images, but '"
                        + role.substring(role.length() - 3) + "_tilts' lists "
                        + source.ownTilts().get().size());
            }
            return source.ownTilts();
        }
        Optional<List<Double>> fitting = source.tilts().filter(list -> list.size() == found.size());
        boolean ownAngles = found.stream().allMatch(t -> t.tilt().isPresent());
        if (source.tilts().isPresent()
                && fitting.isEmpty()
                && !(ownAngles && (role.endsWith(".adf") || found.size() == 1))) {
            throw new InputException(source.pattern() + ": " + found.size() + " images, but 'tilts' lists "
                    + source.tilts().get().size() + "; give 'adf_tilts' and 'eds_tilts' where they differ");
        }
        return fitting;
    }

    /** The angle in a file's name; a name that does not fit is refused unless the file knows its angles by itself. */
    private static Optional<Double> tiltFromName(Path file, String pattern, boolean knowsByItself) {
        String name = file.getFileName().toString();
        int brace = pattern.indexOf("{}");
        Matcher matcher = Pattern.compile(Pattern.quote(pattern.substring(0, brace)) + "([+-]?[0-9]+(?:[.][0-9]+)?)"
                        + Pattern.quote(pattern.substring(brace + 2)))
                .matcher(name);
        if (!matcher.matches()) {
            if (knowsByItself) {
                return Optional.empty();
            }
            throw new InputException(file + ": its name does not fit 'tilt_from_name: " + pattern + "'");
        }
        return Optional.of(Double.parseDouble(matcher.group(1)));
    }

    private static double[] tilts(List<? extends Tilted<?>> ordered) {
        return ordered.stream().mapToDouble(t -> t.tilt().orElseThrow()).toArray();
    }

    private double pixelSize(String role, Path file, double pixelNm) {
        if (!(pixelNm > 0)) {
            throw new InputException(file + ": gives no pixel size; write it into the file (for an .mrc its cell)");
        }
        record.parameter(role + ".pixel_size_nm", pixelNm, "nm", Origin.FILE, file.toString());
        return pixelNm;
    }

    private static void requirePixel(Path file, double pixelNm, double firstNm) {
        if (!(Math.abs(pixelNm - firstNm) <= SAME_PIXEL * firstNm)) {
            throw new InputException(file + ": pixels of " + pixelNm + " nm in a series with pixels of " + firstNm
                    + " nm; record or rescale them alike");
        }
    }

    /** Refuses spectra whose channels have no energies: nothing could be said of any line. */
    private static void requireEnergies(Path file, Signal signal) {
        if (!signal.isCounts()) {
            throw new InputException(
                    file + ": its spectra are energy losses, or not said to be X-rays; give X-ray maps");
        }
        for (Axis axis : signal.axes()) {
            if (axis.name().equals("energy") && !axis.unit().equals("keV")) {
                throw new InputException(file + ": its energy axis has "
                        + (axis.unit().isEmpty() ? "no unit" : "the unit '" + axis.unit() + "'")
                        + ", expected keV; calibrate it (in a .rpl: depth-scale, depth-origin and 'depth-units keV')");
            }
        }
    }

    private static void requireNumbers(Tilted<Image> t) {
        float[] values = t.data().values();
        int bad = IntStream.range(0, values.length)
                .filter(i -> !Float.isFinite(values[i]))
                .findFirst()
                .orElse(-1);
        if (bad >= 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: image %d, pixel (y %d, x %d) is %s; replace it before tomography",
                    t.file(),
                    t.index(),
                    bad / t.data().nx(),
                    bad % t.data().nx(),
                    values[bad]));
        }
    }
}
