package org.hyalite.io.mrc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.hyalite.io.format.MalformedFileException;

/**
 * Tilt angles that stand in a text file beside an MRC file, or beside a file of shifts.
 *
 * @param file where they stand
 * @param degrees in the order of the images
 */
public record TiltAngles(Path file, List<Double> degrees) {
    private static final long LONGEST_FILE = 64L << 20;

    public TiltAngles {
        degrees = List.copyOf(degrees);
    }

    /** The name beside a file: its name without the last extension, and {@code extension}. */
    static Path beside(Path file, String extension) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + extension);
    }

    /** The files beside a file that hold angles ({@code .rawtlt}, {@code .tlt}, {@code .mdoc}), in the order in which they are believed. */
    public static List<Path> candidates(Path file) {
        List<Path> found = new ArrayList<>();
        for (Path p : List.of(
                beside(file, ".rawtlt"),
                beside(file, ".tlt"),
                file.resolveSibling(file.getFileName() + ".mdoc"),
                beside(file, ".mdoc"))) {
            if (Files.isRegularFile(p)) {
                found.add(p);
            }
        }
        return found;
    }

    /**
     * Reads the angles of a file, degrees; absent if it is an .mdoc without any.
     *
     * @throws MalformedFileException if a line is no angle, naming it
     */
    public static Optional<TiltAngles> read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new MalformedFileException(file, "its size", Files.size(file) + " bytes are no list of angles");
            }
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                boolean mdoc =
                        file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".mdoc");
                List<Double> degrees = mdoc ? mdoc(file, lines) : plain(file, lines);
                return mdoc && degrees.isEmpty() ? Optional.empty() : Optional.of(new TiltAngles(file, degrees));
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Double> plain(Path file, BufferedReader lines) throws IOException {
        List<Double> degrees = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty()) {
                degrees.add(angle(file, number, text.split("\\s+")[0]));
            }
        }
        return degrees;
    }

    private static List<Double> mdoc(Path file, BufferedReader lines) throws IOException {
        TreeMap<Integer, Double> byImage = new TreeMap<>();
        int image = -1;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.strip();
            int equals = text.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = text.substring(0, equals).strip();
            String value = text.substring(equals + 1).replace(']', ' ').strip();
            if (key.equals("[ZValue")) {
                try {
                    image = Integer.parseInt(value);
                } catch (NumberFormatException e) {
                    throw new MalformedFileException(file, "line " + number, "image number '" + shown(value) + "'", e);
                }
            } else if (key.equals("TiltAngle") && image >= 0) {
                byImage.put(image, angle(file, number, value));
            }
        }
        return new ArrayList<>(byImage.values());
    }

    private static double angle(Path file, int line, String text) {
        double degrees;
        try {
            degrees = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new MalformedFileException(file, "line " + line, "'" + shown(text) + "' is not an angle", e);
        }
        if (!(Math.abs(degrees) <= 180)) {
            throw new MalformedFileException(file, "line " + line, "tilt " + degrees + "° is not within ±180°");
        }
        return degrees;
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}
