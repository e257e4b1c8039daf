package org.payhub.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a database that a killed launcher left behind. A process is ours only if its pid *and* its
 * start instant are the recorded ones (pids are given out again), or if its program lies inside our
 * data directory (the launcher died before it could record it).
 */
final class Orphans {

    /** The kernel's boot time is a rounded figure: two readings may differ by a second. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Orphans() {}

    /** Writes down which process belongs to this data directory. */
    static void record(Path file, ProcessHandle process) throws IOException {
        DataDirectory.writePrivately(
                file,
                process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH) + "\n");
    }

    /** Ends what is left; answers the pids that were ended. */
    static List<Long> end(Path file, Path program) throws StartFailure {
        List<ProcessHandle> left =
                ProcessHandle.allProcesses()
                        .filter(p -> isRecorded(p, file) || runs(p, program))
                        .toList();
        for (ProcessHandle process : left) {
            end(process);
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StartFailure(
                    "The file " + file + " cannot be removed: " + DataDirectory.reason(e) + ".", e);
        }
        return left.stream().map(ProcessHandle::pid).toList();
    }

    private static boolean isRecorded(ProcessHandle process, Path file) {
        Optional<Recorded> recorded = read(file);
        Optional<Instant> started = process.info().startInstant();
        return recorded.isPresent()
                && started.isPresent()
                && recorded.get().pid() == process.pid()
                && Duration.between(recorded.get().started(), started.get())
                                .abs()
                                .compareTo(CLOCK_TOLERANCE)
                        <= 0;
    }

    private static boolean runs(ProcessHandle process, Path program) {
        return process.info()
                .command()
                .map(command -> Path.of(command).equals(real(program)))
                .orElse(false);
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program.toAbsolutePath().normalize();
        }
    }

    private static void end(ProcessHandle process) throws StartFailure {
        process.destroy();
        if (!gone(process, PATIENCE)) {
            process.destroyForcibly();
            if (!gone(process, PATIENCE)) {
                throw new StartFailure(
                        "A database of this data directory still runs as process "
                                + process.pid()
                                + " and cannot be ended. End it by hand.");
            }
        }
    }

    static boolean gone(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static Optional<Recorded> read(Path file) {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return Optional.of(new Recorded(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (IOException
                | NumberFormatException
                | DateTimeParseException
                | ArrayIndexOutOfBoundsException e) {
            return Optional.empty(); // No record, or half of one: the program's path decides.
        }
    }

    private record Recorded(long pid, Instant started) {}
}
