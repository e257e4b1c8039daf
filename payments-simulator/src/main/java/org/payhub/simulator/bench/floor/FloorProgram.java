package org.payhub.simulator.bench.floor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The floors F1 (naive) and F2 (batching) as programs: the JDK's HTTP server with 64 threads. Ends
 * with its parent, by the end of its standard input.
 */
public final class FloorProgram {

    private static final int THREADS = 64;
    private static final int LARGEST = 1 << 20;

    /** Stores an event, or says that there is no room; returns after the commit. */
    interface Inbox {

        boolean store(FloorEvent event) throws SQLException, InterruptedException;
    }

    private FloorProgram() {}

    /** {@code naive|batching PORT}; the database comes in system properties. */
    public static void main(String[] arguments) throws IOException {
        Inbox inbox = arguments[0].equals("naive") ? new NaiveInbox() : new BatchingInbox();
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
                        4_096);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", exchange -> handle(exchange, inbox));
        server.start();
        while (System.in.read() >= 0) {
            continue; // Nothing is said; only its end counts.
        }
        System.exit(0);
    }

    private static void handle(HttpExchange exchange, Inbox inbox) throws IOException {
        int status;
        try (InputStream in = exchange.getRequestBody()) {
            Optional<FloorEvent> event =
                    FloorEvent.verified(
                            exchange.getRequestHeaders().getFirst("Stripe-Signature"),
                            in.readNBytes(LARGEST));
            if (event.isEmpty()) {
                status = 400;
            } else {
                status = inbox.store(event.get()) ? 200 : 503;
            }
        } catch (SQLException e) {
            status = 503;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = 503;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
