package org.hyalite.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, drawing in software; everything it complains of, and every address it asks, is kept. */
final class Chromium implements AutoCloseable {
    private static final List<String> SOFTWARE =
            List.of("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader");
    private static final List<String> NO_WEBGL =
            List.of("--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-software-rasterizer");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private final List<URI> asked = new ArrayList<>();

    private Chromium(List<String> flags) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("hyalite.chromium", "/usr/bin/chromium")))
                        .setArgs(flags));
    }

    static Chromium drawingInSoftware() {
        return new Chromium(SOFTWARE);
    }

    static Chromium withoutWebGl() {
        return new Chromium(NO_WEBGL);
    }

    /** A page of a laptop's size. */
    Page page() {
        return page(1366, 768);
    }

    Page page(int width, int height) {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height))
                .newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.type() + ": " + message.text() + " " + message.location());
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
        page.onRequest(request -> asked.add(URI.create(request.url())));
        return page;
    }

    /** Closes every page. */
    void closePages() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    /** Errors and warnings on any page's console since this was last asked. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** Takes back complaints that the test itself has brought about. */
    void forgive(String containing) {
        complaints.removeIf(c -> c.contains(containing));
    }

    /** Every address any page has asked for; not what it holds itself. */
    List<URI> asked() {
        return asked.stream()
                .filter(u -> !List.of("data", "blob").contains(u.getScheme()))
                .toList();
    }

    String version() {
        return browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
