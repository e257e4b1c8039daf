package org.payhub.simulator.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Sends signed events and writes down each that was answered with a complete success; those are
 * promises. What was answered otherwise, or not at all, it can send again as the provider would.
 */
final class FaultLoad {

    private static final int OURS_IN = 5;
    private static final long AMOUNT = 900;

    private final FaultMerchant merchant;
    private final String address;
    private final String prefix;
    private final List<String> payments;
    private volatile Duration patience = Duration.ofSeconds(30);
    private final HttpClient http;
    private final AtomicLong number = new AtomicLong();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, String> open = new ConcurrentHashMap<>();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final Latencies accepted = new Latencies();
    private long lastAcknowledged;
    private long withoutRetryAfter;

    /**
     * @param port the application's, or that of a bad wire in front of it
     * @param prefix of the events' ids, never used before in this database
     * @param payments that some of the events belong to; each is worth 9.00 once
     */
    FaultLoad(FaultMerchant merchant, int port, String prefix, List<String> payments) {
        this.merchant = merchant;
        this.address = merchant.address(port);
        this.prefix = prefix;
        this.payments = payments;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    /** Gives up on an answer after so long. */
    void patience(Duration time) {
        patience = time;
    }

    String prefix() {
        return prefix;
    }

    List<String> payments() {
        return payments;
    }

    /** Sends from so many connections for as long as that holds. */
    void send(int connections, long seed, BooleanSupplier more) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        Random seeds = new Random(seed);
        for (int i = 0; i < connections; i++) {
            Random choice = new Random(seeds.nextLong());
            senders.submit(
                    () -> {
                        while (more.getAsBoolean()) {
                            sendOne(choice);
                        }
                    });
        }
        end(senders);
    }

    /** Sends so many from so many connections. */
    void send(int connections, long seed, int count) throws InterruptedException {
        AtomicLong left = new AtomicLong(count);
        send(connections, seed, () -> left.getAndDecrement() > 0);
    }

    /** Sends in the background until stopped. */
    Running start(int connections, long seed) {
        Running running = new Running();
        running.thread =
                new Thread(
                        () -> {
                            try {
                                send(connections, seed, () -> !running.stopped);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "fault-load");
        running.thread.setDaemon(true);
        running.thread.start();
        return running;
    }

    /** Load that is going on. */
    static final class Running {

        private volatile boolean stopped;
        private Thread thread;

        void stopAfter(Duration time) throws InterruptedException {
            FaultedHub.pause(time);
            stop();
        }

        void stop() throws InterruptedException {
            stopped = true;
            thread.join();
        }
    }

    private static void end(ExecutorService senders) throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(10, TimeUnit.MINUTES)) {
            senders.shutdownNow();
            throw new IllegalStateException("The senders did not end.");
        }
    }

    private void sendOne(Random choice) {
        String event = prefix + number.incrementAndGet();
        boolean ours = !payments.isEmpty() && choice.nextInt(OURS_IN) == 0;
        String payment = ours ? payments.get(choice.nextInt(payments.size())) : "";
        String ending = ours ? payment : event;
        deliver(event, FaultMerchant.charge(event, payment, AMOUNT, ending));
    }

    /** Sends that event now; the status of the answer, 0 when none came whole. */
    int deliver(String event, String body) {
        open.put(event, body);
        long start = System.nanoTime();
        int status = 0;
        boolean retryAfter = true;
        try {
            HttpResponse<byte[]> answer = post(body.getBytes(StandardCharsets.UTF_8));
            status = answer.statusCode();
            retryAfter = answer.headers().firstValue("Retry-After").isPresent();
        } catch (IOException broken) {
            // Whether it was stored is nobody's promise.
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        note(event, status, retryAfter, System.nanoTime() - start);
        return status;
    }

    private HttpResponse<byte[]> post(byte[] bytes) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(patience)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Stripe-Signature", merchant.signature(bytes, Instant.now()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private synchronized void note(String event, int status, boolean retryAfter, long nanos) {
        answers.merge(status, 1L, Long::sum);
        if (status / 100 == 2) {
            acknowledged.add(event);
            open.remove(event);
            accepted.add(nanos);
            lastAcknowledged = System.nanoTime();
        } else if (status == 503 && !retryAfter) {
            withoutRetryAfter++;
        }
    }

    /** Sends again what was not acknowledged, until all is, as providers do. */
    void resend(int connections, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        open.size() + " events were never taken; answers " + answers());
            }
            List<Map.Entry<String, String>> again = new ArrayList<>(open.entrySet());
            ExecutorService senders = Executors.newFixedThreadPool(connections);
            again.forEach(e -> senders.submit(() -> deliver(e.getKey(), e.getValue())));
            end(senders);
            if (!open.isEmpty()) {
                FaultedHub.pause(Duration.ofMillis(500));
            }
        }
    }

    /** Forgets what was not acknowledged; nobody will send it again. */
    void forgetOpen() {
        open.clear();
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    int unacknowledged() {
        return open.size();
    }

    /** How many answers of each status; 0 stands for none. */
    synchronized Map<Integer, Long> answers() {
        return new TreeMap<>(answers);
    }

    synchronized void forgetAnswers() {
        answers.clear();
        withoutRetryAfter = 0;
    }

    synchronized long successes() {
        return answers.entrySet().stream()
                .filter(e -> e.getKey() / 100 == 2)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    synchronized long answersOf(int status) {
        return answers.getOrDefault(status, 0L);
    }

    /** How many 503 did not say when to come again. */
    synchronized long withoutRetryAfter() {
        return withoutRetryAfter;
    }

    /** When the last success came, by {@link System#nanoTime}. */
    synchronized long lastAcknowledged() {
        return lastAcknowledged;
    }

    /** In milliseconds, of those that were accepted. */
    synchronized long p99() {
        return accepted.p99() / 1_000;
    }
}
