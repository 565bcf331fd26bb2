package org.hyalite.app.view;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may ask: only whoever was given the address, under a name of this machine (so that no page of another site reaches
 * the server through a name that it points here), and no page of another origin.
 */
final class Gate {
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String token = secret();
    private final List<String> hosts;
    private Optional<String> opener = Optional.empty();

    Gate(int port) {
        hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
    }

    private String secret() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String token() {
        return token;
    }

    /** A secret that lets in once: what a browser is started with may be seen by others on this machine. */
    synchronized String newOpener() {
        opener = Optional.of(secret());
        return opener.get();
    }

    /** Whether this is the secret that lets in once; from now on it does not. */
    synchronized boolean takeOpener(String given) {
        if (opener.isEmpty() || !same(given, opener.get())) {
            return false;
        }
        opener = Optional.empty();
        return true;
    }

    /** In a time that does not tell how much of it is right. */
    boolean isToken(String given) {
        return same(given, token);
    }

    private static boolean same(String given, String secret) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses another host's name and another page's request. */
    void require(Headers headers) {
        List<String> named = headers.getOrDefault("Host", List.of());
        if (named.size() != 1 || !hosts.contains(named.get(0).toLowerCase(Locale.ROOT))) {
            throw new Refusal(
                    Refusal.FORBIDDEN,
                    "this server answers to " + String.join(" and ", hosts) + " only; open the address that"
                            + " 'hyalite view' printed");
        }
        String own = "http://" + named.get(0).toLowerCase(Locale.ROOT);
        for (String origin : headers.getOrDefault("Origin", List.of())) {
            if (!origin.toLowerCase(Locale.ROOT).equals(own)) {
                throw new Refusal(Refusal.FORBIDDEN, "pages of other origins may not ask this server");
            }
        }
    }

    /** The first segment of a path and the rest after its slash; the rest is empty where there is no slash. */
    static List<Optional<String>> split(String rawPath) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        int slash = path.indexOf('/');
        return slash < 0
                ? Arrays.asList(Optional.of(path), Optional.empty())
                : Arrays.asList(Optional.of(path.substring(0, slash)), Optional.of(path.substring(slash + 1)));
    }
}
