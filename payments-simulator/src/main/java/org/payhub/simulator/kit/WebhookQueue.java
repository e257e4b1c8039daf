package org.payhub.simulator.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends webhooks, repeats what was not accepted, and does it late, several times, in another order
 * or not at all when told to.
 *
 * <p>Guarantee: a parcel that was not dropped on purpose is tried until it is accepted, its
 * receiver is gone, or the schedule of waits is used up.
 */
public final class WebhookQueue implements AutoCloseable {

    private static final Logger LOG = System.getLogger(WebhookQueue.class.getName());
    private static final int LOG_KEPT = 2_000;
    private static final int UNACCEPTED_KEPT = 20_000;

    /** One try, as the cabinet shows it. */
    public record Attempt(
            String parcel,
            String type,
            String address,
            int number,
            Instant at,
            int status,
            String answer,
            boolean accepted) {

        /** True when a person sent it once more, outside the schedule of tries. */
        public boolean byHand() {
            return number == BY_HAND;
        }
    }

    private static final int BY_HAND = Integer.MAX_VALUE;

    private static final int GIVEN_UP = -1;

    private record Owed(Parcel parcel, int tries) {}

    private final Clock clock;
    private final HttpClient client;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, daemon());
    private final ExecutorService senders = Executors.newFixedThreadPool(32, daemon());
    private final Map<String, Owed> owed = new LinkedHashMap<>();
    private final Set<String> unaccepted = new LinkedHashSet<>();
    private final Deque<Attempt> log = new ArrayDeque<>();
    private final List<Parcel> heldBack = new ArrayList<>();
    private final Set<String> droppedTypes = new HashSet<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger busy = new AtomicInteger();
    private List<Duration> waits;
    private boolean holding;
    private boolean dropAll;
    private int copies = 1;
    private Duration delay = Duration.ZERO;
    private Consumer<Parcel> watcher = parcel -> {};

    public WebhookQueue(Clock clock, List<Duration> waits) {
        this.clock = clock;
        this.waits = List.copyOf(waits);
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    /** Takes a parcel; what happens next depends on the switches. */
    public void offer(Parcel parcel) {
        List<Parcel> now = new ArrayList<>();
        synchronized (this) {
            remember(parcel.id());
            watcher.accept(parcel);
            if (dropAll || droppedTypes.contains(parcel.type())) {
                dropped.incrementAndGet();
                return;
            }
            owed.put(parcel.id(), new Owed(parcel, 0));
            for (int i = 0; i < copies; i++) {
                now.add(parcel);
            }
            if (holding) {
                heldBack.addAll(now);
                return;
            }
        }
        now.forEach(p -> schedule(p, 1, delay()));
    }

    /** Takes up a delivery that a restart interrupted. */
    public void resume(Parcel parcel, int tries) {
        synchronized (this) {
            remember(parcel.id());
            if (tries == GIVEN_UP) {
                return;
            }
            owed.put(parcel.id(), new Owed(parcel, tries));
        }
        schedule(parcel, tries + 1, Duration.ZERO);
    }

    /** Sends once more by hand; does not disturb the schedule of the automatic tries. */
    public void resend(Parcel parcel) {
        schedule(parcel, BY_HAND, Duration.ZERO);
    }

    // ---- switches ----

    public synchronized void delay(Duration by) {
        delay = by;
    }

    /** Every delivery is made so many times; 1 is normal. */
    public synchronized void copies(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("A webhook is sent at least once");
        }
        copies = times;
    }

    /** From now on nothing leaves until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** How many deliveries wait for {@link #release}. */
    public synchronized int heldBack() {
        return heldBack.size();
    }

    /** Sends what was held, one after the other in the order that the seed gives. */
    public void release(long seed) {
        List<Parcel> shuffled;
        synchronized (this) {
            holding = false;
            shuffled = new ArrayList<>(heldBack);
            heldBack.clear();
        }
        Collections.shuffle(shuffled, new Random(seed));
        busy.incrementAndGet();
        submit(
                () -> {
                    try {
                        shuffled.forEach(p -> attempt(p, 1));
                    } finally {
                        busy.decrementAndGet();
                    }
                });
    }

    /** Shows every parcel from now on, before any switch decides what becomes of it. */
    public synchronized void watch(Consumer<Parcel> newWatcher) {
        watcher = newWatcher;
    }

    /** While on, deliveries vanish and are never tried again. */
    public synchronized void dropAll(boolean on) {
        dropAll = on;
    }

    public synchronized void drop(Set<String> types) {
        droppedTypes.clear();
        droppedTypes.addAll(types);
    }

    /** Replaces the waits before the second, third and later tries. */
    public synchronized void waits(List<Duration> newWaits) {
        waits = List.copyOf(newWaits);
    }

    public synchronized void reset(List<Duration> normalWaits) {
        dropAll = false;
        droppedTypes.clear();
        dropped.set(0);
        heldBack.clear();
        holding = false;
        copies = 1;
        delay = Duration.ZERO;
        waits = List.copyOf(normalWaits);
        owed.clear();
        unaccepted.clear();
        log.clear();
    }

    // ---- what others may see ----

    /** Newest first. */
    public synchronized List<Attempt> attempts() {
        List<Attempt> newestFirst = new ArrayList<>(log);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private synchronized boolean isOwed(String parcel) {
        return owed.containsKey(parcel);
    }

    /** True while nobody accepted it: still owed, given up, or lost on purpose. */
    public synchronized boolean isUnaccepted(String parcel) {
        return unaccepted.contains(parcel);
    }

    private synchronized void remember(String parcel) {
        unaccepted.add(parcel);
        if (unaccepted.size() > UNACCEPTED_KEPT) {
            unaccepted.remove(unaccepted.iterator().next());
        }
    }

    private synchronized void forget(String parcel) {
        unaccepted.remove(parcel);
    }

    /** How many deliveries were lost on purpose since the last reset. */
    public long dropped() {
        return dropped.get();
    }

    /** True when nothing is on its way at this moment; later tries may still come. */
    public boolean idle() {
        return busy.get() == 0;
    }

    /** Ids and tries of what nobody accepted, for the state file. */
    public synchronized JsonArray save() {
        JsonArray array = new JsonArray();
        for (String id : unaccepted) {
            Owed o = owed.get(id);
            array.add(Json.of("parcel", id, "tries", o == null ? GIVEN_UP : o.tries));
        }
        return array;
    }

    public synchronized JsonObject describe() {
        JsonArray types = new JsonArray();
        droppedTypes.stream().sorted().forEach(types::add);
        return Json.of(
                "delayMillis",
                delay.toMillis(),
                "copies",
                copies,
                "holding",
                holding,
                "heldBack",
                heldBack.size(),
                "dropAll",
                dropAll,
                "dropTypes",
                types,
                "dropped",
                dropped(),
                "owed",
                owed.size());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        senders.shutdownNow();
    }

    // ---- sending ----

    private synchronized Duration delay() {
        return delay;
    }

    private void schedule(Parcel parcel, int number, Duration wait) {
        busy.incrementAndGet();
        Runnable attempt =
                () ->
                        submit(
                                () -> {
                                    try {
                                        attempt(parcel, number);
                                    } finally {
                                        busy.decrementAndGet();
                                    }
                                });
        if (wait.isZero()) {
            attempt.run();
        } else if (!later(attempt, wait)) {
            busy.decrementAndGet();
        }
    }

    private boolean later(Runnable what, Duration wait) {
        try {
            timer.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private void submit(Runnable what) {
        try {
            senders.execute(what);
        } catch (RejectedExecutionException closing) {
            busy.decrementAndGet();
        }
    }

    private void attempt(Parcel parcel, int number) {
        if (!parcel.stillWanted()) {
            settle(parcel);
            return;
        }
        Instant now = clock.instant();
        int status = 0;
        String answer;
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(parcel.address())
                            .timeout(Duration.ofSeconds(20))
                            .method(
                                    parcel.method(),
                                    parcel.method().equals("GET")
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(
                                                    parcel.body()));
            parcel.headers(now).forEach(request::header);
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            status = response.statusCode();
            answer = shorten(new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        } catch (IOException | IllegalArgumentException unreachable) {
            answer = reason(unreachable);
        }
        boolean accepted = parcel.accepted(status, answer);
        note(parcel, number, now, status, answer, accepted);
        if (accepted) {
            settle(parcel);
            forget(parcel.id());
        } else if (number != BY_HAND) {
            again(parcel, number);
        }
    }

    private void again(Parcel parcel, int number) {
        Duration wait;
        synchronized (this) {
            Owed entry = owed.get(parcel.id());
            if (entry == null || entry.tries >= number) {
                return;
            }
            if (number > waits.size()) {
                owed.remove(parcel.id());
                return;
            }
            owed.put(parcel.id(), new Owed(parcel, number));
            wait = waits.get(number - 1);
        }
        later(() -> retry(parcel, number + 1), wait);
    }

    private void retry(Parcel parcel, int number) {
        if (isOwed(parcel.id())) {
            schedule(parcel, number, Duration.ZERO);
        }
    }

    private synchronized void settle(Parcel parcel) {
        owed.remove(parcel.id());
    }

    private synchronized void note(
            Parcel parcel, int number, Instant at, int status, String answer, boolean accepted) {
        if (log.size() == LOG_KEPT) {
            log.removeFirst();
        }
        log.addLast(
                new Attempt(
                        parcel.id(),
                        parcel.type(),
                        parcel.address().toString(),
                        number,
                        at,
                        status,
                        answer,
                        accepted));
        if (!accepted) {
            LOG.log(
                    Level.DEBUG,
                    "webhook not accepted parcel=" + parcel.id() + " status=" + status);
        }
    }

    private static String reason(Exception unreachable) {
        if (unreachable instanceof HttpTimeoutException) {
            return "No answer in time.";
        }
        return unreachable instanceof ConnectException
                ? "Nobody listens at this address."
                : "The connection failed: " + unreachable.getMessage();
    }

    private static String shorten(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    private static java.util.concurrent.ThreadFactory daemon() {
        return work -> {
            Thread thread = new Thread(work, "simulator-webhooks");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Reads back what {@link #save} wrote: parcel id to tries. */
    public static Map<String, Integer> saved(JsonArray array) {
        Map<String, Integer> tries = new LinkedHashMap<>();
        for (JsonElement element : array) {
            JsonObject entry = element.getAsJsonObject();
            tries.put(Json.need(entry, "parcel"), (int) Json.number(entry, "tries"));
        }
        return tries;
    }
}
