package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.hyalite.io.format.Reason;

/**
 * Pieces of a page that holds all it shows. A content security policy in it names the hashes of its own style and script and
 * allows nothing else, so that an opened page fetches nothing, whatever a name in a data file may hold.
 */
final class Html {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--line:#d8dee4;--page:#fff;--soft:#f6f8fa;--warn:#9a5b00;--warnbg:#fff6e5;--link:#0b5cad}
            @media (prefers-color-scheme:dark){:root{--ink:#dfe4ea;--dim:#9aa4b0;--line:#343b45;--page:#12161c;--soft:#1a2028;--warn:#f0b35a;--warnbg:#2b2213;--link:#7db7ff}}
            *{box-sizing:border-box}
            body{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;max-width:56rem;margin:2rem auto 4rem;padding:0 1.2rem;color:var(--ink);background:var(--page);overflow-wrap:break-word}
            h1{font-size:1.7rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.25rem;margin:2.4rem 0 .7rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.3rem 0 .3rem}
            p{margin:.6rem 0}a{color:var(--link)}.dim{color:var(--dim);font-size:.9rem}.lead{font-size:1.06rem}
            figure{margin:1.5rem 0}img{display:block;max-width:100%;height:auto;background:#fff;border-radius:4px}figcaption{color:var(--dim);font-size:.9rem;margin-top:.3rem}
            .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 1.5rem;align-items:start}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.7rem 0}th{font-weight:600;color:var(--dim);font-size:.86rem;border-bottom:1px solid var(--line)}
            td,th{padding:.28rem 1rem .28rem 0;text-align:left;vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}td:first-child{white-space:nowrap}details td:first-child{white-space:normal}tbody tr+tr td{border-top:1px solid var(--line)}
            .note{border-left:4px solid var(--warn);padding:.35rem .9rem;background:var(--warnbg);margin:.4rem 0}
            .quiet{border-left-color:var(--line);background:var(--soft)}
            details{margin:.6rem 0}summary{cursor:pointer;color:var(--link)}code{font-size:.82em;overflow-wrap:anywhere}
            details table{font-size:.86rem}
            .wide{max-width:74rem}
            .holds{color:#1a7f37}.misses{color:#cf222e;font-weight:600}
            .stage{position:relative;width:100%;height:min(26rem,70vh);border-radius:6px;overflow:hidden;background:#0b0e14;display:none}
            .stage canvas{width:100%;height:100%;display:block;touch-action:none;outline:none}
            .live .stage{display:block}.live .still{display:none}
            .keys{display:none;gap:.3rem 1.2rem;flex-wrap:wrap;align-items:center;margin:.5rem 0}.live .keys{display:flex}
            .keys label{display:flex;gap:.4rem;align-items:center}.keys button{font:inherit;padding:.1rem .7rem}
            .swatch{display:inline-block;width:.8rem;height:.8rem;border-radius:2px}
            @media print{
            :root{--ink:#000;--dim:#444;--line:#bbb;--page:#fff;--soft:#f6f6f6;--warn:#9a5b00;--warnbg:#fff;--link:#000;color-scheme:light}
            @page{margin:16mm 15mm}
            body{font-size:10pt;line-height:1.4;max-width:none;margin:0;padding:0}h2{break-after:avoid;margin-top:1.4rem}h3{break-after:avoid}
            figure,.note,tr,.keep{break-inside:avoid}figure{margin:.9rem 0}figure img{max-height:210mm}.still img{max-height:70mm;width:auto}
            .stage,.live .stage,.keys,.live .keys,.why{display:none}.still,.live .still{display:block}
            details.print::details-content{content-visibility:visible;block-size:auto}.scroll{overflow:visible}details table{font-size:7.5pt}td,th{padding-right:.6rem}table{font-size:8.5pt}td.n,th.n{white-space:normal}
            .pair{grid-template-columns:1fr 1fr;gap:0 1rem}
            }
            """;

    private Html() {}

    /** The beginning of a page without a script, up to and with its heading. */
    static StringBuilder page(String title, String bodyClass) {
        return page(title, bodyClass, "");
    }

    /**
     * The same for a page that ends with {@link #end}.
     *
     * @param script a module that the page carries; empty if none
     */
    static StringBuilder page(String title, String bodyClass, String script) {
        String scripts = script.isEmpty() ? "" : "script-src " + hash(script) + "; ";
        return new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src ")
                .append(hash(STYLE))
                .append("; ")
                .append(scripts)
                .append("base-uri 'none'; form-action 'none'\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"referrer\" content=\"no-referrer\"><title>")
                .append(escape(title))
                .append(" – Hyalite</title><style>")
                .append(STYLE)
                .append("</style></head><body")
                .append(bodyClass.isEmpty() ? "" : " class=\"" + bodyClass + "\"")
                .append("><h1>")
                .append(escape(title))
                .append("</h1>");
    }

    /** The end of a page, with the script that its beginning was told of. */
    static String end(StringBuilder html, String script) {
        if (!script.isEmpty()) {
            html.append("<script type=\"module\">").append(script).append("</script>");
        }
        return html.append("</body></html>\n").toString();
    }

    /** A source of a content security policy: the SHA-256 of what stands inside an element. */
    static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A picture with what it shows. */
    static void figure(StringBuilder html, String id, Path image, String caption) {
        figure(html, id, image, 0, caption);
    }

    /** The same in a width, pixels of a page; 0: its own. */
    static void figure(StringBuilder html, String id, Path image, int width, String caption) {
        html.append("<figure id=\"").append(escape(id)).append("\">");
        picture(html, image, width, caption);
        html.append("<figcaption>").append(escape(caption)).append("</figcaption></figure>");
    }

    /** A PNG or SVG inside the page. */
    static void picture(StringBuilder html, Path image, int width, String alt) {
        String kind = image.toString().endsWith(".svg") ? "image/svg+xml" : "image/png";
        html.append("<img alt=\"")
                .append(escape(alt))
                .append(width > 0 ? "\" width=\"" + width : "")
                .append("\" src=\"data:")
                .append(kind)
                .append(";base64,")
                .append(base64(image))
                .append("\">");
    }

    /** Lines of one paragraph. */
    static void rows(StringBuilder html, List<String> rows) {
        html.append("<p>");
        rows.forEach(row -> html.append(escape(row)).append("<br>"));
        html.append("</p>");
    }

    /** A paragraph. */
    static void p(StringBuilder html, String text) {
        if (!text.isBlank()) {
            html.append("<p>").append(escape(text)).append("</p>");
        }
    }

    /**
     * A table; a heading or cell that begins with {@code #} is a number and stands right.
     *
     * @param rows as long as the headings
     */
    static void table(StringBuilder html, List<String> headings, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        html.append("<div class=\"scroll\"><table><thead><tr>");
        headings.forEach(h -> cell(html, "th", h, h.startsWith("#")));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell(html, "td", row.get(i), headings.get(i).startsWith("#"));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
    }

    private static void cell(StringBuilder html, String tag, String text, boolean number) {
        String shown = number && text.startsWith("#") ? text.substring(1) : text;
        html.append('<').append(tag).append(number ? " class=\"n\">" : ">");
        html.append(escape(shown)).append("</").append(tag).append('>');
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
