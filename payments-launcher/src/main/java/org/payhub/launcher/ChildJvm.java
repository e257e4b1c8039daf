package org.payhub.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A Java program of ours in a JVM of its own, which ends when the launcher is gone. */
final class ChildJvm {

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

    private final Process process;
    private final Thread pump;

    private ChildJvm(Process process, Thread pump) {
        this.process = process;
        this.pump = pump;
    }

    /**
     * Starts it.
     *
     * @param options what stands after {@code java}: options, then the class or jar, then arguments
     * @param onLine sees every line of output, in order, after it went to the log
     */
    static ChildJvm start(
            List<String> options,
            Map<String, String> variables,
            Path agent,
            Path folder,
            RollingLog log,
            Consumer<String> onLine)
            throws IOException, StartFailure {
        List<String> command = new ArrayList<>();
        command.add(
                Path.of(System.getProperty("java.home"), "bin", "java")
                        .toAbsolutePath()
                        .toString());
        command.add("-javaagent:" + agent);
        command.addAll(options);
        Process process = Lifeline.spawn(command, variables, folder.toFile());
        Thread pump = new Thread(() -> pump(process, log, onLine), "log-of-" + process.pid());
        pump.setDaemon(true);
        pump.start();
        return new ChildJvm(process, pump);
    }

    private static void pump(Process process, RollingLog log, Consumer<String> onLine) {
        try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                log) {
            String line = lines.readLine();
            while (line != null) {
                String plain = COLOUR.matcher(line).replaceAll("");
                log.line(plain);
                onLine.accept(plain);
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The child ended while it was writing; its exit is seen elsewhere.
            log.close();
        }
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ends within that time; waiting for it is also how the launcher paces itself. */
    boolean endsWithin(Duration time) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            pump.join(Duration.ofSeconds(2).toMillis()); // Its last words are worth having.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Asks it to end, and ends it if it does not. */
    void stop(Duration patience) {
        process.destroy();
        if (!endsWithin(patience)) {
            process.destroyForcibly();
            endsWithin(patience);
        }
    }
}
