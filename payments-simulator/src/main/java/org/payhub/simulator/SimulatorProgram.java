package org.payhub.simulator;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as a program: {@code --data <folder>} keeps its state, {@code
 * PAYHUB_SIMULATOR_PORT} chooses the port (8090), {@code PAYHUB_SIMULATOR_BASE_URL} the address
 * that clients use. Exit status 2 for a wrong setting, 1 for a port that is taken or a folder that
 * cannot be used.
 */
final class SimulatorProgram {

    private static final Logger LOG = System.getLogger(SimulatorProgram.class.getName());

    /** What was asked for on the command line and in the environment. */
    record Settings(int port, Path data, String baseUrl) {

        static Settings read(String[] args, Map<String, String> environment) {
            Path data = null;
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--data") && i + 1 < args.length) {
                    data = Path.of(args[++i]);
                } else {
                    throw new IllegalArgumentException(
                            "Unknown argument " + args[i] + "; usage: --data <folder>");
                }
            }
            int port = port(environment.getOrDefault("PAYHUB_SIMULATOR_PORT", ""));
            String baseUrl = environment.getOrDefault("PAYHUB_SIMULATOR_BASE_URL", "").strip();
            while (baseUrl.endsWith("/")) {
                baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
            }
            return new Settings(
                    port, data, baseUrl.isEmpty() ? "http://localhost:" + port : baseUrl);
        }

        private static int port(String text) {
            if (text.isBlank()) {
                return 8090;
            }
            try {
                int port = Integer.parseInt(text.strip());
                if (port > 0 && port < 65_536) {
                    return port;
                }
            } catch (NumberFormatException notANumber) {
                throw wrongPort(text, notANumber);
            }
            throw wrongPort(text, null);
        }

        private static IllegalArgumentException wrongPort(String text, Throwable cause) {
            return new IllegalArgumentException(
                    "PAYHUB_SIMULATOR_PORT is \"" + text + "\"; give a number from 1 to 65535",
                    cause);
        }
    }

    private SimulatorProgram() {}

    static void run(String[] args) throws InterruptedException {
        Simulator simulator = null;
        try {
            Settings settings = Settings.read(args, System.getenv());
            simulator = Simulator.start(settings.port(), settings.data(), settings.baseUrl());
        } catch (Simulator.PortTaken taken) {
            say(taken.getMessage() + "; stop the other program or set PAYHUB_SIMULATOR_PORT");
            System.exit(1);
        } catch (IllegalArgumentException wrong) {
            say(wrong.getMessage());
            System.exit(2);
        } catch (UncheckedIOException disk) {
            say(disk.getMessage() + ": " + disk.getCause().getMessage());
            System.exit(1);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Simulator running = simulator;
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    running.close();
                                    stopped.countDown();
                                }));
        LOG.log(Level.INFO, "simulator ready url=" + running.baseUrl() + "/cabinet");
        stopped.await();
    }

    /** One line for whoever typed the command. */
    private static void say(String sentence) {
        System.err.println("Simulator: " + sentence);
    }
}
