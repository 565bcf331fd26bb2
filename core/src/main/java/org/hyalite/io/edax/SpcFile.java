package org.hyalite.io.edax;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.Units;

/**
 * Reads EDAX's spectra (versions 0.5 to 0.9), {@code [energy]} in counts: a header of fixed places, lowest byte first, and
 * the counts in 32 bits each. Channel {@code c} is centred on {@code start energy + c · eV per channel}. Such a file knows no beam
 * current. Galactic's {@code .spc} of other spectroscopies shares the ending and is refused.
 */
public final class SpcFile implements Format {
    private static final String NAME = "EDAX SPC";
    private static final int DATA_START_AT = 28;
    private static final int EV_PER_CHANNEL_AT = 384;
    private static final int START_ENERGY_AT = 448;
    private static final int AZIMUTH_AT = 508;
    private static final int BEAM_ENERGY_AT = 532;
    private static final int TOTAL_AT = 582;
    private static final int ELEMENTS_AT = 638;
    private static final int MOST_ELEMENTS = 48;
    private static final int HEADER_END = 736;
    private static final int MOST_CHANNELS = 4096;
    private static final int LARGEST_FILE = 1 << 24;

    private SpcFile() {}

    public static SpcFile format() {
        return new SpcFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".spc");
    }

    @Override
    public Recording read(Path file) {
        List<String> warnings = new ArrayList<>();
        FileBytes in = FileBytes.whole(file, LARGEST_FILE);
        float version = in.f32();
        if (!(version >= 0.495f && version < 1)) {
            throw new UnsupportedFileException(
                    file,
                    "EDAX spectra start with their version, 0.5 to 0.9, this file with " + version
                            + "; it is damaged or another program's .spc");
        }
        in.seek(DATA_START_AT);
        long start = in.u32();
        int channels = in.i16();
        in.require(
                start >= HEADER_END && channels >= 1 && channels <= MOST_CHANNELS,
                channels + " channels from byte " + start + " on are not possible; the file is damaged");
        int gain = in.seek(EV_PER_CHANNEL_AT).i32();
        in.require(gain >= 1 && gain <= 1000, gain + " eV per channel are not possible; the file is damaged");
        float offset = in.seek(START_ENERGY_AT).f32();
        in.require(
                Math.abs(offset) <= 100, "a first channel at " + offset + " keV is not possible; the file is damaged");
        EnergyAxis axis = new EnergyAxis(channels, decimal(offset), gain / Units.EV_PER_KEV);
        Acquisition known = acquisition(in);
        long total = in.seek(TOTAL_AT).u32();
        in.seek(start);
        double[] counts = new double[channels];
        Statistics.Collector statistics = new Statistics.Collector();
        for (int c = 0; c < channels; c++) {
            int n = in.i32();
            in.require(n >= 0, "channel " + c + " has " + n + " counts; the file is damaged");
            counts[c] = n;
            statistics.add(n);
        }
        double sum = statistics.get().sum();
        if (total > 0 && total != sum) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "its channels hold %.0f counts, but its header says %d: the spectrum was changed after it was recorded, or the file is damaged",
                    sum,
                    total));
        }
        Signal signal = new Signal(
                "EDS Spectrum",
                List.of(new Axis("energy", channels, axis.gainKeV(), axis.offsetKeV(), "keV")),
                statistics.get(),
                known,
                new Signal.SingleSpectrum(Spectrum.of(axis, counts)));
        return new Recording(file, NAME, List.of(signal), warnings);
    }

    private static Acquisition acquisition(FileBytes in) {
        in.seek(START_ENERGY_AT).skip(2 * Float.BYTES);
        Acquisition known = positive(in, Acquisition.nothing(), Key.LIVE_TIME, "liveTime");
        float tilt = in.f32();
        in.require(Math.abs(tilt) <= 360, "a tilt of " + tilt + " deg; the file is damaged");
        known = known.with(Key.TILT, decimal(tilt), "tilt");
        in.skip(2 * Float.BYTES);
        known = positive(in, known, Key.ENERGY_RESOLUTION, "detReso");
        long type = in.u32();
        in.seek(AZIMUTH_AT);
        float azimuth = in.f32();
        float elevation = in.f32();
        in.require(
                Math.abs(azimuth) <= 360 && Math.abs(elevation) <= 360,
                "a detector at elevation " + elevation + ", azimuth " + azimuth + " deg; the file is damaged");
        known = known.withNames(
                Key.DETECTORS,
                List.of("EDAX type " + type + ", elevation " + elevation + " deg, azimuth " + azimuth + " deg"),
                "detectType, elevation, azimuth");
        in.seek(BEAM_ENERGY_AT);
        known = positive(in, known, Key.BEAM_ENERGY, "kV");
        List<String> elements = elements(in);
        return elements.isEmpty() ? known : known.withNames(Key.ELEMENTS, elements, "numElem, at");
    }

    private static List<String> elements(FileBytes in) {
        int count = in.seek(ELEMENTS_AT).i16();
        in.require(count >= 0 && count <= MOST_ELEMENTS, count + " elements of at most 48; the file is damaged");
        TreeSet<String> symbols = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            int z = in.u16();
            try {
                symbols.add(Element.of(z).symbol());
            } catch (IllegalArgumentException e) {
                throw in.malformed("an element of atomic number " + z + "; the file is damaged");
            }
        }
        return List.copyOf(symbols);
    }

    private static Acquisition positive(FileBytes in, Acquisition known, Key key, String source) {
        float value = in.f32();
        in.require(Float.isFinite(value), source + " is " + value + "; the file is damaged");
        return value > 0 ? known.with(key, decimal(value), source) : known;
    }

    /** The shortest decimal number that a float stands for: 1.1 and not 1.100000023841858. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
