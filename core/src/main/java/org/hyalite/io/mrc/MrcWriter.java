package org.hyalite.io.mrc;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.physics.Units;

/**
 * Writes MRC2014 files: 32-bit floats (mode 2), masks as bytes (mode 0), little-endian, row 0 of the file is row 0 of the image. Values are
 * streamed row by row; no copy of the whole is made. A file appears under its name only when it is whole.
 */
public final class MrcWriter {
    private MrcWriter() {}

    /** Rows of planes, as they go into the file. */
    private interface Rows {
        void row(int plane, int y, float[] into);
    }

    /** Size and spacing of what is written; a pixel of {@code NaN} is written as a cell of zero, which is MRC's "unknown". */
    private record Shape(
            String what,
            int planes,
            int ny,
            int nx,
            double pixelNm,
            boolean volume,
            boolean bytes,
            Optional<String> note) {
        Shape(String what, int planes, int ny, int nx, double pixelNm, boolean volume, Optional<String> note) {
            this(what, planes, ny, nx, pixelNm, volume, false, note);
        }
    }

    /**
     * Writes a volume, {@code [z, y, x]}, as space group 1 with its cell in Å.
     *
     * @throws IllegalArgumentException if a voxel is not a finite number
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void writeVolume(Path file, Volume volume) {
        writeVolume(file, volume, Optional.empty());
    }

    /** The same with a note that goes into the header's second label: ASCII, at most 80 characters. */
    public static void writeVolume(Path file, Volume volume, Optional<String> note) {
        Shape shape = new Shape("volume", volume.nz(), volume.ny(), volume.nx(), volume.voxelNm(), true, note);
        float[][] blocks = volume.blocks();
        write(file, shape, (z, y, into) -> copyRow(blocks, volume.ny(), z, y, into));
    }

    /**
     * Writes a mask, {@code [z, y, x]}, as a volume of bytes (mode 0): 1 where a voxel is meant, else 0.
     *
     * @param note goes into the header's second label: ASCII, at most 80 characters
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void writeMask(Path file, VolumeMask mask, Optional<String> note) {
        Shape shape = new Shape("mask", mask.nz(), mask.ny(), mask.nx(), mask.voxelNm(), true, true, note);
        write(file, shape, (z, y, into) -> {
            for (int x = 0; x < into.length; x++) {
                into[x] = mask.contains(z, y, x) ? 1 : 0;
            }
        });
    }

    /**
     * Writes a tilt series, {@code [tilt, y, x]}, with its tilts in ascending order, as an image stack (space group 0).
     * The angles stand beside it in {@code NAME.rawtlt}, one per line, which is written first.
     *
     * @throws IllegalArgumentException if a pixel is not a finite number
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void writeSeries(Path file, TiltSeries series) {
        writeSeries(file, series, Optional.empty());
    }

    /** The same with a note that goes into the header's second label: ASCII, at most 80 characters. */
    public static void writeSeries(Path file, TiltSeries series, Optional<String> note) {
        int[] order = java.util.stream.IntStream.range(0, series.tilts())
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(series.geometry()::tiltDeg))
                .mapToInt(Integer::intValue)
                .toArray();
        Shape shape = new Shape("tilt series", series.tilts(), series.ny(), series.nx(), series.pixelNm(), false, note);
        float[][] blocks = series.blocks();
        Rows rows = (plane, y, into) -> copyRow(blocks, series.ny(), order[plane], y, into);
        byte[] header = header(shape, rows);
        StringBuilder angles = new StringBuilder();
        for (int i : order) {
            angles.append(BigDecimal.valueOf(series.geometry().tiltDeg(i)).toPlainString())
                    .append('\n');
        }
        AtomicWrite.file(
                TiltAngles.beside(file, ".rawtlt"),
                out -> out.write(angles.toString().getBytes(StandardCharsets.US_ASCII)));
        AtomicWrite.file(file, out -> writeAll(out, header, shape, rows));
    }

    /**
     * Writes images of one size and pixel as an image stack (space group 0).
     *
     * @throws IllegalArgumentException if there is none, their sizes differ or a pixel is not a finite number
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void writeStack(Path file, List<Image> images) {
        writeStack(file, images, Optional.empty());
    }

    /** The same with a note that goes into the header's second label: ASCII, at most 80 characters. */
    public static void writeStack(Path file, List<Image> images, Optional<String> note) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a stack without images");
        }
        Image first = images.get(0);
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            if (image.ny() != first.ny()
                    || image.nx() != first.nx()
                    || Double.compare(image.pixelNm(), first.pixelNm()) != 0) {
                throw new IllegalArgumentException("image " + i + " has " + image.ny() + " × " + image.nx()
                        + " pixels of " + image.pixelNm() + " nm, image 0 has " + first.ny() + " × " + first.nx()
                        + " of " + first.pixelNm() + " nm");
            }
        }
        Shape shape = new Shape("stack", images.size(), first.ny(), first.nx(), first.pixelNm(), false, note);
        write(
                file,
                shape,
                (plane, y, into) -> System.arraycopy(images.get(plane).values(), y * first.nx(), into, 0, first.nx()));
    }

    private static void write(Path file, Shape shape, Rows rows) {
        byte[] header = header(shape, rows);
        AtomicWrite.file(file, out -> writeAll(out, header, shape, rows));
    }

    private static void copyRow(float[][] blocks, int ny, int plane, int y, float[] into) {
        int b = y / Blocks.WIDTH;
        int width = Blocks.width(ny, b);
        int at = plane * into.length * width + y % Blocks.WIDTH;
        float[] block = blocks[b];
        for (int x = 0; x < into.length; x++) {
            into[x] = block[at];
            at += width;
        }
    }

    private static void writeAll(OutputStream out, byte[] header, Shape shape, Rows rows) throws IOException {
        out.write(header);
        float[] row = new float[shape.nx];
        int size = shape.bytes ? 1 : Float.BYTES;
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(size, shape.nx)).order(ByteOrder.LITTLE_ENDIAN);
        for (int plane = 0; plane < shape.planes; plane++) {
            for (int y = 0; y < shape.ny; y++) {
                rows.row(plane, y, row);
                if (shape.bytes) {
                    for (int x = 0; x < row.length; x++) {
                        bytes.put(x, (byte) row[x]);
                    }
                } else {
                    bytes.asFloatBuffer().put(row);
                }
                out.write(bytes.array());
            }
        }
    }

    private static byte[] header(Shape shape, Rows rows) {
        double sum = 0;
        double squares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        float[] row = new float[shape.nx];
        for (int plane = 0; plane < shape.planes; plane++) {
            for (int y = 0; y < shape.ny; y++) {
                rows.row(plane, y, row);
                for (int x = 0; x < row.length; x++) {
                    double v = row[x];
                    if (!Double.isFinite(v)) {
                        throw new IllegalArgumentException("the " + shape.what + " to be written has " + v
                                + " in plane " + plane + ", row " + y + ", column " + x);
                    }
                    sum += v;
                    squares += v * v;
                    min = Math.min(min, v);
                    max = Math.max(max, v);
                }
            }
        }
        double count = (double) shape.planes * shape.ny * shape.nx;
        double mean = sum / count;
        double rms = Math.sqrt(Math.max(0, squares / count - mean * mean));
        int mz = shape.volume ? shape.planes : 1;
        double angstrom = Double.isNaN(shape.pixelNm) ? 0 : shape.pixelNm * Units.ANGSTROM_PER_NM;
        ByteBuffer h = ByteBuffer.allocate(MrcHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        h.putInt(shape.nx).putInt(shape.ny).putInt(shape.planes);
        h.putInt(shape.bytes ? MrcHeader.MODE_BYTES : MrcHeader.MODE_FLOAT);
        h.putInt(0).putInt(0).putInt(0);
        h.putInt(shape.nx).putInt(shape.ny).putInt(mz);
        h.putFloat((float) (shape.nx * angstrom)).putFloat((float) (shape.ny * angstrom));
        h.putFloat((float) (mz * angstrom));
        h.putFloat(90).putFloat(90).putFloat(90);
        h.putInt(1).putInt(2).putInt(3);
        h.putFloat((float) min).putFloat((float) max).putFloat((float) mean);
        h.putInt(shape.volume ? 1 : 0).putInt(0);
        h.putInt(MrcHeader.VERSION_AT, MrcHeader.VERSION);
        h.put(MrcHeader.MAP_AT, new byte[] {'M', 'A', 'P', ' ', 0x44, 0x44, 0, 0});
        h.putFloat(MrcHeader.RMS_AT, (float) rms);
        h.putInt(MrcHeader.LABELS_AT, shape.note.isPresent() ? 2 : 1);
        h.put(MrcHeader.LABELS_AT + 4, label("Hyalite " + shape.what));
        shape.note.ifPresent(note -> h.put(MrcHeader.LABELS_AT + 4 + MrcLabels.LENGTH, label(note)));
        return h.array();
    }

    private static byte[] label(String text) {
        if (text.length() > MrcLabels.LENGTH
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no label of at most " + MrcLabels.LENGTH + " ASCII characters");
        }
        return String.format("%-" + MrcLabels.LENGTH + "s", text).getBytes(StandardCharsets.US_ASCII);
    }
}
