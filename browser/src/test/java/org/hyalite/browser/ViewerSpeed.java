package org.hyalite.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Not a test: how fast the page is with the results in the folder that the property {@code hyalite.results} names, drawing in
 * software, measured in the browser. {@code mvn test -pl core,app,browser -Dtest=ViewerSpeed
 * -Dsurefire.failIfNoSpecifiedTests=false -Dhyalite.results=DIR}
 */
final class ViewerSpeed {
    private static final int OPENINGS = 5;
    private static final int MOVES = 40;

    @TempDir
    Path folder;

    @Test
    void figures() throws IOException {
        String results = System.getProperty("hyalite.results", "");
        assumeTrue(!results.isEmpty(), "no -Dhyalite.results=DIR: nothing to measure");
        try (Hyalite viewer = Hyalite.start(folder, "view", results, "--no-browser");
                Chromium chromium = Chromium.drawingInSoftware()) {
            String address = viewer.firstLine();
            List<Double> first = new ArrayList<>();
            List<Double> finest = new ArrayList<>();
            Page page = chromium.page();
            for (int i = 0; i < OPENINGS; i++) {
                page.context().close();
                page = chromium.page();
                page.navigate(address);
                page.waitForFunction(
                        "() => window.hyalite?.timings.finest_picture_ms && window.hyalite.state.diagram",
                        null,
                        new Page.WaitForFunctionOptions().setTimeout(120_000));
                first.add(timing(page, "first_picture_ms"));
                finest.add(timing(page, "finest_picture_ms"));
                page.evaluate("() => window.hyalite.settled()");
            }
            print("first picture, ms", first);
            print("finest picture, ms", finest);
            turn(page);
            brush(page);
        }
    }

    private static void turn(Page page) {
        BoundingBox box = page.locator("#volume").boundingBox();
        page.mouse().move(box.x + 0.3 * box.width, box.y + 0.5 * box.height);
        page.mouse().down();
        double frames = number(page, "() => window.hyalite.view.frames");
        double begun = number(page, "() => performance.now()");
        for (int i = 0; i < MOVES; i++) {
            page.mouse().move(box.x + (0.3 + 0.4 * i / MOVES) * box.width, box.y + 0.5 * box.height);
            page.waitForTimeout(100);
        }
        double seconds = (number(page, "() => performance.now()") - begun) / 1000;
        frames = number(page, "() => window.hyalite.view.frames") - frames;
        page.mouse().up();
        System.out.printf(
                Locale.ROOT,
                "turning: %.1f frames/s at level of detail %.0f (0: finest)%n",
                frames / seconds,
                number(page, "() => window.hyalite.level()"));
        page.evaluate("() => window.hyalite.settled()");
    }

    private static void brush(Page page) {
        page.locator("#tool-rectangle").click();
        BoundingBox box = page.locator("#diagram-canvas").boundingBox();
        page.mouse().move(box.x + 0.5 * box.width, box.y + 0.05 * box.height);
        page.mouse().down();
        List<Double> brushed = new ArrayList<>();
        List<Double> lit = new ArrayList<>();
        for (int i = 1; i <= MOVES; i++) {
            page.mouse()
                    .move(box.x + (0.5 + 0.45 * i / MOVES) * box.width, box.y + (0.05 + 0.7 * i / MOVES) * box.height);
            page.waitForTimeout(200);
            brushed.add(timing(page, "brush_ms"));
            lit.add(timing(page, "brush_3d_ms"));
        }
        page.mouse().up();
        print("brushing: numbers, slices, diagram, ms", brushed);
        print("brushing: 3D, ms", lit);
    }

    private static double timing(Page page, String name) {
        return number(page, "() => window.hyalite.timings." + name + " ?? NaN");
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static void print(String what, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: least %.0f, median %.0f, most %.0f%n",
                what,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
    }
}
