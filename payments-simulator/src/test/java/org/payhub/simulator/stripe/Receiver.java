package org.payhub.simulator.stripe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;

/** Stands for the hub's webhook address: keeps what arrives and answers what it is told to. */
final class Receiver implements AutoCloseable {

    record Arrived(String type, String id, String signature, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        var event = Json.parse(new String(body, StandardCharsets.UTF_8));
                        arrived.add(
                                new Arrived(
                                        Json.need(event, "type"),
                                        Json.need(event, "id"),
                                        exchange.getRequestHeaders().getFirst("Stripe-Signature"),
                                        body));
                        exchange.sendResponseHeaders(status, -1);
                    }
                });
        server.setExecutor(
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work);
                            thread.setDaemon(true);
                            return thread;
                        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/payments/prepaid/stripe";
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    List<Arrived> all() {
        return List.copyOf(arrived);
    }

    List<String> types() {
        return arrived.stream().map(Arrived::type).toList();
    }

    long count(String type) {
        return arrived.stream().filter(a -> a.type().equals(type)).count();
    }

    Arrived first(String type) {
        return arrived.stream().filter(a -> a.type().equals(type)).findFirst().orElseThrow();
    }

    void await(Predicate<Receiver> condition) {
        Await.until(() -> condition.test(this), () -> "arrived so far: " + types());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
