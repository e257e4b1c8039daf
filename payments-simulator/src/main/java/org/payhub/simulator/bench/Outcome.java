package org.payhub.simulator.bench;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** What a round of load gave, as the client saw it. */
final class Outcome {

    private final Round round;
    private final BitSet acknowledged = new BitSet();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final Latencies accepted = new Latencies();
    private final Latencies refused = new Latencies();
    private long sent;
    private long notSent;
    private long broken;
    private long withoutRetryAfter;
    private long nanos;

    Outcome(Round round) {
        this.round = round;
    }

    void sent() {
        sent++;
    }

    /** It was due, and there was no connection to send it on. */
    void notSent() {
        notSent++;
    }

    /** A complete answer. */
    void answered(int index, int status, boolean retryAfter, long latency) {
        answers.merge(status, 1L, Long::sum);
        if (status >= 200 && status < 300) {
            acknowledged.set(index);
            accepted.add(latency);
        } else {
            refused.add(latency);
            if (!retryAfter) {
                withoutRetryAfter++;
            }
        }
    }

    /** No complete answer: the connection ended first. */
    void broken() {
        broken++;
    }

    void lasted(long elapsed) {
        nanos = elapsed;
    }

    Round round() {
        return round;
    }

    /** Indexes of the events that were answered with a complete 2xx. */
    BitSet acknowledged() {
        return acknowledged;
    }

    long acknowledgedCount() {
        return acknowledged.cardinality();
    }

    /** How many answers of each status. */
    Map<Integer, Long> answers() {
        return answers;
    }

    Latencies accepted() {
        return accepted;
    }

    Latencies refused() {
        return refused;
    }

    long sentCount() {
        return sent;
    }

    long notSentCount() {
        return notSent;
    }

    long brokenCount() {
        return broken;
    }

    long refusedWithoutRetryAfter() {
        return withoutRetryAfter;
    }

    long refusedCount() {
        return refused.size();
    }

    long millis() {
        return nanos / 1_000_000;
    }

    /** Acknowledgements in a second. */
    long rate() {
        return nanos == 0 ? 0 : acknowledgedCount() * 1_000_000_000L / nanos;
    }
}
