package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyalite.study.DiagramSelection;
import org.hyalite.study.Json;
import org.hyalite.study.Results;

/** What can be asked below {@code api/}. */
final class Api implements AutoCloseable {
    private final Folder folder;
    private final Diagrams diagrams;
    private final Selections selections;
    private String told = "";
    private byte[] study = new byte[0];

    Api(Path path) {
        folder = new Folder(path);
        diagrams = new Diagrams(path);
        selections = new Selections(path, diagrams);
    }

    /** @param name what stands behind {@code api/} */
    void answer(HttpExchange exchange, String name, Reply reply) throws IOException {
        if (name.equals("selections") || name.startsWith("selections/")) {
            selections.answer(exchange, name.substring("selections".length()), reply);
            return;
        }
        Map<String, String> query = UrlPath.query(exchange.getRequestURI().getRawQuery());
        switch (name) {
            case "study" -> {
                Methods.require(exchange, Methods.READ);
                reply.bytes(200, "application/json", study());
            }
            case "section" -> {
                Methods.require(exchange, Methods.READ);
                Sections.answer(folder, diagrams, query, reply);
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
                DiagramSelection selection = DiagramSelection.of(Body.text(exchange));
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

    /** Reads everything once, so that the first who asks need not wait for what only the first has to. */
    void warm() {
        try {
            study();
            if (!Results.of(folder.path()).elements().isEmpty()) {
                diagrams.moments(Map.of());
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // whoever asks is told
        }
    }

    /** Told anew only when something has changed. */
    private synchronized byte[] study() {
        Results results = Results.of(folder.path());
        String now = results.state() + " " + results.revision() + " " + results.liveRevision();
        if (!now.equals(told)) {
            study = Json.text(results.toJson()).getBytes(StandardCharsets.UTF_8);
            told = now;
        }
        return study;
    }

    @Override
    public void close() {
        selections.close();
    }
}
