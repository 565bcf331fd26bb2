package org.hyalite.app.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.io.mrc.MrcSections;
import org.hyalite.study.AlignedSection;

/** One section of a volume or of a series, as float32 with its lowest byte first, row by row. */
final class Sections {
    private static final int PIECE = 1 << 16;

    private Sections() {}

    /** {@code file, axis, index}; with {@code aligned=true} an image of a tilt series is brought to the tilt axis. */
    static void answer(Folder folder, Diagrams diagrams, Map<String, String> query, Reply reply) throws IOException {
        Path file = folder.file(UrlPath.decodedSegments(given(query, "file")));
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".mrc")) {
            throw new Refusal(Refusal.BAD_REQUEST, "sections are of .mrc files, not of " + file.getFileName());
        }
        MrcSections.Axis axis = axis(given(query, "axis"));
        MrcSections sections = MrcSections.of(file);
        int index = index(given(query, "index"), sections.count(axis));
        boolean aligned = query.getOrDefault("aligned", "false").equals("true");
        if (aligned && axis != MrcSections.Axis.Z) {
            throw new Refusal(Refusal.BAD_REQUEST, "aligned: images of a tilt series are along axis z");
        }
        Optional<Image> image = aligned
                ? Optional.of(diagrams.alone(() -> AlignedSection.of(folder.path(), file, sections, index)))
                : Optional.empty();
        int rows = sections.rows(axis);
        int columns = sections.columns(axis);
        reply.header("X-Rows", Integer.toString(rows));
        reply.header("X-Columns", Integer.toString(columns));
        try (OutputStream out = reply.begin(200, "application/octet-stream", (long) Float.BYTES * rows * columns)) {
            if (reply.head()) {
                return;
            }
            int rowBytes = Float.BYTES * columns;
            ByteBuffer bytes = ByteBuffer.allocate(Math.max(PIECE / rowBytes, 1) * rowBytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
            MrcSections.Rows send = row -> {
                if (bytes.remaining() < rowBytes) {
                    out.write(bytes.array(), 0, bytes.position());
                    bytes.clear();
                }
                bytes.asFloatBuffer().put(row);
                bytes.position(bytes.position() + rowBytes);
            };
            if (image.isPresent()) {
                for (int y = 0; y < rows; y++) {
                    send.row(Arrays.copyOfRange(image.get().values(), y * columns, (y + 1) * columns));
                }
            } else {
                sections.section(axis, index, send);
            }
            out.write(bytes.array(), 0, bytes.position());
        }
    }

    private static String given(Map<String, String> query, String key) {
        String value = query.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new Refusal(
                    Refusal.BAD_REQUEST, key + " is missing; ask section?file=sample/density_EL.mrc&axis=z&index=0");
        }
        return value;
    }

    private static MrcSections.Axis axis(String name) {
        return switch (name) {
            case "z" -> MrcSections.Axis.Z;
            case "y" -> MrcSections.Axis.Y;
            case "x" -> MrcSections.Axis.X;
            default -> throw new Refusal(Refusal.BAD_REQUEST, "axis: z, y or x is expected");
        };
    }

    private static int index(String text, int count) {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) < count) {
            return Integer.parseInt(text);
        }
        throw new Refusal(Refusal.BAD_REQUEST, "index: a number from 0 to " + (count - 1) + " is expected");
    }
}
