package org.hyalite.app.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an address says, decoded once and strictly. */
final class UrlPath {
    private UrlPath() {}

    /** The segments of a raw path, decoded; none of them leads up, is absolute or is empty. */
    static List<String> segments(String raw) {
        List<String> segments = new ArrayList<>();
        for (String part : raw.split("/", -1)) {
            segments.add(requireName(decoded(part)));
        }
        return segments;
    }

    /** The segments of a path that was decoded already. */
    static List<String> decodedSegments(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            segments.add(requireName(part));
        }
        return segments;
    }

    private static String requireName(String name) {
        boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain &= c >= ' ' && c != 0x7f && c != '/' && c != '\\' && c != ':';
        }
        if (!plain) {
            throw new Refusal(Refusal.NOT_FOUND, "no such file; a path below the results folder is expected");
        }
        return name;
    }

    /** Percent codes as UTF-8. */
    static String decoded(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                plain.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new Refusal(Refusal.BAD_REQUEST, "the address holds a % that is no code");
            }
            plain.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "the address is not UTF-8");
        }
    }

    /** {@code key=value} pairs of a raw query; the first of a key counts. */
    static Map<String, String> query(@Nullable String raw) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return pairs;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            pairs.putIfAbsent(decoded(key), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return pairs;
    }
}
