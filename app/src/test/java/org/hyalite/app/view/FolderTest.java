package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects every file outside the results folder. */
class FolderTest {
    private static final String SECRET = "the secret";

    @TempDir
    Path temp;

    private Path folder;
    private ViewServer server;

    @BeforeEach
    void start() throws IOException {
        folder = temp.resolve("results");
        SmallResults.in(folder, 4, 5, 6, 1);
        Files.writeString(temp.resolve("secret.txt"), SECRET);
        Files.copy(folder.resolve("sample/density_Co.mrc"), temp.resolve("secret.mrc"));
        Files.createDirectories(temp.resolve("results-other"));
        Files.writeString(temp.resolve("results-other/secret.txt"), SECRET);
        server = ViewServer.start(folder, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void filesBelowTheFolderAreServed() throws IOException {
        Files.writeString(folder.resolve("sample/µ ü.csv"), "a,b");
        for (String name : List.of("sample/%C2%B5%20%C3%BC.csv", "sample/%c2%b5%20%c3%bc%2ecsv")) {
            assertThat(Asked.get(server, "file/" + name).text()).as(name).isEqualTo("a,b");
        }
        Asked volume = Asked.get(server, "file/sample/density_Co.mrc");
        assertThat(volume.body()).isEqualTo(Files.readAllBytes(folder.resolve("sample/density_Co.mrc")));
        assertThat(volume.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(Asked.get(server, "file/sample/volume.ome.zarr/.zattrs").text())
                .isEqualTo("{}");
        assertThat(Asked.get(server, "file/figures/weights.svg").header("Content-Type"))
                .isEqualTo("image/svg+xml");
    }

    @Test
    void noPathLeadsOut() throws IOException {
        List<String> ups = List.of(
                "..",
                "%2e%2e",
                "%2E%2e",
                ".%2e",
                "%252e%252e",
                "%25252e%25252e",
                "%c0%ae%c0%ae",
                "%e0%80%ae%e0%80%ae",
                "..%00",
                "...",
                "%uff0e%uff0e",
                "..;",
                "..%20",
                "..%09");
        List<String> slashes = List.of("/", "%2f", "%2F", "%252f", "%5c", "%5C", "\\", "//", "/./", "%c0%af");
        List<String> paths = new ArrayList<>();
        for (String up : ups) {
            for (String slash : slashes) {
                paths.add(up + slash + "secret.txt");
                paths.add("sample" + slash + up + slash + up + slash + "secret.txt");
                paths.add("sample" + slash + up + slash + up + slash + "results-other" + slash + "secret.txt");
            }
        }
        paths.addAll(List.of(
                temp + "/secret.txt",
                "/" + temp + "/secret.txt",
                "%2f" + temp.toString().substring(1) + "/secret.txt",
                "file:" + temp + "/secret.txt",
                "file%3a%2f%2f" + temp + "/secret.txt",
                "C:\\secret.txt",
                "C:%5csecret.txt",
                "%5c%5cserver%5cshare",
                "~/secret.txt",
                "phases.json%00.txt",
                "%00",
                "%",
                "%2",
                "%zz",
                "%ff%fe",
                "",
                "/",
                ".",
                "a/".repeat(500) + "b",
                "a".repeat(5000)));
        for (String path : paths) {
            Asked answer = Asked.get(server, "file/" + path);
            assertThat(answer.status()).as(path).isIn(400, 403, 404);
            assertThat(answer.text()).as(path).doesNotContain(SECRET);
            Asked section =
                    Asked.get(server, "api/section?axis=z&index=0&file=" + path.replace("secret.txt", "secret.mrc"));
            assertThat(section.status()).as("section " + path).isIn(400, 403, 404);
        }
        for (String rest : List.of("/../../secret.txt", "app/../../../secret.txt", "app/%2e%2e/package-info.class")) {
            assertThat(Asked.get(server, rest).status()).as(rest).isIn(400, 404);
        }
    }

    @Test
    void linksThatLeaveTheFolderAreNotFollowed() throws IOException {
        try {
            Files.createSymbolicLink(folder.resolve("link.txt"), temp.resolve("secret.txt"));
            Files.createSymbolicLink(folder.resolve("link"), temp.resolve("results-other"));
            Files.createSymbolicLink(folder.resolve("link.mrc"), temp.resolve("secret.mrc"));
            Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
            Files.createSymbolicLink(folder.resolve("within.json"), folder.resolve("phases.json"));
            Files.createSymbolicLink(folder.resolve("selections"), temp.resolve("results-other"));
        } catch (FileSystemException e) {
            assumeThat(false).as("links can be made here: " + e.getMessage()).isTrue();
        }
        for (String path : List.of("link.txt", "link/secret.txt", "link.mrc", "loop", "loop/a")) {
            Asked answer = Asked.get(server, "file/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).doesNotContain(SECRET);
        }
        assertThat(Asked.get(server, "api/section?axis=z&index=0&file=link.mrc").status())
                .isEqualTo(404);
        assertThat(Asked.get(server, "file/within.json").status()).isEqualTo(200);
        Files.createSymbolicLink(folder.resolve("standards"), temp);
        Files.createSymbolicLink(folder.resolve("experiment"), temp);
        Files.createDirectories(temp.resolve("sample"));
        Files.copy(temp.resolve("secret.mrc"), temp.resolve("sample/hidden.mrc"));
        assertThat(Asked.get(server, "api/study").text()).doesNotContain("link.txt", "secret", "hidden");

        String selection = "{\"kind\": \"threshold\"}";
        Asked kept = Asked.with(server, "PUT", Asked.root(server) + "api/selections/mine", selection);
        assertThat(kept.status()).isEqualTo(422);
        assertThat(kept.error()).contains("leads out");
        assertThat(temp.resolve("results-other")).isDirectoryNotContaining("glob:**mine*");
    }

    @Test
    void hiddenFilesAndFoldersAreNotServed() throws IOException {
        Files.createDirectories(folder.resolve(".ssh"));
        Files.writeString(folder.resolve(".ssh/key"), SECRET);
        Files.writeString(folder.resolve(".resume.json"), SECRET);
        for (String path : List.of(".ssh/key", ".resume.json", "sample", "sample/", "figures/")) {
            Asked answer = Asked.get(server, "file/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).doesNotContain(SECRET, "density_Co");
        }
    }

    @Test
    void classesAreNoPartOfThePage() throws IOException {
        for (String name :
                List.of("ViewServer.class", "Gate.class", "package-info.class", "none.js", "", "../Main.class")) {
            assertThat(Asked.get(server, "app/" + name).status()).as(name).isIn(400, 404);
        }
    }
}
