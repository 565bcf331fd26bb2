package org.hyalite.app.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a server answered to bytes that were sent as they are: no client tidies the address up before. */
record Asked(int status, Map<String, String> headers, byte[] body) {
    private static final int PATIENCE_MS = 20_000;

    /** A request for a path below the server's root, as a browser would name the host. */
    static Asked of(ViewServer server, String method, String rawPath, String... headers) throws IOException {
        return with(server, method, rawPath, "", headers);
    }

    /** The same with a body. */
    static Asked with(ViewServer server, String method, String rawPath, String body, String... headers)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + rawPath + " HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            host |= header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        if (!host) {
            head.append("Host: 127.0.0.1:").append(server.port()).append("\r\n");
        }
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        return sent(server, head.toString(), bytes);
    }

    /** A request for a path below the token. */
    static Asked get(ViewServer server, String path) throws IOException {
        return of(server, "GET", root(server) + path);
    }

    /** The path of the page. */
    static String root(ViewServer server) {
        return "/" + server.address().split("/")[3] + "/";
    }

    static Asked sent(ViewServer server, String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (IOException e) {
                // it was refused before it was read whole
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(all);
            } catch (java.net.SocketException e) {
                // the same
            }
            return parsed(all.toByteArray());
        }
    }

    private static Asked parsed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Asked(0, Map.of(), bytes);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = java.util.Arrays.copyOfRange(bytes, end + 4, bytes.length);
        return new Asked(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return new ObjectMapper().readTree(text());
    }

    String error() {
        return json().path("error").asString("");
    }
}
