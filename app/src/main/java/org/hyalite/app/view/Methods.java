package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;

/** Which ways of asking are meant. */
final class Methods {
    static final List<String> READ = List.of("GET", "HEAD");

    private Methods() {}

    static void require(HttpExchange exchange, List<String> meant) {
        if (!meant.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", meant));
            throw new Refusal(Refusal.NOT_ALLOWED, "this can be asked by " + String.join(" or ", meant) + " only");
        }
    }
}
