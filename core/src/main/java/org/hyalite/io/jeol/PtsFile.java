package org.hyalite.io.jeol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * A map as a list of X-rays ({@code .pts}): the bytes {@code 30 1 0 0 PTTDFILE}, at byte 20 where the tags stand (after 12
 * more bytes) and how long they are, then where the words of the {@link EventStream} stand and how many bytes they are.
 *
 * <p>The spectrum of a pixel is {@code [energy]} of 4096 channels; channel {@code c} is centred on
 * {@code CoefB + (c − DigZ) CoefA} keV, with DigZ of the pulse processor's setting that was used ({@code Tpl}).
 */
final class PtsFile {
    static final int MAGIC = 304;
    static final String FORM = "PTTDFILE";

    private static final int POINTERS = 20;
    private static final int POINTERS_END = 36;
    private static final int BEFORE_TAGS = 12;
    private static final int LARGEST_HEADER = 1 << 26;
    private static final int CHANNELS = 4096;
    private static final Pattern PIXELS = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    private final Path file;
    private final Tag root;
    private final Tag measured;
    private final EventStream stream;
    private final List<String> warnings;

    private PtsFile(Path file, Tag root, EventStream stream, List<String> warnings) {
        this.file = file;
        this.root = root;
        this.measured = root.need("PTTD Data", "AnalyzableMap MeasData");
        this.stream = stream;
        this.warnings = warnings;
    }

    static List<Signal> read(Path file, List<String> warnings) {
        FileBytes in = FileBytes.part(file, 0, POINTERS_END, POINTERS_END);
        in.require(in.i32() == MAGIC, "a JEOL map starts with " + MAGIC + ", this file does not");
        in.require(in.text(FORM.length()).equals(FORM), "a JEOL map says " + FORM + " here, this file does not");
        in.seek(POINTERS);
        long tagsAt = in.u32();
        long tags = in.u32();
        long dataAt = in.u32();
        long bytes = in.u32();
        in.require(bytes % Short.BYTES == 0, bytes + " bytes are no whole number of words; the file is damaged");
        in.require(
                dataAt + bytes <= in.fileSize(),
                bytes + " bytes of X-rays are said to stand at byte " + dataAt + ", but the file has " + in.fileSize()
                        + "; it is cut off or damaged");
        Tag root = Tag.read(FileBytes.part(file, tagsAt, tags, LARGEST_HEADER).skip(BEFORE_TAGS));
        return new PtsFile(file, root, new EventStream(file, dataAt, bytes / Short.BYTES), warnings).signals();
    }

    private List<Signal> signals() {
        Tag pixels = measured.need("Meas Cond", "Pixels");
        Matcher size = PIXELS.matcher(pixels.text());
        if (!size.matches()) {
            throw pixels.malformed("'" + pixels.text() + "' is no size such as 512x512; the file is damaged");
        }
        int nx = Integer.parseInt(size.group(1));
        int ny = Integer.parseInt(size.group(2));
        if (nx < 1 || ny < 1 || nx > EventStream.POSITIONS || EventStream.POSITIONS % nx != 0) {
            throw pixels.malformed(pixels.text() + ": a width that divides " + EventStream.POSITIONS
                    + " was expected; the file is damaged");
        }
        int xStep = EventStream.POSITIONS / nx;
        int yStep = yStep(pixels, ny, nx, xStep);
        Sweeps sweeps = Sweeps.of(stream, lowestLine(ny) * yStep);
        long words = complete(sweeps, yStep);
        EnergyAxis energy = energy();
        Tag condition = measured.need("MeasCond");
        Optional<Tag> sem = root.find("PTTD Param", "Params").flatMap(t -> t.page("SEM"));
        double pixelNm =
                Settings.pixelNm(sem.flatMap(t -> t.find("ScanSize")), condition.find("Mag"), ny, nx, warnings);
        Acquisition beam = Settings.beam(Optional.of(condition), "AccKV");
        beam = Settings.positive(beam, Key.BEAM_CURRENT, condition.find("AccNA"), 1);
        if (pixelNm > 0) {
            beam = beam.with(Key.PIXEL_SIZE, pixelNm, "PARAMPAGE_SEM/ScanSize / MeasCond/Mag / pixels");
        }
        EventMap map = new EventMap(file, ny, nx, yStep, xStep);
        SpectrumImage spectra = map.spectra(stream, words, pixelNm, energy);
        if (map.outside() > 0) {
            warnings.add(map.outside() + " X-rays stand at no pixel and are left out");
        }
        List<Axis> axes = new ArrayList<>(JeolImage.axes(ny, nx, pixelNm));
        axes.add(new Axis("energy", CHANNELS, energy.gainKeV(), energy.offsetKeV(), "keV"));
        List<Signal> signals = new ArrayList<>();
        signals.add(new Signal(
                "EDS",
                axes,
                map.statistics(),
                acquisition(beam, sem, ny, nx, words == stream.words()),
                new Signal.Maps(List.of(spectra))));
        if (sweeps.hasImage()) {
            signals.add(JeolImage.picture("electrons", ny, nx, pixelNm, map.image(stream, words), beam));
        }
        return signals;
    }

    /** Positions from one line to the next: as along a line, or, where the lines fill the side, what remains. */
    private int yStep(Tag pixels, int ny, int nx, int xStep) {
        if (ny == nx) {
            return xStep;
        }
        int lowest = Sweeps.lowestLine(stream);
        if (lowest == (ny - 1) * xStep) {
            return xStep;
        }
        if (EventStream.POSITIONS % ny == 0 && lowest == (ny - 1) * (EventStream.POSITIONS / ny)) {
            return EventStream.POSITIONS / ny;
        }
        throw new UnsupportedFileException(
                file,
                "a map of " + pixels.text() + " pixels whose lowest line is at " + lowest + " of "
                        + EventStream.POSITIONS + ": how its lines are counted is not known; send this file to us");
    }

    /** The lowest line that is scanned: that of the area, where one was chosen. */
    private int lowestLine(int ny) {
        Optional<Tag> area = measured.find("Meas Cond", "Aim Area");
        return area.isPresent() && area.get().size() == 4
                ? (int) Math.min(ny - 1, area.get().numbers()[3])
                : ny - 1;
    }

    /** How many pixels are scanned. */
    private double scanned(int ny, int nx) {
        Optional<Tag> area = measured.find("Meas Cond", "Aim Area");
        if (area.isEmpty() || area.get().size() != 4) {
            return (double) ny * nx;
        }
        double[] a = area.get().numbers();
        if (!(a[0] >= 0 && a[1] >= 0 && a[2] >= a[0] && a[3] >= a[1] && a[2] < nx && a[3] < ny)) {
            throw area.get().malformed("an area outside the map of " + ny + " × " + nx + "; the file is damaged");
        }
        return (a[2] - a[0] + 1) * (a[3] - a[1] + 1);
    }

    /** How many words belong to sweeps of the whole map. */
    private long complete(Sweeps sweeps, int yStep) {
        if (sweeps.unknown() > 0) {
            warnings.add(sweeps.unknown() + " words of a kind that is not known were not read");
        }
        if (sweeps.broken() > 0) {
            warnings.add(
                    sweeps.broken() + " of " + sweeps.sweeps()
                            + " sweeps end above the lowest line: pixels were not all recorded as long, or the file is damaged");
        }
        if (sweeps.sweeps() == 0) {
            warnings.add("no line was recorded: the map is empty");
            return stream.words();
        }
        if (sweeps.lastIsComplete()) {
            return stream.words();
        }
        String where = "it was stopped in line " + (sweeps.lastLine() / yStep) + " of sweep " + sweeps.sweeps();
        if (sweeps.sweeps() == 1) {
            warnings.add(where + ": the lines below are empty");
            return stream.words();
        }
        warnings.add(where + ", which is left out with its " + sweeps.photonsInLastSweep() + " of " + sweeps.photons()
                + " X-rays: its pixels would have lived longer than the others; the times are of all sweeps");
        return sweeps.lastSweepFrom();
    }

    private EnergyAxis energy() {
        Tag gain = measured.need("Doc", "CoefA");
        if (!(gain.number() > 0)) {
            throw gain.malformed(gain.number() + " keV per channel is not positive; the file is damaged");
        }
        String setting = measured.need("Meas Cond", "Tpl").text();
        Tag processor = root.need("PTTD Param", "Params")
                .page("EDXRF")
                .orElseThrow(() -> root.need("PTTD Param", "Params")
                        .malformed("it has no page EDXRF: the energy of the first channel is not known"));
        double zero = processor.need("Tpl", setting, "DigZ").number();
        return new EnergyAxis(CHANNELS, measured.need("Doc", "CoefB").number() - zero * gain.number(), gain.number());
    }

    private Acquisition acquisition(Acquisition beam, Optional<Tag> sem, int ny, int nx, boolean whole) {
        Tag doc = measured.need("Doc");
        Acquisition known = Settings.positive(beam, Key.REAL_TIME, doc.find("RealTime"), 1);
        known = Settings.positive(known, Key.LIVE_TIME, doc.find("LiveTime"), 1);
        double pixels = scanned(ny, nx);
        Optional<Double> live = known.number(Key.LIVE_TIME);
        if (live.isPresent() && whole) {
            known = known.with(Key.DWELL_TIME, live.get() / pixels, doc.path() + "/LiveTime / pixels scanned");
        }
        if (sem.isEmpty()) {
            return known;
        }
        known = Settings.positive(known, Key.ENERGY_RESOLUTION, sem.get().find("MnKaRES"), 1);
        Optional<String> detector = Settings.detector(
                sem.get().find("DetT").map(Tag::text).orElse(""),
                sem.get().number("ElevAng"),
                sem.get().number("DirAng"));
        return detector.isEmpty()
                ? known
                : known.withNames(
                        Key.DETECTORS, List.of(detector.get()), sem.get().path() + "/DetT, ElevAng, DirAng");
    }
}
