package org.hyalite.io.msa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Reads EMSA/MAS spectra: one spectrum, {@code [energy]}, of Y or XY data in any number of columns, with line ends of any
 * system. A checksum, if there is one, is not tested: programs differ in what they sum.
 */
public final class MsaFile implements Format {
    private static final String NAME = "EMSA/MAS spectrum (.msa)";
    private static final long LONGEST = 8L << 20;
    private static final int MOST_POINTS = 1 << 20;
    private static final String END = "#ENDOFDATA";

    private MsaFile() {}

    /** The format. */
    public static MsaFile format() {
        return new MsaFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".msa") || name.endsWith(".emsa");
    }

    @Override
    public Recording read(Path file) {
        List<String> warnings = new ArrayList<>();
        Keywords keywords = new Keywords(file, warnings);
        String[] lines = text(file).split("\r\n|\n|\r", -1);
        int first = header(file, lines, keywords);
        int points = keywords.whole("#NPOINTS")
                .orElseThrow(() -> new MalformedFileException(file, "its header", "there is no NPOINTS"));
        if (points < 1 || points > MOST_POINTS) {
            throw new MalformedFileException(file, "NPOINTS", points + " points; 1 to " + MOST_POINTS + " are read");
        }
        String kind = keywords.text("#DATATYPE").toUpperCase(Locale.ROOT);
        boolean pairs = kind.equals("XY");
        if (!pairs && !kind.equals("Y") && !kind.isEmpty()) {
            throw new UnsupportedFileException(file, "DATATYPE is " + Keywords.shown(kind) + "; Y and XY are read");
        }
        Numbers numbers = new Numbers(file, pairs ? 2 * points : points);
        boolean ended = false;
        for (int i = first; i < lines.length && !ended; i++) {
            String line = lines[i].strip();
            ended = line.toUpperCase(Locale.ROOT).startsWith(END);
            if (!ended) {
                numbers.add(line, i + 1);
            }
        }
        if (!ended) {
            throw new MalformedFileException(
                    file, "line " + lines.length, "the file ends without " + END + "; it was cut");
        }
        double[] values = numbers.all();
        double[] xs = new double[pairs ? points : 0];
        double[] counts = values;
        if (pairs) {
            counts = new double[points];
            for (int i = 0; i < points; i++) {
                xs[i] = values[2 * i];
                counts[i] = values[2 * i + 1];
            }
        }
        Axis axis = MsaAxis.of(file, keywords, points, xs, warnings);
        return new Recording(file, NAME, List.of(signal(keywords, axis, counts, warnings)), warnings);
    }

    private static Signal signal(Keywords keywords, Axis axis, double[] counts, List<String> warnings) {
        Statistics.Collector statistics = new Statistics.Collector();
        int negative = 0;
        for (double count : counts) {
            statistics.add(count);
            negative += count < 0 ? 1 : 0;
        }
        if (negative > 0) {
            warnings.add(negative + " of " + counts.length + " channels are negative: these are no counts");
        }
        Optional<String> type = keywords.find("#SIGNALTYPE").map(Keywords.Entry::text);
        boolean xrays = !keywords.text(MsaAcquisition.XRAY_COUNTS).equals("no");
        if (type.isPresent() && !type.get().toUpperCase(Locale.ROOT).matches("EDS.*|EDX.*|WDS|XRF|")) {
            xrays = false;
            warnings.add("SIGNALTYPE is " + Keywords.shown(type.get()) + ": this is no X-ray spectrum");
        } else if (!xrays) {
            warnings.add("these are no X-rays, or not said to be: no element is counted from them");
        }
        EnergyAxis energy = new EnergyAxis(counts.length, axis.offset(), axis.scale());
        Spectrum spectrum = xrays ? Spectrum.of(energy, counts) : Spectrum.signed(energy, counts);
        return new Signal(
                keywords.text("#TITLE"),
                List.of(axis),
                statistics.get(),
                MsaAcquisition.of(keywords, warnings),
                new Signal.SingleSpectrum(spectrum));
    }

    /** Reads the keywords; returns the index of the first line of numbers. */
    private static int header(Path file, String[] lines, Keywords keywords) {
        boolean known = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty()) {
                continue;
            }
            if (!line.startsWith("#")) {
                throw new MalformedFileException(
                        file,
                        "line " + (i + 1),
                        "'" + Keywords.shown(line) + "', where a keyword that begins with # is expected");
            }
            keywords.add(line, i + 1);
            if (!known && !keywords.names().contains("#FORMAT")) {
                throw new MalformedFileException(
                        file, "line " + (i + 1), "'" + Keywords.shown(line) + "', where #FORMAT is expected");
            }
            known = true;
            if (keywords.names().contains("#SPECTRUM")) {
                return i + 1;
            }
        }
        throw new MalformedFileException(file, "line " + lines.length, "the file ends without #SPECTRUM");
    }

    private static String text(Path file) {
        try {
            long size = Files.size(file);
            if (size > LONGEST) {
                throw new UnsupportedFileException(
                        file, size + " bytes are no single spectrum; at most " + LONGEST + " are read");
            }
            byte[] bytes = Files.readAllBytes(file);
            String text;
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                text = new String(bytes, StandardCharsets.ISO_8859_1);
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", Reason.of(e), e);
        }
    }
}
