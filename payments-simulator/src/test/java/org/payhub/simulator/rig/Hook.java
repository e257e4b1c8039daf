package org.payhub.simulator.rig;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;

/** Stands for the hub's webhook address: keeps what arrives and answers what it is told to. */
public final class Hook implements AutoCloseable {

    /**
     * One request as it came.
     *
     * @param query raw, null when there was none
     */
    public record Arrived(String method, String path, String query, Headers headers, byte[] body) {

        /** Null when it was not sent. */
        public String header(String name) {
            return headers.getFirst(name);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonObject json() {
            return Json.parse(text());
        }
    }

    private final HttpServer server;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String said = "";

    public Hook() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        server.createContext("/", this::take);
        server.setExecutor(
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work);
                            thread.setDaemon(true);
                            return thread;
                        }));
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            arrived.add(
                    new Arrived(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestURI().getRawQuery(),
                            exchange.getRequestHeaders(),
                            exchange.getRequestBody().readAllBytes()));
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The status of every answer from now on; 200 at first. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** The body of every answer from now on; empty at first. */
    public void say(String body) {
        said = body;
    }

    /** In the order in which they came. */
    public List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    public void await(Predicate<List<Arrived>> condition) {
        Await.until(
                () -> condition.test(arrived()),
                () -> "arrived so far: " + arrived.stream().map(Arrived::text).toList());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
