package org.payhub.simulator.bench;

import java.util.Arrays;

/** Durations in microseconds, kept one by one, so that no percentile is guessed. */
final class Latencies {

    private int[] micros = new int[1 << 16];
    private int size;
    private boolean sorted;

    void add(long nanos) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, size * 2);
        }
        micros[size++] = (int) Math.min(Integer.MAX_VALUE, Math.max(0, nanos / 1_000));
        sorted = false;
    }

    int size() {
        return size;
    }

    /** The duration that so many of 1 000 stay within; 0 when there is none. */
    int perMille(int share) {
        if (size == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(micros, 0, size);
            sorted = true;
        }
        long rank = ((long) size * share + 999) / 1_000;
        return micros[(int) Math.max(0, rank - 1)];
    }

    int p50() {
        return perMille(500);
    }

    int p99() {
        return perMille(990);
    }

    int p999() {
        return perMille(999);
    }
}
