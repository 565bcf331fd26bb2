package org.hyalite.io.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.filter.Filter;
import io.jhdf.filter.FilterManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.UnsupportedFileException;

/** Opens an HDF5 file, gives its root to a reader, and turns whatever damage leads to into one clear exception. */
public final class Hdf5File {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private static final long READ_WHOLE = 16L << 20;
    private static final int VERSION_AT = 8;
    /** Enough of the first block, of whatever version, to hold the file's end. */
    private static final int SUPERBLOCK_BYTES = 52;

    static {
        FilterManager.addFilter(new Shuffle());
    }

    private Hdf5File() {}

    /**
     * Reads a file while it is open.
     *
     * @throws MicroscopeFileException whatever is wrong with the file; never another exception
     */
    public static <T> T read(Path file, Function<HdfGroup, T> reader) {
        requireWhole(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                HdfFile hdf = open(file, channel)) {
            return reader.apply(new HdfGroup(file, hdf, ""));
        } catch (MicroscopeFileException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw UnsupportedFileException.tooLarge(file);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // jhdf meets damage with whatever exception the damaged bytes lead it to, endless recursion included
            throw damaged(file, e);
        }
    }

    /** Whether a file is HDF5, can be opened, and its root is as asked. */
    public static boolean matches(Path file, Predicate<HdfGroup> test) {
        try {
            return Files.isRegularFile(file) && read(file, test::test);
        } catch (MicroscopeFileException e) {
            return false; // whoever reads it will say what is wrong
        }
    }

    /** In memory or mapped, because jhdf allocates whatever length a damaged file names before it reads from a file. */
    private static HdfFile open(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size <= READ_WHOLE) {
            return HdfFile.fromBytes(Files.readAllBytes(file));
        }
        return size <= Integer.MAX_VALUE
                ? HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, size))
                : new HdfFile(file);
    }

    /** HDF5 says at its beginning where it ends, which jhdf does not ask: a file cut off in unused space is cut off too. */
    private static void requireWhole(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(SUPERBLOCK_BYTES);
            if (start.length < SIGNATURE.length
                    || !Arrays.equals(start, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                throw MalformedFileException.at(file, 0, "an HDF5 file begins with \\x89HDF, this one does not");
            }
            if (start.length < SUPERBLOCK_BYTES) {
                throw MalformedFileException.at(file, start.length, "the file ends within its first block");
            }
            boolean recent = start[VERSION_AT] >= 2;
            int widthAt = recent ? 9 : 13;
            int endAt = recent ? 28 : start[VERSION_AT] == 1 ? 44 : 40;
            if (start[widthAt] != Long.BYTES) {
                return; // addresses of another width: left to jhdf
            }
            long end = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(endAt);
            long size = Files.size(file);
            if (end > size || end < 0) {
                throw MalformedFileException.at(
                        file, size, "the file ends here, but it should be " + end + " bytes long: it was cut off");
            }
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static MalformedFileException damaged(Path file, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new MalformedFileException(
                file,
                "its HDF5 structure",
                "it cannot be read: " + reason.lines().findFirst().orElse(""),
                e);
    }

    /**
     * Byte shuffling (HDF5 filter 2). Taken over from jhdf because chunks that are stored unfiltered (h5py does so with
     * short lists of texts) reach the filter without parameters, and jhdf's own then reads past their end.
     */
    private static final class Shuffle implements Filter {
        private static final int SHUFFLE = 2;

        @Override
        public int getId() {
            return SHUFFLE;
        }

        @Override
        public String getName() {
            return "shuffle";
        }

        @Override
        public byte[] decode(byte[] shuffled, int[] parameters) {
            if (parameters.length == 0 || parameters[0] <= 1) {
                return shuffled;
            }
            int size = parameters[0];
            int count = shuffled.length / size;
            byte[] plain = shuffled.clone(); // bytes beyond the last whole number are not shuffled
            for (int b = 0; b < size; b++) {
                for (int i = 0; i < count; i++) {
                    plain[i * size + b] = shuffled[b * count + i];
                }
            }
            return plain;
        }
    }
}
