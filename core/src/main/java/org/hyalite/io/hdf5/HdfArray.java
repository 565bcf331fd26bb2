package org.hyalite.io.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredNumber;

/** An array of an HDF5 file, chunked or contiguous. */
public final class HdfArray implements StoredArray {
    private final Path file;
    private final Dataset dataset;
    private final String place;
    private final int[] shape;
    private final int[] chunks;
    private final StoredNumber number;

    private HdfArray(Path file, Dataset dataset, String place, StoredNumber number) {
        this.file = file;
        this.dataset = dataset;
        this.place = place;
        this.number = number;
        this.shape = dataset.getDimensions();
        this.chunks = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions() : shape;
    }

    /** An array of plain numbers; {@code place} is its path, parts joined by dots. */
    public static HdfArray of(Path file, Dataset dataset, String place) {
        DataType type = dataset.getDataType();
        StoredNumber number = number(type)
                .orElseThrow(() ->
                        new UnsupportedFileException(file, place + " holds " + inWords(type) + ", not plain numbers"));
        if (!(dataset instanceof ChunkedDataset) && !(dataset instanceof ContiguousDataset)) {
            throw new UnsupportedFileException(
                    file,
                    place + " is stored as " + dataset.getDataLayout() + "; chunked and contiguous data are read");
        }
        HdfArray array = new HdfArray(file, dataset, place, number);
        if (array.shape.length == 0 || array.chunks.length != array.shape.length) {
            throw new MalformedFileException(
                    file,
                    place,
                    "shape " + Arrays.toString(array.shape) + " in chunks of " + Arrays.toString(array.chunks));
        }
        return array;
    }

    private static String inWords(DataType type) {
        if (type instanceof CompoundDataType) {
            return "records of several numbers each, such as complex numbers";
        }
        return type instanceof StringData || type instanceof VariableLength
                ? "texts"
                : type.getClass().getSimpleName();
    }

    private static Optional<StoredNumber> number(DataType type) {
        int bytes = type.getSize();
        boolean whole = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        if (type instanceof FixedPoint fixed && whole && fixed.getBitPrecision() == 8 * bytes) {
            return Optional.of(new StoredNumber(
                    fixed.isSigned() ? StoredNumber.Kind.SIGNED : StoredNumber.Kind.UNSIGNED,
                    bytes,
                    fixed.getByteOrder()));
        }
        if (type instanceof FloatingPoint floating && whole && bytes > 1) {
            return Optional.of(new StoredNumber(StoredNumber.Kind.FLOAT, bytes, floating.getByteOrder()));
        }
        return Optional.empty();
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
        return Math.max(0, dataset.getStorageInBytes());
    }

    @Override
    public ByteBuffer chunk(int[] index) {
        ByteBuffer bytes;
        if (dataset instanceof ChunkedDataset chunked) {
            int[] offset = new int[index.length];
            for (int a = 0; a < offset.length; a++) {
                offset[a] = index[a] * chunks[a];
            }
            bytes = ByteBuffer.wrap(chunked.getDecompressedChunk(offset));
        } else {
            bytes = ((ContiguousDataset) dataset).getBuffer();
        }
        long needed = number.bytes();
        for (int size : chunks) {
            needed *= size;
        }
        if (bytes.limit() < needed) {
            throw new MalformedFileException(
                    file,
                    place + ", chunk " + Arrays.toString(index),
                    "it has " + bytes.limit() + " bytes, expected " + needed);
        }
        return bytes;
    }
}
