package org.hyalite.io.mrc;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.Units;

/**
 * Sections of an MRC file, {@code [z, y, x]} (z: plane, or image of a stack), read where they stand: never more than a
 * few rows are in memory, whatever the file's size.
 */
public final class MrcSections {
    /** Bytes read at a time, or one row where that is longer. */
    private static final int PIECE = 1 << 18;

    /** Across what a section is cut. */
    public enum Axis {
        /** Rows y, columns x. */
        Z,
        /** Rows z, columns x. */
        Y,
        /** Rows z, columns y. */
        X
    }

    /** Takes the rows of a section, one after the other. */
    public interface Rows {
        /** @param row is overwritten by the next row */
        void row(float[] row) throws IOException;
    }

    private final Path file;
    private final MrcHeader header;
    private final List<Double> tiltsDeg;

    private MrcSections(Path file, MrcHeader header, List<Double> tiltsDeg) {
        this.file = file;
        this.header = header;
        this.tiltsDeg = tiltsDeg;
    }

    /**
     * Reads and checks the header of a file, and the tilts beside it.
     *
     * @throws org.hyalite.io.format.MicroscopeFileException if the file is not sound
     */
    public static MrcSections of(Path file) {
        MrcHeader header;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < MrcHeader.BYTES) {
                throw MalformedFileException.at(
                        file, size, "the file ends within its header of " + MrcHeader.BYTES + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate(MrcHeader.BYTES);
            fill(channel, 0, bytes);
            header = MrcHeader.read(file, bytes.array(), size);
        } catch (IOException e) {
            throw new MalformedFileException(file, "its header", "it cannot be read: " + Reason.of(e), e);
        }
        List<Double> tilts = TiltAngles.candidates(file).stream()
                .map(TiltAngles::read)
                .flatMap(Optional::stream)
                .findFirst()
                .map(TiltAngles::degrees)
                .orElse(List.of());
        if (!tilts.isEmpty() && tilts.size() != header.planes()) {
            throw new MalformedFileException(
                    file,
                    "its " + header.planes() + " images",
                    tilts.size() + " angles stand beside it; there must be one per image");
        }
        return new MrcSections(file, header, tilts);
    }

    public int planes() {
        return header.planes();
    }

    public int ny() {
        return header.ny();
    }

    public int nx() {
        return header.nx();
    }

    /** Edge of a pixel along x, nm; empty where the file gives none. */
    public OptionalDouble pixelNm() {
        double nm = header.stepsAngstrom()[0] / Units.ANGSTROM_PER_NM;
        return nm > 0 ? OptionalDouble.of(nm) : OptionalDouble.empty();
    }

    /** Tilts of the images, degrees, from a file beside it; empty where there is none. */
    public List<Double> tiltsDeg() {
        return tiltsDeg;
    }

    /** Whether its planes are those of a volume, not images. */
    public boolean isVolume() {
        return tiltsDeg.isEmpty() && header.group() != 0;
    }

    /** How many sections there are across an axis. */
    public int count(Axis axis) {
        return switch (axis) {
            case Z -> planes();
            case Y -> ny();
            case X -> nx();
        };
    }

    /** Rows of a section. */
    public int rows(Axis axis) {
        return axis == Axis.Z ? ny() : planes();
    }

    /** Columns of a section. */
    public int columns(Axis axis) {
        return axis == Axis.X ? ny() : nx();
    }

    /**
     * Hands over one section, row by row.
     *
     * @throws IndexOutOfBoundsException if there is no such section
     * @throws IOException what {@code into} throws, or if the file cannot be read any more
     */
    public void section(Axis axis, int index, Rows into) throws IOException {
        java.util.Objects.checkIndex(index, count(axis));
        float[] row = new float[columns(axis)];
        try (Reader reader = open()) {
            switch (axis) {
                case Z -> {
                    for (int y = 0; y < ny(); y++) {
                        reader.read(index, y, 1, row);
                        into.row(row);
                    }
                }
                case Y -> {
                    for (int z = 0; z < planes(); z++) {
                        reader.read(z, index, 1, row);
                        into.row(row);
                    }
                }
                case X -> {
                    int some = Math.min(ny(), reader.rowsAtOnce());
                    float[] values = new float[some * nx()];
                    for (int z = 0; z < planes(); z++) {
                        for (int from = 0; from < ny(); from += some) {
                            int count = Math.min(some, ny() - from);
                            reader.read(z, from, count, values);
                            for (int i = 0; i < count; i++) {
                                row[from + i] = values[i * nx() + index];
                            }
                        }
                        into.row(row);
                    }
                }
            }
        }
    }

    /** Opens the file for reading rows; to be closed by the caller. */
    public Reader open() throws IOException {
        return new Reader(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Reads rows of the file that it was opened on, even if another takes its name meanwhile. For one thread. */
    public final class Reader implements Closeable {
        private final FileChannel channel;
        private final ByteBuffer bytes;

        private Reader(FileChannel channel) {
            this.channel = channel;
            int rowBytes = nx() * header.sample().bytes;
            bytes = ByteBuffer.allocate(Math.max(PIECE / rowBytes, 1) * rowBytes)
                    .order(header.order());
        }

        /** How many rows are read in one piece. */
        public int rowsAtOnce() {
            return bytes.capacity() / (nx() * header.sample().bytes);
        }

        /** Reads {@code count} rows of a plane from row {@code y} on into the beginning of {@code into}. */
        public void read(int plane, int y, int count, float[] into) throws IOException {
            int rowBytes = nx() * header.sample().bytes;
            long at = MrcHeader.BYTES + header.extendedBytes() + ((long) plane * ny() + y) * rowBytes;
            int done = 0;
            while (done < count) {
                int some = Math.min(count - done, rowsAtOnce());
                bytes.clear().limit(some * rowBytes);
                fill(channel, at, bytes);
                bytes.flip();
                MrcPixels.decode(header.sample(), bytes, into, done * nx(), some * nx());
                at += (long) some * rowBytes;
                done += some;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static void fill(FileChannel channel, long at, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                throw new EOFException("the file ends at byte " + (at + into.position()) + "; it was cut off");
            }
        }
    }
}
