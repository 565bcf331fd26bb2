package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredNumber;
import tools.jackson.databind.JsonNode;

/** An array of a Zarr (version 2) folder: {@code .zarray} and a file for each chunk. */
final class ZarrArray implements StoredArray {
    private static final int MOST_AXES = 8;

    private final Path file;
    private final Path folder;
    private final String place;
    private final int[] shape;
    private final int[] chunks;
    private final StoredNumber number;
    private final ZarrCodec codec;
    private final String separator;
    private final double fill;
    private final Set<String> absent = new HashSet<>();

    private ZarrArray(Path file, Path folder, String place, JsonNode about, StoredNumber number) {
        this.file = file;
        this.folder = folder;
        this.place = place;
        this.number = number;
        this.shape = sizes(about, "shape");
        this.chunks = sizes(about, "chunks");
        this.codec = codec(file, place, about);
        this.separator = separator(about);
        JsonNode value = about.path("fill_value");
        this.fill = value.isNumber()
                ? value.asDouble(Double.NaN)
                : value.isNull() || value.isMissingNode()
                        ? 0
                        : value.asString("").contains("Inf") ? 1 / 0.0 : Double.NaN;
        if (shape.length != chunks.length || shape.length == 0) {
            throw damaged(
                    "shape " + Arrays.toString(shape) + " in chunks of " + Arrays.toString(chunks), Optional.empty());
        }
    }

    static ZarrArray of(Path file, Path folder, String place) {
        JsonNode about = ZarrFolder.readJson(file, folder.resolve(".zarray"), place + "/.zarray");
        ZarrFolder.requireVersion2(file, about, place + "/.zarray");
        String dtype = about.path("dtype").asString("");
        StoredNumber number = StoredNumber.ofNumpy(dtype)
                .orElseThrow(() -> new UnsupportedFileException(
                        file,
                        place + " holds '" + (dtype.isEmpty() ? about.path("dtype") : dtype) + "', not plain numbers"));
        JsonNode filters = about.path("filters");
        if (filters.isArray() && !filters.isEmpty()) {
            throw new UnsupportedFileException(
                    file,
                    place + " is stored with the filter "
                            + filters.path(0).path("id").asString("") + "; numbers without filters are read");
        }
        if (!about.path("order").asString("C").equals("C")) {
            throw new UnsupportedFileException(file, place + " is stored in Fortran's order; C's is read");
        }
        return new ZarrArray(file, folder, place, about, number);
    }

    static String separator(JsonNode about) {
        return about.path("dimension_separator").asString(".");
    }

    static ZarrCodec codec(Path file, String place, JsonNode about) {
        JsonNode compressor = about.path("compressor");
        if (compressor.isNull() || compressor.isMissingNode()) {
            return ZarrCodec.NONE;
        }
        String id = compressor.path("id").asString("");
        return ZarrCodec.of(id)
                .orElseThrow(() -> new UnsupportedFileException(
                        file,
                        place + " is compressed with '" + id
                                + "'; blosc (lz4, zstd, zlib, snappy), zlib, gzip, zstd and lz4 are read"));
    }

    private int[] sizes(JsonNode about, String key) {
        JsonNode list = about.path(key);
        if (!list.isArray() || list.size() > MOST_AXES) {
            throw damaged(key + " is " + list, Optional.empty());
        }
        int[] sizes = new int[list.size()];
        for (int a = 0; a < sizes.length; a++) {
            JsonNode size = list.get(a);
            if (!size.isIntegralNumber() || !size.canConvertToInt() || size.asInt() < 1) {
                throw damaged(key + " is " + list, Optional.empty());
            }
            sizes[a] = size.asInt();
        }
        return sizes;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    @Override
    public int[] chunks() {
        return chunks;
    }

    @Override
    public StoredNumber number() {
        return number;
    }

    @Override
    public long storedBytes() {
        try (Stream<Path> all = Files.walk(folder)) {
            long bytes = 0;
            for (Path p : (Iterable<Path>) all::iterator) {
                bytes += Files.isRegularFile(p) ? Files.size(p) : 0;
            }
            return bytes;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw damaged("it cannot be read: " + e.getMessage(), Optional.of(e));
        }
    }

    @Override
    public int absentChunks() {
        return absent.size();
    }

    @Override
    public ByteBuffer chunk(int[] index) {
        int length = number.bytes();
        for (int size : chunks) {
            length = Math.multiplyExact(length, size);
        }
        StringBuilder name = new StringBuilder();
        for (int i : index) {
            name.append(name.isEmpty() ? "" : separator).append(i);
        }
        Path part = folder.resolve(name.toString());
        byte[] out = new byte[length];
        if (!Files.exists(part)) {
            absent.add(name.toString());
            if (fill != 0) {
                number.fill(ByteBuffer.wrap(out), fill);
            }
            return ByteBuffer.wrap(out);
        }
        decode(file, place + "/" + name, part, codec, out);
        return ByteBuffer.wrap(out);
    }

    /** Reads one chunk file into an array of the chunk's length. */
    static void decode(Path file, String place, Path part, ZarrCodec codec, byte[] out) {
        byte[] packed = ZarrFolder.readBytes(file, part, place, 2L * out.length + (1 << 16));
        try {
            if (codec == ZarrCodec.BLOSC && Blosc.codec(packed).equals("blosclz")) {
                throw new UnsupportedFileException(
                        file,
                        place + " is compressed with Blosc's own blosclz; lz4, zstd, zlib and snappy are read:"
                                + " in HyperSpy: save with compressor=numcodecs.Blosc(cname='zstd')");
            }
            codec.decode(packed, out);
        } catch (DataFormatException e) {
            throw new MalformedFileException(file, place, "the chunk is damaged: " + e.getMessage(), e);
        }
    }

    private MalformedFileException damaged(String found, Optional<Exception> cause) {
        return new MalformedFileException(file, place, found, cause.orElse(null));
    }
}
