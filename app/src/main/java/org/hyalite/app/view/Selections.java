package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.study.DiagramSelection;
import org.hyalite.study.Json;
import org.hyalite.study.SelectionFiles;

/** Saved selections: {@code api/selections}, {@code api/selections/NAME} and {@code api/selections/NAME/spectrum}. */
final class Selections implements AutoCloseable {
    private static final int CONFLICT = 409;

    private final SelectionFiles files;
    private final Diagrams diagrams;
    private final Spectra spectra;

    Selections(Path folder, Diagrams diagrams) {
        this.files = new SelectionFiles(folder);
        this.diagrams = diagrams;
        this.spectra = new Spectra(folder, diagrams);
    }

    /** @param path what stands behind {@code api/selections}: nothing, or {@code /NAME} and so on */
    void answer(HttpExchange exchange, String path, Reply reply) throws IOException {
        if (path.isEmpty()) {
            Methods.require(exchange, Methods.READ);
            reply.json(200, files.list());
            return;
        }
        List<String> parts = UrlPath.segments(path.substring(1));
        String name = DiagramSelection.requireName(parts.get(0));
        if (parts.size() == 1) {
            one(exchange, name, reply);
        } else if (parts.size() == 2 && parts.get(1).equals("spectrum")) {
            Methods.require(exchange, List.of("GET", "HEAD", "POST"));
            requireThere(name);
            boolean start = exchange.getRequestMethod().equals("POST");
            reply.json(start ? 202 : 200, start ? spectra.start(name) : spectra.state(name));
        } else {
            throw new Refusal(Refusal.NOT_FOUND, "a selection has a 'spectrum' and nothing else");
        }
    }

    private void one(HttpExchange exchange, String name, Reply reply) throws IOException {
        Methods.require(exchange, List.of("GET", "HEAD", "PUT", "DELETE"));
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                DiagramSelection selection =
                        DiagramSelection.of(Body.text(exchange)).named(name);
                reply.json(200, diagrams.alone(() -> {
                    requireIdle(name);
                    return files.save(selection, diagrams.current());
                }));
            }
            case "DELETE" -> {
                requireThere(name);
                diagrams.alone(() -> {
                    requireIdle(name);
                    return files.delete(name);
                });
                reply.json(200, Json.object().put("deleted", name));
            }
            default -> reply.json(200, requireThere(name));
        }
    }

    private tools.jackson.databind.JsonNode requireThere(String name) {
        return files.get(name)
                .orElseThrow(() -> new Refusal(Refusal.NOT_FOUND, "no selection is called '" + name + "'"));
    }

    private void requireIdle(String name) {
        if (spectra.busy(name)) {
            throw new Refusal(CONFLICT, "the spectrum of '" + name + "' is being summed; wait until it is there");
        }
        spectra.forget(name);
    }

    @Override
    public void close() {
        spectra.close();
    }
}
