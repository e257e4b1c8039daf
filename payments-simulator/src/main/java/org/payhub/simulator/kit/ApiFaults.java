package org.payhub.simulator.kit;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Makes a provider's API slow, silent or wrong on demand.
 *
 * <p>A {@code match} chooses the calls: the start of {@code "POST /v1/refunds"}, or empty for every
 * call. A fault strikes either before the call had any effect, or after it had all of it: the
 * second is the one that makes an unknown outcome.
 */
public final class ApiFaults {

    /** What the caller sees instead of the answer. */
    public enum Kind {
        /** The provider's own error body with the given status. */
        STATUS,
        /** A gateway's page in HTML with the given status. */
        HTML,
        /** The given status with nothing behind the headers. */
        EMPTY,
        /** Status 200 and text that is no JSON. */
        GARBAGE,
        /** The connection ends without an answer. */
        RESET
    }

    /** One kind of failure for the next calls that match. */
    public record Failure(Kind kind, int status, String match, boolean afterEffect) {

        public static Failure status(int status) {
            return new Failure(Kind.STATUS, status, "", false);
        }

        public static Failure of(Kind kind) {
            return new Failure(kind, kind == Kind.HTML ? 502 : 500, "", false);
        }

        public Failure on(String newMatch) {
            return new Failure(kind, status, newMatch, afterEffect);
        }

        public Failure afterTheEffect() {
            return new Failure(kind, status, match, true);
        }
    }

    private static final class Planned {
        private final Failure failure;
        private int left;

        private Planned(Failure failure, int left) {
            this.failure = failure;
            this.left = left;
        }
    }

    private final Deque<Planned> planned = new ArrayDeque<>();
    private final AtomicInteger held = new AtomicInteger();
    private volatile Duration slow = Duration.ZERO;
    private volatile CountDownLatch slowEnds = new CountDownLatch(1);
    private volatile String hangMatch;
    private volatile boolean hangBefore;
    private volatile CountDownLatch released = new CountDownLatch(1);
    private volatile boolean readsFail;

    /** Every answer comes so much later; zero is normal. */
    public void slow(Duration by) {
        slow = by;
        slowEnds.countDown();
        slowEnds = new CountDownLatch(1);
    }

    /** Matching calls take effect, but their answers are held until {@link #release}. */
    public void hang(String match) {
        hangMatch = match;
        hangBefore = false;
    }

    /** Matching calls are held before they take effect, until {@link #release}. */
    public void hangBeforeEffect(String match) {
        hangMatch = match;
        hangBefore = true;
    }

    /** Lets go of every held call and holds no more. */
    public synchronized void release() {
        hangMatch = null;
        released.countDown();
        released = new CountDownLatch(1);
    }

    /** How many calls are being held now. */
    public int held() {
        return held.get();
    }

    public synchronized void failNext(int calls, Failure failure) {
        planned.addLast(new Planned(failure, calls));
    }

    /** While on, every GET is answered with 500. */
    public void readsFail(boolean on) {
        readsFail = on;
    }

    public synchronized void reset() {
        planned.clear();
        readsFail = false;
        slow(Duration.ZERO);
        release();
    }

    /**
     * Runs one call under the faults that are set.
     *
     * @param error makes the provider's own error body for a status
     */
    public Answer around(Call call, IntFunction<Answer> error, Supplier<Answer> effect) {
        String name = call.method() + " " + call.path();
        await(slowEnds, slow);
        if (readsFail && call.method().equals("GET")) {
            return error.apply(500);
        }
        Failure failure = next(name);
        if (failure != null && !failure.afterEffect) {
            return spoil(failure, error);
        }
        boolean hold = hangMatch != null && name.startsWith(hangMatch);
        boolean before = hangBefore;
        if (hold && before) {
            hold();
        }
        Answer answer = effect.get();
        if (hold && !before) {
            hold();
        }
        return failure == null ? answer : spoil(failure, error);
    }

    public JsonObject describe() {
        String hanging = hangMatch;
        int failing;
        synchronized (this) {
            failing = planned.stream().mapToInt(p -> p.left).sum();
        }
        return Json.of(
                "slowMillis", slow.toMillis(),
                "hang", hanging,
                "held", held(),
                "failingCallsLeft", failing,
                "readsFail", readsFail);
    }

    /** Reads a kind as people write it, such as {@code html}. */
    public static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private synchronized Failure next(String name) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned plan = all.next();
            if (name.startsWith(plan.failure.match)) {
                plan.left--;
                if (plan.left <= 0) {
                    all.remove();
                }
                return plan.failure;
            }
        }
        return null;
    }

    private static Answer spoil(Failure failure, IntFunction<Answer> error) {
        return switch (failure.kind) {
            case STATUS -> error.apply(failure.status);
            case HTML ->
                    Answer.html(
                            failure.status,
                            "<html><head><title>Bad Gateway</title></head>"
                                    + "<body><center><h1>Bad Gateway</h1></center></body></html>");
            case EMPTY -> Answer.text(failure.status, "application/json", "");
            case GARBAGE -> Answer.text(200, "application/json", "{\"id\": \"cut of");
            case RESET -> Answer.cut();
        };
    }

    private void hold() {
        CountDownLatch until = released;
        held.incrementAndGet();
        try {
            await(until, Duration.ofHours(1));
        } finally {
            held.decrementAndGet();
        }
    }

    private static void await(CountDownLatch latch, Duration atMost) {
        if (atMost.isZero()) {
            return;
        }
        try {
            boolean early = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (early) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
