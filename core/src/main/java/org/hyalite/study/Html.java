package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.hyalite.io.format.Reason;

/** Pieces of a page that holds all it shows. */
final class Html {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
            figure{margin:1.5rem 0}img{max-width:100%}figcaption{color:#555;font-size:.9rem}
            table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}
            .note{border-left:4px solid #c70;padding:.2rem .8rem;background:#fff6e8;margin:.4rem 0}
            .wide{max-width:72rem}.wide td{border-top:1px solid #ddd;padding:.35rem .8rem .35rem 0}
            .holds{color:#176117}.misses{color:#a30000;font-weight:600}
            """;

    private Html() {}

    /** The page's beginning, up to and with its heading. */
    static StringBuilder page(String title, String bodyClass) {
        return new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append(" – Hyalite</title><style>")
                .append(STYLE)
                .append("</style></head><body")
                .append(bodyClass.isEmpty() ? "" : " class=\"" + bodyClass + "\"")
                .append("><h1>")
                .append(escape(title))
                .append("</h1>");
    }

    /** A picture with what it shows. */
    static void figure(StringBuilder html, String id, Path image, String caption) {
        html.append("<figure id=\"")
                .append(escape(id))
                .append("\"><img alt=\"")
                .append(escape(caption))
                .append("\" src=\"data:image/png;base64,")
                .append(base64(image))
                .append("\"><figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>");
    }

    /** Lines of one paragraph. */
    static void rows(StringBuilder html, List<String> rows) {
        html.append("<p>");
        rows.forEach(row -> html.append(escape(row)).append("<br>"));
        html.append("</p>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String base64(Path image) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(image));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(image + " cannot be read: " + Reason.of(e), e);
        }
    }
}
