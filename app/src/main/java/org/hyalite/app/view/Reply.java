package org.hyalite.app.view;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import org.hyalite.study.Json;
import tools.jackson.databind.JsonNode;

/** Answers to one request, each with what keeps a browser from doing anything else with it. */
final class Reply {
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** A file of the folder that is shown as a page is alone: it may not ask this server for anything. */
    private static final String FILE_POLICY =
            "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'";
    /** The report carries its own scripts. */
    private static final String REPORT_POLICY =
            "sandbox allow-scripts allow-modals; default-src 'none'; img-src data: blob:; font-src data:;"
                    + " style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'";

    /** Written at once: the JDK copies what it is given, for every connection. */
    private static final int PIECE = 1 << 16;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("yaml", "text/plain; charset=utf-8"));

    private final HttpExchange exchange;

    Reply(HttpExchange exchange) {
        this.exchange = exchange;
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", PAGE_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    boolean head() {
        return exchange.getRequestMethod().equals("HEAD");
    }

    /** Whether an answer has begun, so that no other can be given. */
    boolean begun() {
        return exchange.getResponseCode() != -1;
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /** The type that a file's ending stands for. */
    static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, name.startsWith(".z") ? "application/json" : "application/octet-stream");
    }

    void json(int status, JsonNode json) throws IOException {
        bytes(status, "application/json", Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int status, String type, byte[] bytes) throws IOException {
        try (OutputStream out = begin(status, type, bytes.length)) {
            if (!head()) {
                for (int at = 0; at < bytes.length; at += PIECE) {
                    out.write(bytes, at, Math.min(PIECE, bytes.length - at));
                }
            }
        }
    }

    /** An answer without a body. */
    void empty(int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    /**
     * Begins an answer of a known length; nothing is to be written if it is {@link #head() asked for} without its body.
     *
     * @return to be closed by the caller
     */
    OutputStream begin(int status, String type, long length) throws IOException {
        header("Content-Type", type);
        if (head()) {
            header("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        }
        return exchange.getResponseBody();
    }

    /** The bytes of a file, as many as it has when this begins. */
    void file(Path file) throws IOException {
        String name = file.getFileName().toString();
        String type = type(name);
        if (type.startsWith("text/html") || type.startsWith("image/svg")) {
            header("Content-Security-Policy", name.equals("report.html") ? REPORT_POLICY : FILE_POLICY);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                InputStream in = Channels.newInputStream(channel)) {
            long left = channel.size();
            try (OutputStream out = begin(200, type, left)) {
                byte[] piece = new byte[PIECE];
                while (!head() && left > 0) {
                    int count = in.read(piece, 0, (int) Math.min(piece.length, left));
                    if (count < 0) {
                        break; // it became shorter: the connection ends early, which the browser sees
                    }
                    out.write(piece, 0, count);
                    left -= count;
                }
            }
        }
    }
}
