package org.hyalite.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What people do with the viewer, done in a real browser: a run followed to its end, then its results looked at. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ViewerTest {
    private static final double A_RUN_MS = 240_000;

    @TempDir
    static Path folder;

    private static Path results;
    private static Chromium chromium;
    private Hyalite viewer;
    private String address = "";

    @BeforeAll
    static void anExperiment() throws IOException, InterruptedException {
        results = folder.resolve("results");
        Hyalite.run(folder, "simulate", "--size", 48, "--seed", 3, "-o", folder.resolve("experiment"));
        Files.createDirectories(results);
        chromium = Chromium.drawingInSoftware();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    @BeforeEach
    void view() throws IOException {
        viewer = Hyalite.start(folder, "view", results, "--no-browser");
        address = viewer.firstLine();
    }

    @AfterEach
    void nothingWasComplainedOfAndNothingAskedElsewhere() {
        chromium.closePages();
        viewer.close();
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.asked()).isNotEmpty().extracting(URI::getHost).containsOnly("127.0.0.1");
    }

    @Test
    @Order(1)
    void aRunIsFollowedToItsEndAlsoWhenThePageIsClosedMeanwhile() throws IOException, InterruptedException {
        Page page = open(chromium.page());
        page.waitForSelector("#study-state[data-state=empty]");
        try (Hyalite run = Hyalite.start(
                folder, "run", folder.resolve("experiment/experiment.yaml"), "-o", results, "--threads", 1)) {
            page.waitForSelector("#study-state[data-state=running]");
            page.waitForFunction("() => document.querySelectorAll('#run-steps li').length >= 2");
            assertThat(page.locator("#run").isVisible()).isTrue();
            page.waitForFunction("() => Number(document.querySelector('#run-progress').value) > 0");
            shot(page, "running");
            page.context().close();
            Page again = open(chromium.page());
            again.waitForFunction(
                    "() => window.hyalite.state.volume?.preview || window.hyalite.state.study?.state === 'finished'",
                    null,
                    longest());
            assertThat(again.evaluate("() => window.hyalite.state.volume?.preview === true"))
                    .as("a first reconstruction is seen before the run is done")
                    .isEqualTo(true);
            shot(again, "preview");
            run.await(Duration.ofMinutes(4));
            again.waitForSelector(
                    "#study-state[data-state=finished]", new Page.WaitForSelectorOptions().setTimeout(20_000));
            again.waitForFunction("() => window.hyalite.state.diagram && !window.hyalite.state.volume?.preview");
            assertThat(again.locator("#run").isVisible()).isFalse();
            assertThat(again.locator("#phase-chips [data-phase]").count()).isEqualTo(2);
        }
        assertThat(results.resolve("live")).doesNotExist();
    }

    @Test
    @Order(2)
    void theParticleTurns() {
        Page page = ready();
        byte[] before = picture(page);
        BoundingBox box = page.locator("#volume").boundingBox();
        drag(
                page,
                box.x + box.width * 0.4,
                box.y + box.height * 0.5,
                box.x + box.width * 0.6,
                box.y + box.height * 0.6);
        page.evaluate("() => window.hyalite.settled()");
        assertThat(colours(before)).as("there is something to see").isGreaterThan(50);
        assertThat(Arrays.equals(picture(page), before)).isFalse();
        shot(page, "turned");
        page.locator("#view-reset").click();
        page.evaluate("() => window.hyalite.settled()");
    }

    @Test
    @Order(3)
    void theCloudOneDrawsAroundIsThePhaseAndIsKeptWithItsMask() throws IOException {
        Page page = ready();
        JsonNode zinc = phase("Zn-rich");
        page.locator("#tool-lasso").click();
        BoundingBox box = page.locator("#diagram-canvas").boundingBox();
        Mouse mouse = page.mouse();
        double[][] around = {{0.55, 0.02}, {0.99, 0.02}, {0.99, 0.85}, {0.55, 0.85}, {0.55, 0.03}};
        mouse.move(box.x + around[0][0] * box.width, box.y + around[0][1] * box.height);
        mouse.down();
        for (double[] corner : around) {
            mouse.move(
                    box.x + corner[0] * box.width, box.y + corner[1] * box.height, new Mouse.MoveOptions().setSteps(8));
        }
        mouse.up();
        page.waitForSelector("#numbers-exact[data-exact=true]");
        assertThat(number(page, "#number-volume"))
                .isCloseTo(
                        zinc.path("volume_nm3").asDouble(),
                        within(0.01 * zinc.path("volume_nm3").asDouble()));
        assertThat(number(page, "#number-fraction"))
                .isCloseTo(zinc.path("fraction_mean").asDouble(), within(0.05));
        page.evaluate("() => window.hyalite.settled()");
        shot(page, "brushed");
        page.locator("#selection-name").fill("zinc");
        page.locator("#save-selection").click();
        page.waitForSelector("#selections li");
        JsonNode kept = new ObjectMapper()
                .readTree(results.resolve("selections/zinc.json").toFile());
        assertThat(kept.toString()).contains("zinc");
        assertThat(results.resolve("selections/zinc.mrc")).isNotEmptyFile();
        assertThat(results.resolve("selections/zinc.csv")).isNotEmptyFile();
    }

    @Test
    @Order(4)
    void aSliceMovesWithItsCrosshairAndStandsThereAfterAReload() {
        Page page = ready();
        Locator slider = page.locator("#slider-z");
        int there = Integer.parseInt(slider.inputValue());
        page.locator("#slice-z").focus();
        page.keyboard().press("ArrowUp");
        page.waitForFunction("z => Number(document.querySelector('#slider-z').value) !== z", there);
        int moved = Integer.parseInt(slider.inputValue());
        page.locator("#slice-z").hover();
        page.waitForFunction("() => /Co/.test(document.querySelector('#readout').textContent)");
        assertThat(page.locator("#readout").textContent()).contains("Zn", "atoms/nm³", "X", "N");
        page.waitForTimeout(500); // the address takes up the position when the slice has come to rest
        page.reload();
        page.waitForFunction("() => window.hyalite?.state.volume && window.hyalite.state.diagram");
        assertThat(Integer.parseInt(page.locator("#slider-z").inputValue())).isEqualTo(moved);
    }

    @Test
    @Order(5)
    void everyTabHasItsFiguresAndNumbersInDarkAndInLight() {
        Page page = ready();
        for (String theme : new String[] {"light", "dark"}) {
            for (String tab :
                    new String[] {"overview", "tilts", "calibration", "convergence", "figures", "provenance", "explore"
                    }) {
                page.locator("#tab-" + tab).click();
                page.waitForSelector("#panel-" + tab + ":not([hidden])");
                page.waitForTimeout(500);
                assertThat(page.locator("#panel-" + tab).innerText().strip())
                        .as(tab)
                        .isNotEmpty();
                shot(page, theme + "-" + tab);
            }
            page.locator("#theme").click();
        }
        page.locator("#tab-overview").click();
        assertThat(page.locator("#panel-overview").innerText()).contains("Co-rich", "Zn-rich");
    }

    @Test
    @Order(6)
    void withoutWebGlSlicesAndDiagramStillWork() {
        try (Chromium plain = Chromium.withoutWebGl()) {
            Page page = open(plain.page());
            page.waitForFunction("() => window.hyalite?.state.volume && window.hyalite.state.diagram");
            assertThat(page.locator("#scene").innerText()).contains("WebGL2");
            page.locator("#phase-chips [data-phase='Zn-rich']").click();
            page.waitForSelector("#numbers-exact[data-exact=true]");
            assertThat(number(page, "#number-volume")).isPositive();
            shot(page, "no-webgl");
        }
    }

    @Test
    @Order(7)
    void aCorruptChunkIsToldAndTheRestIsShown() throws IOException {
        Path damaged = folder.resolve("damaged");
        copy(results, damaged);
        try (Stream<Path> all = Files.walk(damaged.resolve("sample/volume.ome.zarr/0"))) {
            Path chunk = all.filter(p -> p.getFileName().toString().matches("\\d+") && Files.isRegularFile(p))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(chunk.toFile(), "rw")) {
                file.seek(file.length() / 2);
                file.write(new byte[64]);
            }
        }
        Files.delete(damaged.resolve("calibration.json"));
        try (Hyalite other = Hyalite.start(folder, "view", damaged, "--no-browser")) {
            address = other.firstLine();
            Page page = chromium.page();
            page.navigate(address);
            page.waitForFunction("() => document.querySelector('#notes').innerText.includes('volume.ome.zarr')");
            page.waitForFunction("() => window.hyalite.state.diagram && window.hyalite.state.volume");
            page.evaluate("() => window.hyalite.settled()");
            assertThat(page.evaluate("() => window.hyalite.state.volume.elements.map(e => Math.round(e.max)).join()"))
                    .as("both elements, from the MRC files")
                    .isEqualTo("5,6");
            shot(page, "damaged");
            chromium.closePages();
        }
    }

    @Test
    @Order(8)
    void whenTheProgramEndsThePageSaysSo() {
        Page page = ready();
        viewer.kill();
        page.waitForSelector("#offline:not([hidden])", new Page.WaitForSelectorOptions().setTimeout(20_000));
        shot(page, "gone");
        chromium.closePages();
        chromium.forgive("ERR_CONNECTION_REFUSED");
    }

    private Page open(Page page) {
        page.navigate(address);
        page.waitForFunction("() => window.hyalite?.state.study");
        return page;
    }

    /** A page with the finished results, all loaded. */
    private Page ready() {
        Page page = open(chromium.page());
        page.waitForFunction("() => window.hyalite.state.volume && window.hyalite.state.diagram");
        page.evaluate("() => window.hyalite.settled()");
        return page;
    }

    private static Page.WaitForFunctionOptions longest() {
        return new Page.WaitForFunctionOptions().setTimeout(A_RUN_MS);
    }

    private static void drag(Page page, double x0, double y0, double x1, double y1) {
        page.mouse().move(x0, y0);
        page.mouse().down();
        page.mouse().move(x1, y1, new Mouse.MoveOptions().setSteps(10));
        page.mouse().up();
    }

    private static byte[] picture(Page page) {
        return page.locator("#volume").screenshot();
    }

    /** How many colours a picture has, at least: its bytes, of which a plain picture has few different ones. */
    private static long colours(byte[] png) {
        try {
            var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png));
            return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                    .distinct()
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double number(Page page, String selector) {
        return Double.parseDouble(page.locator(selector).getAttribute("data-value"));
    }

    private static JsonNode phase(String name) {
        for (JsonNode phase : new ObjectMapper()
                .readTree(results.resolve("phases.json").toFile())
                .path("phases")) {
            if (phase.path("name").asString("").equals(name)) {
                return phase;
            }
        }
        throw new IllegalStateException(name);
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("hyalite.screenshots", "target/screenshots"), name + ".png")));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path there = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(path, there);
                }
            }
        }
    }
}
