package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the page that is mailed: it says all, fetches nothing, runs nothing but its own script. */
class ReportPageTest {
    @TempDir
    static Path folder;

    private static ResultFiles files;
    private static String page;

    @BeforeAll
    static void write() throws IOException {
        files = HandmadeResults.write(folder.resolve("results"), 40);
        ReportPage.write(files, List.of("phase Co-rich"));
        page = Files.readString(files.report());
    }

    private static List<String> all(String regex) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void everyWarningStandsBeforeTheResult() {
        String before = page.substring(0, page.indexOf("<h2>Result"));
        for (String warning : HandmadeResults.WARNINGS) {
            assertThat(before).contains(Html.escape(warning));
        }
        assertThat(page).doesNotContain("<script>alert");
    }

    @Test
    void resultAndMethodCarryTheRunsNumbers() {
        assertThat(page)
                .contains(
                        "“ball &lt;1&gt;” holds two phases: Co-rich, (1.500 ± 0.020) × 10⁶ nm³ (25.0 %), with X = 0.0120 ± 0.0021",
                        "N = 4.980 ± 0.031 atoms/nm³",
                        "Beam energy 80 keV (from the files).",
                        "0.9 nA (from the files)",
                        "120 ms (from the files)",
                        "6.74 × 10⁸ electrons",
                        "N &gt; 2.5 atoms/nm³ (half way: the curve is no sigmoid)",
                        "3 tilts, −70° … 70°",
                        "experiment.yaml, line 6");
    }

    @Test
    void nothingIsFetched() {
        String names = page.replaceAll("http://www[.]w3[.]org/(2000/svg|1999/xlink|1999/xhtml)", "");
        assertThat(names).doesNotContain("http://", "https://", "src=\"/", "href=", "@import");
        assertThat(all("src=\"([^\"]{0,12})")).isNotEmpty().allMatch(s -> s.startsWith("data:image/"));
    }

    @Test
    void policyAllowsItsOwnScriptAndStyleOnly() throws Exception {
        String policy = all("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
                .get(0);
        assertThat(policy).contains("default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'");
        assertThat(policy).doesNotContain("unsafe", "*");
        List<String> scripts = all("<script[^>]*>(.*?)</script>");
        assertThat(scripts).hasSize(1);
        assertThat(policy)
                .contains(
                        "script-src " + hash(scripts.get(0)),
                        "style-src " + hash(all("<style>(.*?)</style>").get(0)));
        assertThat(page.indexOf("Content-Security-Policy")).isLessThan(page.indexOf("<style>"));
        assertThat(page.substring(0, page.indexOf("<script")))
                .as("the policy forbids both")
                .doesNotContainPattern("<[^>]* (style|on[a-z]+)=");
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void volumesInThePageAreTheFoldersOnes() throws Exception {
        JsonNode grid = Json.parse(unescape(all("data-volume=\"([^\"]*)\"").get(0)));
        List<String> elements = all("data-element=\"([^\"]*)\"");
        List<String> packed = all("data-element=\"[^\"]*\">([^<]*)<");
        assertThat(elements).hasSize(2);
        assertThat(grid.path("unit").asString()).isEqualTo("atoms/nm³");
        List<Volume> small =
                ReportVolume.small(files, ReportData.read(files), List.of(Element.of("Co"), Element.of("Zn")));
        for (int k = 0; k < 2; k++) {
            Volume expected = small.get(k);
            assertThat(List.of(expected.nz(), expected.ny(), expected.nx()))
                    .isEqualTo(List.of(
                            grid.path("shape").get(0).asInt(),
                            grid.path("shape").get(1).asInt(),
                            grid.path("shape").get(2).asInt()));
            JsonNode element = Json.parse(unescape(elements.get(k)));
            double max = element.path("max").asDouble();
            assertThat(max).isEqualTo(k == 0 ? 5 : 6);
            byte[] bytes = new byte[expected.nz() * expected.ny() * expected.nx()];
            Inflater inflater = new Inflater();
            inflater.setInput(Base64.getDecoder().decode(packed.get(k)));
            assertThat(inflater.inflate(bytes)).isEqualTo(bytes.length);
            assertThat(inflater.finished() || inflater.inflate(new byte[1]) == 0)
                    .isTrue();
            for (int i = 0; i < bytes.length; i++) {
                int nx = expected.nx();
                int ny = expected.ny();
                float v = expected.at(i / (nx * ny), i / nx % ny, i % nx);
                assertThat(bytes[i] & 255).isEqualTo((int) Math.round(255 * v / max));
            }
        }
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** Law over odd sizes: coarse volumes are small, keep the mean of whole cubes, and nothing of the matter is cut off. */
    @Test
    void coarseVolumesKeepTheMatter() {
        for (int n : new int[] {1, 3, 64, 65, 130}) {
            Volume volume = HandmadeResults.half(Math.max(1, n / 2), Math.max(1, n - 1), n, 0);
            Volume coarse = ReportVolume.coarse(volume);
            assertThat(Math.max(coarse.nx(), Math.max(coarse.ny(), coarse.nz())))
                    .isLessThanOrEqualTo(ReportVolume.MOST_VOXELS);
            int[][] box = ReportVolume.box(volume, 1);
            for (int z = 0; z < volume.nz(); z++) {
                for (int y = 0; y < volume.ny(); y++) {
                    for (int x = 0; x < volume.nx(); x++) {
                        boolean kept = z >= box[0][0]
                                && z < box[1][0]
                                && y >= box[0][1]
                                && y < box[1][1]
                                && x >= box[0][2]
                                && x < box[1][2];
                        if (!kept && volume.at(z, y, x) > 1) {
                            throw new AssertionError("matter at " + z + ", " + y + ", " + x + " is cut off");
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFolderThatLacksFilesStillGivesAPage() throws IOException {
        Path bare = folder.resolve("bare");
        ResultFiles some = HandmadeResults.write(bare, 12);
        Files.delete(some.sample("density_Co.mrc"));
        Files.delete(some.sample("density_Zn.mrc"));
        Files.delete(some.phases());
        ReportPage.write(some, List.of());
        assertThat(Files.readString(some.report()))
                .contains("No phase was found", "Where every number came from")
                .doesNotContain("<script")
                .contains("</html>");
    }
}
