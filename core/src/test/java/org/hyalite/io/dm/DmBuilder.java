package org.hyalite.io.dm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes small DigitalMicrograph files of either version and byte order. A tree is a map (named tags) or a list (unnamed
 * ones); its leaves are numbers, truths, texts, {@link Values} and {@link Struct}.
 */
final class DmBuilder {
    private final boolean wide;
    private final boolean little;

    private DmBuilder(boolean wide, boolean little) {
        this.wide = wide;
        this.little = little;
    }

    /** An array of numbers. */
    record Values(DmNumber kind, double... values) {}

    /** A structure of two 16-bit numbers, or an array of {@code count} of them. */
    record Struct(int count) {}

    static byte[] file(int version, boolean little, Map<String, ?> root) {
        DmBuilder builder = new DmBuilder(version == 4, little);
        byte[] tags = builder.group(root);
        ByteBuffer file = ByteBuffer.allocate(4 + (version == 4 ? 8 : 4) + 4 + tags.length + 8);
        file.putInt(version);
        if (version == 4) {
            file.putLong(tags.length);
        } else {
            file.putInt(tags.length);
        }
        file.putInt(little ? 1 : 0).put(tags);
        return file.array();
    }

    /** A root with a thumbnail at place 0, as DigitalMicrograph writes it, and these images behind it. */
    static Map<String, Object> root(List<Map<String, Object>> images) {
        Map<String, Object> thumbnail = image("thumbnail", 23, new Values(DmNumber.INT_32, 1, 2, 3, 4), 2, 2);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("ApplicationBounds", new Struct(1));
        root.put("HasWindowPosition", true);
        java.util.ArrayList<Object> list = new java.util.ArrayList<>(List.of(thumbnail));
        list.addAll(images);
        root.put("ImageList", list);
        root.put("CLUT", new Struct(3));
        root.put("Thumbnails", List.of(Map.of("ImageIndex", 0)));
        return root;
    }

    /** An entry of {@code ImageList}; sizes fastest first, without calibration. */
    static Map<String, Object> image(String name, int dataType, Values values, int... sizes) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("Calibrations", new LinkedHashMap<>(Map.of("Dimension", new java.util.ArrayList<>())));
        data.put("Data", values);
        data.put("DataType", dataType);
        data.put("Dimensions", java.util.Arrays.stream(sizes).boxed().toList());
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("ImageData", data);
        image.put("ImageTags", new LinkedHashMap<>());
        image.put("Name", name);
        return image;
    }

    /** Adds the calibration of the next dimension. */
    @SuppressWarnings("unchecked")
    static void calibrate(Map<String, Object> image, double origin, double scale, String unit) {
        Map<String, Object> calibrations =
                (Map<String, Object>) ((Map<String, Object>) image.get("ImageData")).get("Calibrations");
        ((List<Object>) calibrations.get("Dimension")).add(Map.of("Origin", origin, "Scale", scale, "Units", unit));
    }

    /** Puts a tag at a path below {@code ImageTags}. */
    @SuppressWarnings("unchecked")
    static void tag(Map<String, Object> image, Object value, String... path) {
        Map<String, Object> at = (Map<String, Object>) image.get("ImageTags");
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) at.computeIfAbsent(path[i], k -> new LinkedHashMap<String, Object>());
        }
        at.put(path[path.length - 1], value);
    }

    private byte[] group(Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(0);
        if (tree instanceof Map<?, ?> named) {
            word(out, named.size());
            named.forEach((name, value) -> tag(out, (String) name, value));
        } else {
            List<?> unnamed = (List<?>) tree;
            word(out, unnamed.size());
            unnamed.forEach(value -> tag(out, "", value));
        }
        return out.toByteArray();
    }

    private void tag(ByteArrayOutputStream out, String name, Object value) {
        boolean group = value instanceof Map || value instanceof List;
        byte[] content = group ? group(value) : data(value);
        byte[] label = name.getBytes(StandardCharsets.ISO_8859_1);
        out.write(group ? 20 : 21);
        out.write(label.length >> 8);
        out.write(label.length);
        out.writeBytes(label);
        if (wide) {
            out.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
        }
        out.writeBytes(content);
    }

    private byte[] data(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("%%%%".getBytes(StandardCharsets.US_ASCII));
        if (value instanceof Boolean truth) {
            words(out, 8);
            out.write(truth ? 1 : 0);
        } else if (value instanceof Integer whole) {
            words(out, 5);
            out.writeBytes(bytes(DmNumber.UINT_32, whole));
        } else if (value instanceof Double number) {
            words(out, 7);
            out.writeBytes(bytes(DmNumber.FLOAT_64, number));
        } else if (value instanceof String text) {
            words(out, 20, 4, text.length());
            out.writeBytes(text.getBytes(little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE));
        } else if (value instanceof Values array) {
            words(out, 20, code(array.kind), array.values.length);
            for (double v : array.values) {
                out.writeBytes(bytes(array.kind, v));
            }
        } else if (value instanceof Struct struct) {
            if (struct.count == 1) {
                words(out, 15, 0, 2, 0, 2, 0, 2);
            } else {
                words(out, 20, 15, 0, 2, 0, 2, 0, 2, struct.count);
            }
            out.writeBytes(new byte[4 * struct.count]);
        } else {
            throw new IllegalArgumentException("no tag of " + value);
        }
        return out.toByteArray();
    }

    static int code(DmNumber kind) {
        for (int code = 2; code <= 12; code++) {
            if (DmNumber.ofTag(code).filter(kind::equals).isPresent()) {
                return code;
            }
        }
        throw new AssertionError(kind);
    }

    private byte[] bytes(DmNumber kind, double value) {
        ByteBuffer b = ByteBuffer.allocate(kind.bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        switch (kind) {
            case INT_8, UINT_8, BOOLEAN -> b.put((byte) (int) value);
            case INT_16, UINT_16 -> b.putShort((short) (int) value);
            case INT_32, UINT_32 -> b.putInt((int) (long) value);
            case INT_64, UINT_64 -> b.putLong((long) value);
            case FLOAT_32 -> b.putFloat((float) value);
            case FLOAT_64 -> b.putDouble(value);
        }
        return b.array();
    }

    private void words(ByteArrayOutputStream out, int... words) {
        word(out, words.length);
        for (int w : words) {
            word(out, w);
        }
    }

    private void word(ByteArrayOutputStream out, long value) {
        out.writeBytes(
                wide
                        ? ByteBuffer.allocate(8).putLong(value).array()
                        : ByteBuffer.allocate(4).putInt((int) value).array());
    }
}
