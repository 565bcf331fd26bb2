package org.hyalite.io.mrc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.io.format.Reason;

/** The ten lines of text in an MRC file's header, where programs say what they did. */
public final class MrcLabels {
    static final int LENGTH = 80;
    static final int COUNT = 10;

    private MrcLabels() {}

    /**
     * The labels of a file, those of blanks left out; none of a file too short to be MRC.
     *
     * @throws java.io.UncheckedIOException naming the file, if it cannot be read
     */
    public static List<String> of(Path file) {
        byte[] header;
        try (InputStream in = Files.newInputStream(file)) {
            header = in.readNBytes(MrcHeader.BYTES);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(file + " cannot be read: " + Reason.of(e), e);
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < COUNT && header.length == MrcHeader.BYTES; i++) {
            int at = MrcHeader.LABELS_AT + 4 + i * LENGTH;
            String label = new String(header, at, LENGTH, StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            if (!label.isEmpty()) {
                labels.add(label);
            }
        }
        return List.copyOf(labels);
    }
}
