package org.hyalite.io.jeol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition.Key;

/**
 * Reads the files of JEOL's Analysis Station: images and maps of lines, {@code [y, x]}, spectra, {@code [energy]}, maps of
 * spectra, {@code [y, x, energy]} in counts summed over the complete sweeps, and projects, which hold all of these. The
 * beam current is what the operator told the program (its tag {@code AccNA}); a project knows the stage's tilt.
 */
public final class JeolFile implements Format {
    private static final String NAME = "JEOL Analysis Station";
    private static final Set<String> IMAGES = Set.of("img", "map");

    private JeolFile() {}

    public static JeolFile format() {
        return new JeolFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Endings {@code .img} and {@code .map} are shared with others: there the first bytes decide. */
    @Override
    public boolean recognises(Path file) {
        String ending = ending(file);
        return Set.of("asw", "pts", "eds").contains(ending) || IMAGES.contains(ending) && isImage(file);
    }

    @Override
    public Recording read(Path file) {
        List<String> warnings = new ArrayList<>();
        List<Signal> signals = ending(file).equals("asw") ? project(file, warnings) : signals(file, warnings);
        return new Recording(file, NAME, signals, warnings);
    }

    /** Whether a project's file is of a kind that is read. */
    static boolean isMember(Path file) {
        return IMAGES.contains(ending(file)) || Set.of("pts", "eds").contains(ending(file));
    }

    private static List<Signal> project(Path file, List<String> warnings) {
        List<Signal> signals = new ArrayList<>();
        for (Map.Entry<Path, Optional<Tag>> member :
                AswProject.members(file, warnings).entrySet()) {
            List<String> ofMember = new ArrayList<>();
            for (Signal signal : signals(member.getKey(), ofMember)) {
                signals.add(withTilt(signal, member.getValue()));
            }
            ofMember.forEach(w -> warnings.add(member.getKey().getFileName() + ": " + w));
        }
        if (signals.isEmpty()) {
            throw new UnsupportedFileException(
                    file,
                    "none of the project's files can be read"
                            + (warnings.isEmpty() ? ": it names none" : ": " + warnings.get(0)));
        }
        return signals;
    }

    private static Signal withTilt(Signal signal, Optional<Tag> tilt) {
        return tilt.map(t -> new Signal(
                        signal.name(),
                        signal.axes(),
                        signal.statistics(),
                        signal.acquisition().with(Key.TILT, t.number(), "project, " + t.path()),
                        signal.data()))
                .orElse(signal);
    }

    private static List<Signal> signals(Path file, List<String> warnings) {
        return switch (ending(file)) {
            case "pts" -> PtsFile.read(file, warnings);
            case "eds" -> List.of(EdsFile.read(file, warnings));
            default -> List.of(JeolImage.read(file, warnings));
        };
    }

    private static boolean isImage(Path file) {
        ByteBuffer head =
                ByteBuffer.allocate(Integer.BYTES + JeolImage.FORM.length()).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // goes on
            }
        } catch (IOException e) {
            return false;
        }
        return !head.hasRemaining()
                && head.getInt(0) == JeolImage.MAGIC
                && new String(head.array(), Integer.BYTES, JeolImage.FORM.length(), StandardCharsets.ISO_8859_1)
                        .equals(JeolImage.FORM);
    }

    private static String ending(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
