package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects a user's results from everybody else: other users, other sites, other names of this machine. */
class GateTest {
    @TempDir
    Path folder;

    private ViewServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("phases.json"), "{\"secret\": 42}");
        server = ViewServer.start(folder, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theAddressLeadsToThePage() throws IOException {
        Asked page = Asked.get(server, "");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("Hyalite");
        Asked bare = Asked.of(server, "GET", Asked.root(server).replaceFirst("/$", ""));
        assertThat(bare.status()).isEqualTo(301);
        assertThat(bare.header("Location")).isEqualTo(Asked.root(server));
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws IOException {
        for (Asked answer : new Asked[] {
            Asked.get(server, ""),
            Asked.get(server, "api/study"),
            Asked.get(server, "file/phases.json"),
            Asked.get(server, "file/none"),
            Asked.of(server, "GET", "/")
        }) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void aPageFromTheFolderIsAlone() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<p>report</p>");
        Files.writeString(folder.resolve("other.html"), "<p>other</p>");
        assertThat(Asked.get(server, "file/report.html").header("Content-Security-Policy"))
                .startsWith("sandbox allow-scripts")
                .doesNotContain("allow-same-origin", "connect-src");
        assertThat(Asked.get(server, "file/other.html").header("Content-Security-Policy"))
                .startsWith("sandbox;")
                .doesNotContain("script");
    }

    @Test
    void aWrongTokenIsToldWhatToDoAndNothingElse() throws IOException {
        String token = Asked.root(server).replace("/", "");
        String[] wrong = {
            "/",
            "/favicon.ico",
            "/api/study",
            "/file/phases.json",
            "/" + token.substring(1) + "/",
            "/" + token + "0/",
            "/" + token.toUpperCase(java.util.Locale.ROOT).replace('0', '1') + "x/api/study",
            "/" + "0".repeat(32) + "/api/study",
            "/x/" + token + "/",
            "/%2e%2e/" + token + "/"
        };
        for (String path : wrong) {
            Asked answer = Asked.of(server, "GET", path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).contains("hyalite view").doesNotContain(token, "secret", folder.toString());
        }
    }

    @Test
    void anotherNameOfThisMachineIsRefused() throws IOException {
        String path = Asked.root(server) + "api/study";
        int port = server.port();
        String[] wrong = {
            "Host: evil.example",
            "Host: evil.example:" + port,
            "Host: 127.0.0.1",
            "Host: 127.0.0.1:" + (port + 1),
            "Host: 127.0.0.1:" + port + ".evil.example",
            "Host: localhost.evil.example:" + port,
            "Host: [::1]:" + port,
            "Host: 0.0.0.0:" + port,
            "Host:"
        };
        for (String host : wrong) {
            Asked answer = Asked.of(server, "GET", path, host);
            assertThat(answer.status()).as(host).isEqualTo(403);
            assertThat(answer.text()).doesNotContain("secret");
        }
        assertThat(Asked.sent(server, "GET " + path + " HTTP/1.0\r\n\r\n", new byte[0])
                        .status())
                .as("none")
                .isEqualTo(403);
        assertThat(Asked.of(server, "GET", path, "Host: localhost:" + port, "Host: evil.example")
                        .status())
                .as("two")
                .isIn(400, 403);
        assertThat(Asked.of(server, "GET", path, "Host: LocalHost:" + port).status())
                .isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws IOException {
        String path = Asked.root(server) + "api/study";
        int port = server.port();
        String[] wrong = {
            "https://evil.example",
            "null",
            "http://127.0.0.1:" + (port + 1),
            "http://127.0.0.1",
            "https://127.0.0.1:" + port,
            "http://localhost:" + port, // the host that is asked for is 127.0.0.1
            "http://127.0.0.1:" + port + ".evil.example",
            ""
        };
        for (String origin : wrong) {
            assertThat(Asked.of(server, "GET", path, "Origin: " + origin).status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(Asked.of(server, "GET", path, "Origin: http://127.0.0.1:" + port)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyMeantMethodsAreAnswered() throws IOException {
        String root = Asked.root(server);
        for (String path : new String[] {"", "app/index.html", "api/study", "api/diagram", "file/phases.json"}) {
            for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"}) {
                Asked answer = Asked.of(server, method, root + path);
                assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
            }
        }
        assertThat(Asked.of(server, "GET", root + "api/numbers").status()).isEqualTo(405);
        assertThat(Asked.of(server, "POST", root + "api/selections").status()).isEqualTo(405);
        Asked head = Asked.of(server, "HEAD", root + "file/phases.json");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("14");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aBrowserIsStartedWithAnAddressThatWorksOnce() throws IOException {
        String once = server.addressOnce().replaceFirst("http://[^/]*", "");
        assertThat(once).doesNotContain(Asked.root(server).replace("/", ""));
        Asked first = Asked.of(server, "GET", once);
        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("Location")).isEqualTo(Asked.root(server));
        assertThat(Asked.of(server, "GET", once).status()).isEqualTo(404);
    }

    @Test
    void tokensDiffer() {
        try (ViewServer other = ViewServer.start(folder, 0)) {
            assertThat(Asked.root(other)).hasSize(34).isNotEqualTo(Asked.root(server));
        }
    }

    @Test
    void nobodyBeyondThisMachineIsListenedTo() {
        assertThat(server.address()).startsWith("http://127.0.0.1:" + server.port() + "/");
        assertThat(server.listensOn().getAddress().isLoopbackAddress()).isTrue();
    }
}
