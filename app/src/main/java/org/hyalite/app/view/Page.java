package org.hyalite.app.view;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hyalite.study.Results;

/** The page itself, bundled: its own files, and those that it shares with the report. */
final class Page {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}[.](html|css|js|svg|png|ico|txt)";

    private Page() {}

    /** A bundled file. */
    static Optional<byte[]> resource(String name) throws IOException {
        if (!name.matches(NAME)) {
            return Optional.empty();
        }
        try (InputStream own = Page.class.getResourceAsStream(name);
                InputStream shared = Results.class.getResourceAsStream("web/" + name)) {
            InputStream found = own != null ? own : shared;
            return found == null ? Optional.empty() : Optional.of(found.readAllBytes());
        }
    }

    /** A page of one sentence. */
    static byte[] of(String title, String text) {
        return ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                        + "</title></head><body><h1>" + title + "</h1><p>" + text + "</p></body></html>\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
