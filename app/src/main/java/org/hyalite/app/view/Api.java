package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyalite.study.DiagramSelection;
import org.hyalite.study.Results;

/** What can be asked below {@code api/}. */
final class Api {
    private static final int LARGEST_BODY = 1 << 18;

    private final Folder folder;
    private final Diagrams diagrams;

    Api(Path path) {
        folder = new Folder(path);
        diagrams = new Diagrams(path);
    }

    /** @param name what stands behind {@code api/} */
    void answer(HttpExchange exchange, String name, Reply reply) throws IOException {
        Map<String, String> query = UrlPath.query(exchange.getRequestURI().getRawQuery());
        switch (name) {
            case "study" -> {
                Methods.require(exchange, Methods.READ);
                reply.json(200, Results.of(folder.path()).toJson());
            }
            case "section" -> {
                Methods.require(exchange, Methods.READ);
                Sections.answer(folder, query, reply);
            }
            case "diagram" -> {
                Methods.require(exchange, Methods.READ);
                Diagrams.Drawn drawn = diagrams.moments(query);
                reply.header("X-Bins", Integer.toString(drawn.bins()));
                reply.header("X-Density-Max", Double.toString(drawn.densityMax()));
                reply.bytes(200, "application/octet-stream", drawn.bytes());
            }
            case "numbers" -> {
                Methods.require(exchange, List.of("POST"));
                DiagramSelection selection = DiagramSelection.of(body(exchange));
                reply.json(200, diagrams.alone(() -> diagrams.current().numbers(selection)));
            }
            default ->
                throw new Refusal(
                        Refusal.NOT_FOUND,
                        "api/" + name.replaceAll("[^A-Za-z0-9/_-]", "?") + " is nothing that can be asked");
        }
    }

    /** A file of the folder. */
    void file(HttpExchange exchange, String rawPath, Reply reply) throws IOException {
        Methods.require(exchange, Methods.READ);
        reply.file(folder.file(UrlPath.segments(rawPath)));
    }

    private static String body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new Refusal(Refusal.TOO_LARGE, "the body is longer than " + LARGEST_BODY + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
