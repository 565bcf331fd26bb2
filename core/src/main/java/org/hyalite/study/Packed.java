package org.hyalite.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.hyalite.grid.Image;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers in JSON: short lists as lists, long ones as {@code {length, float64_deflate_base64}}, images as {@code {shape: [ny,
 * nx], pixel_nm, float32_deflate_base64}}; little-endian, compressed as zlib does (RFC 1950), in Base64 (RFC 4648).
 */
final class Packed {
    private static final int SHORT = 256;
    private static final int MOST = 1 << 28;
    /** Deflate makes nothing more than about 1032 times smaller. */
    private static final long MOST_DEFLATED = 1040;

    private Packed() {}

    static JsonNode of(double[] values) {
        if (values.length <= SHORT) {
            return Json.numbers(values);
        }
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        ObjectNode json = Json.object().put("length", values.length);
        return json.put("float64_deflate_base64", deflated(bytes.array()));
    }

    static JsonNode of(Image image) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * image.ny() * image.nx()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(image.values());
        ObjectNode json = Json.object();
        json.set("shape", Json.numbers(image.ny(), image.nx()));
        json.set("pixel_nm", Json.numbers(image.pixelNm()).get(0));
        return json.put("float32_deflate_base64", deflated(bytes.array()));
    }

    /** @throws IllegalArgumentException if these are no numbers */
    static double[] doubles(JsonNode json, String what) {
        if (json.isArray()) {
            double[] values = new double[json.size()];
            for (int i = 0; i < values.length; i++) {
                JsonNode v = json.get(i);
                if (!v.isNumber() && !v.isNull()) {
                    throw new IllegalArgumentException(what + " holds " + v + " at " + i + ", not a number");
                }
                values[i] = v.isNull() ? Double.NaN : v.asDouble();
            }
            return values;
        }
        int n = size(json.path("length"), what + ", length");
        double[] values = new double[n];
        inflated(json.path("float64_deflate_base64"), 8L * n, what)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    /** @throws IllegalArgumentException if this is no image */
    static Image image(JsonNode json, String what) {
        int ny = size(json.path("shape").path(0), what + ", shape");
        int nx = size(json.path("shape").path(1), what + ", shape");
        if (ny < 1 || nx < 1 || (long) ny * nx > MOST / 4) {
            throw new IllegalArgumentException(what + " has " + ny + " × " + nx + " pixels");
        }
        ByteBuffer bytes = inflated(json.path("float32_deflate_base64"), 4L * ny * nx, what);
        float[] values = new float[ny * nx];
        bytes.asFloatBuffer().get(values);
        Image image = Image.zeros(ny, nx, json.path("pixel_nm").asDouble(Double.NaN));
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                image.set(y, x, values[y * nx + x]);
            }
        }
        return image;
    }

    private static int size(JsonNode json, String what) {
        double n = json.asDouble(-1);
        if (!(n >= 0 && n <= MOST) || n != Math.rint(n)) {
            throw new IllegalArgumentException(what + " is " + json);
        }
        return (int) n;
    }

    /** As zlib and Base64 write it. */
    static String deflated(byte[] bytes) {
        Deflater deflater = new Deflater(9);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    private static ByteBuffer inflated(JsonNode json, long length, String what) {
        byte[] packed = Base64.getDecoder().decode(json.asString(""));
        if (length > MOST || length > MOST_DEFLATED * Math.max(1, packed.length)) {
            throw new IllegalArgumentException(
                    what + " cannot hold " + length + " bytes: there are " + packed.length + " compressed ones");
        }
        byte[] bytes = new byte[(int) length];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int n = inflater.inflate(bytes);
            if (n != length || inflater.inflate(new byte[1]) != 0) {
                throw new IllegalArgumentException(what + " does not hold the " + length + " bytes that it should");
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(what + " is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
