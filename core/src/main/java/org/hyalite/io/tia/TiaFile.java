package org.hyalite.io.tia;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Reason;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Reads the files of TIA: {@code NAME.emi} with all its {@code NAME_1.ser}, {@code NAME_2.ser} … beside it, or one
 * {@code .ser} file with what the {@code .emi} beside it says; where that is missing, a warning says so.
 */
public final class TiaFile implements Format {
    private static final String NAME = "TIA (.emi .ser)";
    private static final String SER = ".ser";
    private static final String EMI = ".emi";
    private static final Pattern SERIES = Pattern.compile("(.*)_([0-9]{1,6})\\.ser", Pattern.CASE_INSENSITIVE);

    private TiaFile() {}

    public static TiaFile format() {
        return new TiaFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        return ends(file, SER) || ends(file, EMI);
    }

    @Override
    public Recording read(Path file) {
        List<String> warnings = new ArrayList<>();
        List<Signal> signals = ends(file, EMI) ? all(file, warnings) : List.of(one(file, warnings));
        return new Recording(file, NAME, signals, warnings);
    }

    private static List<Signal> all(Path emi, List<String> warnings) {
        List<EmiObject> objects = EmiFile.read(emi);
        TreeMap<Integer, Path> series = seriesOf(emi);
        TreeSet<Integer> missing = new TreeSet<>();
        objects.forEach(o -> o.number().ifPresent(missing::add));
        missing.removeAll(series.keySet());
        String base = base(emi);
        String named = missing.stream()
                .map(n -> base + "_" + n + SER)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        if (series.isEmpty()) {
            throw new UnsupportedFileException(
                    emi,
                    named.isEmpty()
                            ? "it names no series, and there is no " + base + "_1.ser beside it"
                            : "its values stand in " + named + ", which must lie beside it");
        }
        if (!missing.isEmpty()) {
            warnings.add(named + " is missing beside " + emi.getFileName());
        }
        List<Signal> signals = new ArrayList<>();
        series.forEach((number, ser) -> signals.add(signal(ser, described(objects, number), warnings)));
        series.forEach((number, ser) -> {
            if (described(objects, number).isEmpty()) {
                warnings.add(emi.getFileName() + " says nothing of " + ser.getFileName());
            }
        });
        return signals;
    }

    private static Signal one(Path ser, List<String> warnings) {
        Matcher name = SERIES.matcher(ser.getFileName().toString());
        Optional<Path> emi = name.matches() ? emiBeside(ser, name.group(1)) : Optional.empty();
        Optional<EmiObject> object = Optional.empty();
        if (emi.isEmpty()) {
            warnings.add((name.matches() ? name.group(1) + EMI + " is missing beside it" : "it belongs to no .emi file")
                    + ": nothing is known of how it was recorded");
        } else {
            try {
                object = described(EmiFile.read(emi.get()), Integer.parseInt(name.group(2)));
                warnings.add(
                        object.isPresent()
                                ? "how it was recorded is taken from "
                                        + emi.get().getFileName() + " beside it"
                                : emi.get().getFileName() + " beside it says nothing of it");
            } catch (MicroscopeFileException e) {
                warnings.add("what is beside it cannot be used: " + e.getMessage());
            }
        }
        return signal(ser, object, warnings);
    }

    private static Signal signal(Path ser, Optional<EmiObject> object, List<String> warnings) {
        try (TiaBytes in = TiaBytes.open(ser)) {
            return TiaSignals.of(SerSeries.read(in), new TiaMetadata(object), warnings);
        }
    }

    /** What is said of a series; the last word counts where it is described twice. */
    private static Optional<EmiObject> described(List<EmiObject> objects, int number) {
        return objects.stream()
                .filter(o -> o.number().isPresent() && o.number().getAsInt() == number)
                .reduce((first, last) -> last);
    }

    /** The series that lie beside an {@code .emi} file, by number. */
    private static TreeMap<Integer, Path> seriesOf(Path emi) {
        TreeMap<Integer, Path> series = new TreeMap<>();
        for (Path sibling : beside(emi)) {
            Matcher name = SERIES.matcher(sibling.getFileName().toString());
            if (name.matches() && name.group(1).equals(base(emi))) {
                series.put(Integer.parseInt(name.group(2)), sibling);
            }
        }
        return series;
    }

    private static Optional<Path> emiBeside(Path ser, String base) {
        return Stream.of(EMI, ".EMI", ".Emi")
                .map(ending -> ser.resolveSibling(base + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<Path> beside(Path file) {
        try (Stream<Path> all = Files.list(file.toAbsolutePath().getParent())) {
            return all.filter(Files::isRegularFile)
                    .map(p -> file.resolveSibling(p.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MalformedFileException(file, "its folder", Reason.of(e), e);
        }
    }

    private static String base(Path emi) {
        String name = emi.getFileName().toString();
        return name.substring(0, name.length() - EMI.length());
    }

    private static boolean ends(Path file, String ending) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
