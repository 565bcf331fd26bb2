package org.hyalite.io.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.StoredNumber;
import tools.jackson.databind.JsonNode;

/**
 * A short list in a Zarr folder: texts as HyperSpy stores them (an array of objects, coded as JSON or as UTF-8 with
 * lengths), or plain numbers. One chunk is read, which is how short lists are stored.
 */
final class ZarrList {
    private static final int LONGEST = 1 << 20;

    private ZarrList() {}

    static List<Object> read(Path file, Path folder, String place) {
        JsonNode about = ZarrFolder.readJson(file, folder.resolve(".zarray"), place + "/.zarray");
        ZarrFolder.requireVersion2(file, about, place + "/.zarray");
        JsonNode shape = about.path("shape");
        JsonNode chunks = about.path("chunks");
        int count = shape.path(0).asInt(-1);
        if (shape.size() != 1 || count < 0 || count > LONGEST || chunks.path(0).asInt(-1) < count) {
            throw new MalformedFileException(
                    file,
                    place,
                    "a list of shape " + shape + " in chunks of " + chunks + " where a short one is expected");
        }
        Path part = folder.resolve("0");
        if (count == 0 || !Files.exists(part)) {
            return List.of();
        }
        ZarrCodec codec = ZarrArray.codec(file, place, about);
        String dtype = about.path("dtype").asString("");
        if (StoredNumber.ofNumpy(dtype).isPresent()) {
            return numbers(file, place, part, codec, StoredNumber.ofNumpy(dtype).orElseThrow(), chunks, count);
        }
        String filter = about.path("filters").path(0).path("id").asString("");
        byte[] bytes = expand(file, place, part, codec);
        List<Object> texts = switch (filter) {
            case "json2" -> json(file, place, bytes, count);
            case "vlen-utf8" -> withLengths(file, place, bytes, count);
            default ->
                throw new UnsupportedFileException(
                        file,
                        place + " is a list of '" + dtype + "' coded by '" + filter
                                + "'; json2 and vlen-utf8 are read");
        };
        return texts;
    }

    private static List<Object> numbers(
            Path file, String place, Path part, ZarrCodec codec, StoredNumber number, JsonNode chunks, int count) {
        int length = Math.min(LONGEST, chunks.path(0).asInt());
        byte[] out = new byte[Math.multiplyExact(length, number.bytes())];
        ZarrArray.decode(file, place + "/0", part, codec, out);
        double[] values = number.values(ByteBuffer.wrap(out), count);
        List<Object> list = new ArrayList<>();
        for (double v : values) {
            list.add(v);
        }
        return list;
    }

    /** The items, then the type and the shape. */
    private static List<Object> json(Path file, String place, byte[] bytes, int count) {
        JsonNode all = ZarrFolder.parseJson(file, bytes, place + "/0");
        if (!all.isArray() || all.size() < count) {
            throw new MalformedFileException(file, place + "/0", "fewer than " + count + " items in its list");
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ZarrGroup.value(all.get(i)).ifPresent(items::add);
        }
        return items;
    }

    private static List<Object> withLengths(Path file, String place, byte[] bytes, int count) {
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Object> items = new ArrayList<>();
        int at = 4; // behind the number of items
        for (int i = 0; i < count; i++) {
            int length = at <= bytes.length - 4 ? b.getInt(at) : -1;
            if (length < 0 || length > bytes.length - at - 4) {
                throw new MalformedFileException(file, place + "/0", "item " + i + " reaches past the end");
            }
            items.add(new String(bytes, at + 4, length, StandardCharsets.UTF_8));
            at += 4 + length;
        }
        return items;
    }

    /** Decompresses a chunk whose length is not known before. */
    private static byte[] expand(Path file, String place, Path part, ZarrCodec codec) {
        byte[] packed = ZarrFolder.readBytes(file, part, place + "/0", LONGEST);
        try {
            var in = new java.io.ByteArrayInputStream(packed);
            return switch (codec) {
                case NONE -> packed;
                case ZLIB -> new InflaterInputStream(in).readNBytes(LONGEST);
                case GZIP -> new GZIPInputStream(in).readNBytes(LONGEST);
                case BLOSC -> {
                    Blosc.codec(packed);
                    yield sized(
                            file,
                            place,
                            part,
                            codec,
                            ByteBuffer.wrap(packed)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getInt(4));
                }
                case LZ4 ->
                    sized(
                            file,
                            place,
                            part,
                            codec,
                            packed.length < 4
                                    ? -1
                                    : ByteBuffer.wrap(packed)
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getInt(0));
                case ZSTD ->
                    sized(
                            file,
                            place,
                            part,
                            codec,
                            io.airlift.compress.zstd.ZstdDecompressor.getDecompressedSize(packed, 0, packed.length));
            };
        } catch (java.io.IOException | DataFormatException | io.airlift.compress.MalformedInputException e) {
            throw new MalformedFileException(file, place + "/0", "the chunk is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] sized(Path file, String place, Path part, ZarrCodec codec, long length) {
        if (length < 0 || length > LONGEST) {
            throw new MalformedFileException(file, place + "/0", "a short list of " + length + " bytes");
        }
        byte[] out = new byte[(int) length];
        ZarrArray.decode(file, place + "/0", part, codec, out);
        return out;
    }
}
