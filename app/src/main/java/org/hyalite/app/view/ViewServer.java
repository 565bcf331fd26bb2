package org.hyalite.app.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Reason;
import org.hyalite.study.Json;
import org.hyalite.study.recipe.InputException;

/**
 * Serves a results folder on the loopback address: {@code http://127.0.0.1:PORT/TOKEN/}. As many threads as connections
 * are allowed, so that one that never finishes its request stands in nobody's way until its time is over.
 */
public final class ViewServer implements AutoCloseable {
    private static final int CONNECTIONS = 256;
    private static final long THREAD_IDLE_S = 10;

    static {
        // read once by the JDK's server; what the user sets stays
        Map.of(
                        "jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS),
                        "sun.net.httpserver.maxIdleConnections", Integer.toString(CONNECTIONS),
                        "sun.net.httpserver.idleInterval", "30",
                        "sun.net.httpserver.maxReqTime", "10",
                        "sun.net.httpserver.maxRspTime", "300",
                        "sun.net.httpserver.maxReqHeaders", "100",
                        "sun.net.httpserver.maxReqHeaderSize", "65536",
                        "sun.net.httpserver.nodelay", "true")
                .forEach((key, value) -> {
                    if (System.getProperty(key) == null) {
                        System.setProperty(key, value);
                    }
                });
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Gate gate;
    private final Api api;

    private ViewServer(HttpServer server, Path folder) {
        this.server = server;
        this.gate = new Gate(server.getAddress().getPort());
        this.api = new Api(folder);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0, CONNECTIONS, THREAD_IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "hyalite-view-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Begins to serve a folder, which may still be missing.
     *
     * @param port 0: any that is free
     * @throws InputException if the folder is a file, or the port cannot be had
     */
    public static ViewServer start(Path folder, int port) {
        if (Files.isRegularFile(folder)) {
            throw new InputException(
                    folder + ": is a file; give the results folder of 'hyalite run' or 'hyalite demo'");
        }
        if (port < 0 || port > 65535) {
            throw new InputException(
                    "--port " + port + " is no port; give one of 1024 … 65535, or none for any free one");
        }
        try {
            InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), CONNECTIONS);
            ViewServer view = new ViewServer(server, folder);
            server.createContext("/", view::answer);
            server.setExecutor(view.threads);
            server.start();
            view.threads.execute(view.api::warm);
            return view;
        } catch (BindException e) {
            throw new InputException(
                    "port " + port + " of this machine is in use or not allowed (" + Reason.of(e)
                            + "); give another with --port, or none for any free one",
                    e);
        } catch (IOException e) {
            throw new InputException("port " + port + " of this machine cannot be used: " + Reason.of(e), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it can be reached. */
    InetSocketAddress listensOn() {
        return server.getAddress();
    }

    /** How many threads there are for requests. */
    int threads() {
        return threads.getPoolSize();
    }

    /** The page's address, for people. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/" + gate.token() + "/";
    }

    /** An address that leads to the page once: for a browser's command line, which others may see. */
    public String addressOnce() {
        return "http://127.0.0.1:" + port() + "/" + gate.newOpener();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        api.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Reply reply = new Reply(exchange);
        try (exchange) {
            try {
                gate.require(exchange.getRequestHeaders());
                route(exchange, reply);
            } catch (Refusal e) {
                refuse(reply, e.status(), e.getMessage());
            } catch (InputException | MicroscopeFileException e) {
                refuse(reply, Refusal.UNUSABLE, e.getMessage());
            } catch (UncheckedIOException e) {
                refuse(reply, Refusal.UNUSABLE, String.valueOf(e.getMessage()));
            } catch (NoSuchFileException e) {
                refuse(reply, Refusal.NOT_FOUND, "the file is gone");
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                refuse(reply, Refusal.FAILED, "this was not foreseen: " + e);
            }
        }
    }

    /** Answers with an error, if no other answer has begun. */
    private static void refuse(Reply reply, int status, String message) throws IOException {
        if (!reply.begun()) {
            reply.json(
                    status,
                    Json.object().put("error", message.lines().findFirst().orElse("")));
        }
    }

    private void route(HttpExchange exchange, Reply reply) throws IOException {
        List<Optional<String>> path = Gate.split(exchange.getRequestURI().getRawPath());
        String token = path.get(0).orElse("");
        boolean bare = path.get(1).isEmpty();
        if (bare && Methods.READ.get(0).equals(exchange.getRequestMethod()) && gate.takeOpener(token)) {
            reply.header("Location", "/" + gate.token() + "/");
            reply.empty(303);
            return;
        }
        if (!gate.isToken(token)) {
            reply.bytes(
                    Refusal.NOT_FOUND,
                    "text/html; charset=utf-8",
                    Page.of(
                            "Not found",
                            "Open the whole address that <code>hyalite view</code> printed; it changes each time that the"
                                    + " viewer is started."));
            return;
        }
        if (bare) {
            reply.header("Location", "/" + gate.token() + "/");
            reply.empty(301);
            return;
        }
        String rest = path.get(1).get();
        if (rest.startsWith("api/")) {
            api.answer(exchange, rest.substring("api/".length()), reply);
        } else if (rest.startsWith("file/")) {
            api.file(exchange, rest.substring("file/".length()), reply);
        } else {
            Methods.require(exchange, Methods.READ);
            String name =
                    rest.isEmpty() ? "index.html" : rest.startsWith("app/") ? rest.substring("app/".length()) : "";
            byte[] found =
                    Page.resource(name).orElseThrow(() -> new Refusal(Refusal.NOT_FOUND, "no such part of the page"));
            reply.bytes(200, Reply.type(name), found);
        }
    }
}
