package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the server from too many, too slow and too much. */
class LoadTest {
    @TempDir
    Path folder;

    private ViewServer server;
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        SmallResults.in(folder, 4, 5, 6, 1);
        server = ViewServer.start(folder, 0);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    private void begin(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        open.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void worksAgain() throws IOException {
        assertThat(Asked.get(server, "api/study").status()).isEqualTo(200);
        assertThat(Asked.get(server, "api/diagram?bins=16").body()).hasSize(16 * 16 * 5 * 8);
    }

    @Test
    void requestsThatNeverEndStandInNobodysWay() throws IOException {
        String root = Asked.root(server);
        String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n";
        for (int i = 0; i < 25; i++) {
            begin("");
            begin("G");
            begin("GET " + root + "api/study HTTP/1.1\r\nHos");
            begin("POST " + root + "api/numbers" + host + "Content-Length: 100000\r\n\r\n{");
            begin("PUT " + root + "api/selections/a" + host + "Transfer-Encoding: chunked\r\n\r\nfff\r\n{");
        }
        worksAgain();
    }

    @Test
    void aThousandConnectionsAtOnceLeaveTheServerUp() throws IOException {
        String request =
                "GET " + Asked.root(server) + "api/study HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                begin(request);
            } catch (IOException e) {
                refused++; // closed at once: there are too many
            }
        }
        assertThat(server.threads()).isLessThanOrEqualTo(256);
        assertThat(refused).isLessThan(1000);
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        Asked answer = Asked.get(server, "api/study");
        for (int i = 0; i < 40 && answer.status() != 200; i++) {
            sleep(); // until those that were closed are noticed
            answer = Asked.get(server, "api/study");
        }
        worksAgain();
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bodiesAreBounded() throws IOException {
        String path = Asked.root(server) + "api/";
        String long1 = "{\"kind\": \"threshold\", \"name\": \"" + "a".repeat(300_000) + "\"}";
        assertThat(Asked.with(server, "POST", path + "numbers", long1).status()).isEqualTo(413);
        assertThat(Asked.with(server, "PUT", path + "selections/a", long1).status())
                .isEqualTo(413);
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(Asked.with(server, "POST", path + "numbers", deep).status()).isEqualTo(422);
        String announced = "POST " + path + "numbers HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                + "\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n";
        assertThat(Asked.sent(server, announced, "x".repeat(400_000).getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(413);
        worksAgain();
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        for (String text : List.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "\0\1\2\3\r\n\r\n",
                "GET " + "/a".repeat(200_000) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(5000) + "\r\n",
                "GET / HTTP/1.1\r\nX: " + "y".repeat(500_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
            int status = Asked.sent(server, text, new byte[0]).status();
            assertThat(status)
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isIn(0, 400, 403, 404, 413, 414, 431);
        }
        worksAgain();
    }

    @Test
    void whatIsAskedWithManyWordsIsAnswered() throws IOException {
        for (String path : List.of(
                "api/section",
                "api/section?file=&axis=&index=",
                "api/section?file=sample/density_Co.mrc&axis=w&index=0",
                "api/section?file=sample/density_Co.mrc&axis=z&index=-1",
                "api/section?file=sample/density_Co.mrc&axis=z&index=4",
                "api/section?file=sample/density_Co.mrc&axis=z&index=99999999999999",
                "api/section?file=sample/density_Co.mrc&axis=z&index=1e3",
                "api/section?file=phases.json&axis=z&index=0",
                "api/diagram?bins=0",
                "api/diagram?bins=100000",
                "api/diagram?bins=-1",
                "api/diagram?bins=x")) {
            Asked answer = Asked.get(server, path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.error().isEmpty()).as(path).isFalse();
            assertThat(answer.error().lines()).hasSize(1);
        }
        assertThat(Asked.get(server, "api/section?%zz").status()).isEqualTo(400);
        for (String path : List.of("api/", "api/none", "api", "api/selections/none", "nothing")) {
            assertThat(Asked.get(server, path).status()).as(path).isEqualTo(404);
        }
    }
}
