package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a request brings along. */
final class Body {
    private static final int LARGEST = 1 << 18;

    private Body() {}

    /** As text; refused where it is longer than any selection. */
    static String text(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Refusal(Refusal.TOO_LARGE, "the body is longer than " + LARGEST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
