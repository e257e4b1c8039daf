package org.payhub.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much of the machine went to somebody else during a round: the processors' busy time less that
 * of everything the benchmark started. Known on Linux; elsewhere nothing is said.
 */
final class Machine {

    /** Past this share of the processors' time, in per mille, a round does not count. */
    static final int NOISY = 60;

    private final List<ProcessHandle> ours;
    private long total;
    private long busy;
    private long used;

    /** Everything under these processes is ours. */
    Machine(List<ProcessHandle> ours) {
        this.ours = List.copyOf(ours);
    }

    void begin() {
        long[] now = processors();
        total = now[0];
        busy = now[1];
        used = used();
    }

    /** Per mille of the processors' time since {@link #begin} that others took; -1 if unknown. */
    int takenByOthers() {
        long[] now = processors();
        long elapsed = now[0] - total;
        if (elapsed <= 0) {
            return -1;
        }
        long others = now[1] - busy - (used() - used);
        return (int) Math.max(0, others * 1_000 / elapsed);
    }

    /** In ticks: all the time there was, and that in which a processor was busy in user code. */
    private static long[] processors() {
        try {
            String[] cpu = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
            long all = 0;
            for (int i = 1; i < Math.min(cpu.length, 9); i++) {
                all += Long.parseLong(cpu[i]);
            }
            long user = Long.parseLong(cpu[1]) + Long.parseLong(cpu[2]);
            long system = Long.parseLong(cpu[3]);
            return new long[] {all, user + system};
        } catch (IOException | RuntimeException e) {
            return new long[] {0, 0};
        }
    }

    private long used() {
        long ticks = ticks(ProcessHandle.current());
        for (ProcessHandle each : ours) {
            ticks += ticks(each);
            ticks += each.descendants().mapToLong(Machine::ticks).sum();
        }
        return ticks;
    }

    private static long ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException | RuntimeException e) {
            return 0; // It ended, or this is no Linux.
        }
    }
}
