package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way into the viewer and out of it. */
class ViewCommandTest {
    @TempDir
    Path temp;

    @Test
    void whatCannotBeServedIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Said.by("view", temp, "--no-browser", "--port", taken.getLocalPort())
                    .refused(2, "port " + taken.getLocalPort(), "in use", "--port");
        }
        Said.by("view", temp, "--no-browser", "--port", 70000).refused(2, "70000", "no port");
        Said.by("view", temp, "--no-browser", "--port", -1).refused(2, "-1");
        Path file = Files.writeString(temp.resolve("report.html"), "");
        Said.by("view", file, "--no-browser").refused(2, "report.html", "is a file", "results folder");
    }

    @Test
    void itPrintsTheAddressServesAndEndsWhenItIsTold() throws IOException, InterruptedException {
        Path none = temp.resolve("not yet there");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.hyalite.app.Main",
                        "view",
                        none.toString(),
                        "--no-browser")
                .redirectError(temp.resolve("errors.txt").toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String address = out.readLine();
            assertThat(address).matches("http://127[.]0[.]0[.]1:[0-9]+/[0-9a-f]{32}/");
            HttpURLConnection study = (HttpURLConnection)
                    URI.create(address + "api/study").toURL().openConnection();
            String json = new String(study.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(json).contains("\"state\" : \"empty\"", "no such folder", "hyalite run");
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(temp.resolve("errors.txt")).content().contains("Ctrl-C").doesNotContain("\tat ");
            assertThat(none).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }
}
