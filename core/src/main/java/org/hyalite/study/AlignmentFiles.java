package org.hyalite.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hyalite.align.Alignment;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Reason;
import org.hyalite.io.mrc.TiltAngles;
import org.hyalite.io.mrc.XfFile;
import org.hyalite.io.tomviz.TomvizShifts;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;

/**
 * Alignments in files: our own table ({@code .csv}, the axis in a {@code .json} of the same name), IMOD's {@code .xf} with
 * its tilts, and tomviz' shifts. What each holds and in which sense: {@link StackFrame}.
 */
final class AlignmentFiles {
    /** Another program's format. */
    enum Program {
        IMOD,
        TOMVIZ;

        /** The programs of a list such as {@code imod,tomviz}. */
        static Set<Program> of(List<String> names) {
            Set<Program> all = java.util.EnumSet.noneOf(Program.class);
            for (String name : names) {
                all.add(Arrays.stream(values())
                        .filter(p -> p.name().equals(name.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new InputException("--export '" + name + "': known are imod and tomviz")));
            }
            return all;
        }
    }

    private static final double SAME_TILT_DEG = 0.5;

    private AlignmentFiles() {}

    /** An alignment of a file; what its format cannot say becomes a warning. */
    static Alignment read(StudyRecord record, Path file, StackFrame frame) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such file");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            record.input("alignment", file);
            if (name.endsWith(".xf")) {
                XfFile xf = XfFile.read(file);
                double[] tilts = tilts(record, file, xf.rows().size(), Optional.empty());
                return frame.ofXf(xf.rows(), tilts, file.toString());
            }
            if (name.endsWith(".tvsm") || name.endsWith(".csv") && TomvizShifts.isTable(firstLine(file))) {
                TomvizShifts shifts = TomvizShifts.read(file);
                double[] tilts = tilts(record, file, shifts.offsets().size(), shifts.tiltsDeg());
                return frame.ofTomviz(shifts.offsets(), tilts, file.toString());
            }
            if (name.endsWith(".csv")) {
                return table(record, file);
            }
        } catch (MicroscopeFileException e) {
            throw new InputException(e.getMessage(), e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        throw new InputException(
                file + ": an alignment stands in a .csv (ours or tomviz'), an .xf (IMOD) or a .tvsm (tomviz)");
    }

    private static String firstLine(Path file) throws IOException {
        char[] start = new char[200];
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int n = text.read(start);
            return n < 0 ? "" : new String(start, 0, n).split("\\R", 2)[0];
        }
    }

    private static Alignment table(StudyRecord record, Path csv) throws IOException {
        Alignment alignment = Alignment.fromCsv(Files.readString(csv), csv.toString());
        Path json = csv.resolveSibling(csv.getFileName().toString().replaceFirst("[.]csv$", "") + ".json");
        if (!Files.exists(json)) {
            record.warn(csv + ": no " + json.getFileName()
                    + " beside it says where the axis is; it is taken upright in the middle");
            return alignment;
        }
        JsonNode axis = Json.read(json);
        if (!axis.path("axis_offset_px").isNumber()
                || !axis.path("axis_rotation_deg").isNumber()) {
            throw new InputException(json + ": axis_offset_px or axis_rotation_deg is missing");
        }
        return alignment.withAxis(
                axis.path("axis_offset_px").asDouble(),
                axis.path("axis_rotation_deg").asDouble());
    }

    /** The tilts of the rows: those in the file itself, or in a file beside it. */
    private static double[] tilts(StudyRecord record, Path file, int rows, Optional<List<Double>> own) {
        List<TiltAngles> beside = TiltAngles.candidates(file).stream()
                .flatMap(f -> TiltAngles.read(f).stream())
                .toList();
        List<Double> tilts = own.or(
                        () -> beside.stream().map(TiltAngles::degrees).findFirst())
                .orElseThrow(() -> new InputException(
                        file + ": which tilt each row belongs to is not known; put its .rawtlt or .tlt beside it"));
        String source = own.isPresent() ? file.toString() : beside.get(0).file().toString();
        if (tilts.size() != rows) {
            throw new InputException(
                    file + ": " + rows + " images, but " + source + " holds " + tilts.size() + " tilts");
        }
        for (TiltAngles other : beside) {
            double apart = 0;
            for (int i = 0; i < Math.min(rows, other.degrees().size()); i++) {
                apart = Math.max(apart, Math.abs(other.degrees().get(i) - tilts.get(i)));
            }
            if (apart > SAME_TILT_DEG) {
                record.warn(String.format(
                        Locale.ROOT,
                        "%s differs from %s by up to %.2f°; the tilts of the images stay as they are: give refined ones"
                                + " as tilts of the series",
                        other.file(),
                        source,
                        apart));
            }
        }
        return tilts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** With a row for images that were refused too, which other programs count: it moves nothing. */
    private static Alignment ofAll(StudyRecord record, Alignment alignment, List<Double> storedTiltsDeg) {
        double[] tilts =
                storedTiltsDeg.stream().mapToDouble(Double::doubleValue).toArray();
        double[] y = new double[tilts.length];
        double[] x = new double[tilts.length];
        double[] known = alignment.tiltsDeg();
        for (int i = 0; i < tilts.length; i++) {
            double tilt = tilts[i];
            if (Arrays.stream(known).noneMatch(k -> Math.abs(k - tilt) <= SAME_TILT_DEG)) {
                record.warn(
                        "the image at " + tilt
                                + "° has no alignment; its row in the files for other programs moves nothing: leave it out there");
                continue;
            }
            Alignment own = alignment.forTilts(tilt);
            y[i] = own.shiftYPx()[0];
            x[i] = own.shiftXPx()[0];
        }
        return Alignment.of(
                tilts,
                y,
                x,
                alignment.axisOffsetPx(),
                alignment.axisRotationDeg(),
                alignment.method(),
                new double[0],
                List.of());
    }

    /**
     * Writes {@code NAME.xf} with {@code NAME.rawtlt}, {@code NAME.tvsm}, for the stack as stored.
     *
     * @param storedTiltsDeg in the stack's order
     * @return what was written, and what a format cannot say
     */
    static List<String> export(
            StudyRecord record,
            Alignment alignment,
            List<Double> storedTiltsDeg,
            StackFrame frame,
            Path folder,
            String name,
            Set<Program> programs) {
        List<String> told = new ArrayList<>();
        Alignment stored = programs.isEmpty() ? alignment : ofAll(record, alignment, storedTiltsDeg);
        if (programs.contains(Program.IMOD)) {
            Path file = folder.resolve(name + ".xf");
            XfFile.write(file, frame.toXf(stored));
            XfFile.writeTilts(folder.resolve(name + ".rawtlt"), storedTiltsDeg);
            told.add("wrote " + file + " and .rawtlt (IMOD)");
        }
        if (programs.contains(Program.TOMVIZ)) {
            Path file = folder.resolve(name + ".tvsm");
            TomvizShifts.write(file, frame.toTomviz(stored), storedTiltsDeg);
            told.add("wrote " + file + " (tomviz)");
            double lost = frame.lostInTomviz(stored);
            if (lost > 0) {
                record.warn(String.format(
                        Locale.ROOT, "%s: tomviz holds whole pixels; images are up to %.2f px off there", file, lost));
            }
            if (stored.axisRotationDeg() != 0) {
                record.warn(String.format(
                        Locale.ROOT,
                        "%s: tomviz' shifts hold no rotation; turn the images by %.2f° there (axis from y towards x)",
                        file,
                        -stored.axisRotationDeg()));
            }
        }
        if (!programs.isEmpty() && alignment.gains().isPresent()) {
            record.warn(
                    "the detector gains are left out of the files for other programs, which have no place for them");
        }
        return told;
    }
}
