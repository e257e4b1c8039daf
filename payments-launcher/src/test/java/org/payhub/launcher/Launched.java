package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The launcher as {@code ./payhub} starts it, in a process of its own, with what it printed. */
final class Launched implements AutoCloseable {

    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path PROGRAMS = TARGET.resolve("mariadb");

    private final Process process;
    private final List<String> out = Collections.synchronizedList(new ArrayList<>());
    private final List<String> err = Collections.synchronizedList(new ArrayList<>());

    private Launched(Process process) {
        this.process = process;
        read(process.inputReader(StandardCharsets.UTF_8), out);
        read(process.errorReader(StandardCharsets.UTF_8), err);
    }

    private static void read(BufferedReader reader, List<String> lines) {
        Thread thread = new Thread(() -> reader.lines().forEach(lines::add));
        thread.setDaemon(true);
        thread.start();
    }

    static Launched start(Path war, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-Dnative.encoding=UTF-8");
        command.add("-Dpayhub.agent=" + TARGET.resolve("payments-launcher.jar"));
        command.add("-Dpayhub.server=" + TARGET.resolve("server/payara-micro.jar"));
        command.add("-Dpayhub.application=" + war);
        command.add("-Dpayhub.simulator=" + TARGET.resolve("simulator-of-tests"));
        command.add("-cp");
        command.add(
                TARGET.resolve("payments-launcher.jar")
                        + File.pathSeparator
                        + TARGET.resolve("lib")
                        + "/*");
        command.add("org.payhub.launcher.Launcher");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PAYHUB_"));
        builder.environment().putAll(environment);
        return new Launched(builder.start());
    }

    /** The settings of one test: its own folder with the programs already in it, and free ports. */
    static Map<String, String> settings(Path data) throws IOException {
        if (!Files.exists(data.resolve("db/base"))) {
            linkPrograms(data.resolve("db/base"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("PAYHUB_DATA_DIR", data.toString());
        settings.put("PAYHUB_HTTP_PORT", Integer.toString(freePort()));
        settings.put("PAYHUB_SIMULATOR_PORT", Integer.toString(freePort()));
        settings.put("PAYHUB_MASTER_KEY", DataDirectory.randomKey());
        return settings;
    }

    private static void linkPrograms(Path base) throws IOException {
        try {
            MariaDbPrograms.unpack(PROGRAMS);
        } catch (StartFailure e) {
            throw new IOException(e);
        }
        try (Stream<Path> files = Files.walk(PROGRAMS)) {
            for (Path file : files.toList()) {
                Path copy = base.resolve(PROGRAMS.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static Path war(Class<?> content) throws IOException {
        Path war = TARGET.resolve(content.getSimpleName() + ".war");
        String entry = content.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(war))) {
            jar.putNextEntry(new JarEntry("WEB-INF/classes/" + entry));
            Files.copy(TARGET.resolve("test-classes").resolve(entry), jar);
            jar.closeEntry();
        }
        return war;
    }

    /**
     * A simulator with nothing but its health and two addresses: the real one belongs to a module
     * of its own.
     */
    static void compileSimulator() throws IOException {
        Path folder = TARGET.resolve("simulator-of-tests");
        Path source = folder.resolve("Simulator.java");
        Files.createDirectories(folder);
        Files.writeString(
                source,
                """
                package org.payhub.simulator;

                public class Simulator {
                    public static void main(String[] args) throws Exception {
                        int port = Integer.parseInt(System.getenv("PAYHUB_SIMULATOR_PORT"));
                        var server = com.sun.net.httpserver.HttpServer.create(
                                new java.net.InetSocketAddress("127.0.0.1", port), 10);
                        server.createContext("/health", exchange -> {
                            String home = System.getenv("PAYHUB_SIMULATOR_BASE_URL");
                            byte[] told = ("{\\"apiBases\\":{\\"stripe\\":\\"" + home
                                    + "\\",\\"other\\":\\"" + home + "/other\\"}}").getBytes();
                            exchange.sendResponseHeaders(200, told.length);
                            exchange.getResponseBody().write(told);
                            exchange.close();
                        });
                        server.start();
                    }
                }
                """);
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString());
        assertThat(status).isZero();
    }

    Process process() {
        return process;
    }

    /** Everything that the launcher started, and what they started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    ProcessHandle child(String part) {
        return children().stream()
                .filter(
                        child ->
                                child.info().commandLine().orElse("").contains(part)
                                        || child.info().command().orElse("").contains(part))
                .findFirst()
                .orElseThrow();
    }

    String out() {
        return String.join("\n", out);
    }

    List<String> errors() {
        return List.copyOf(err);
    }

    Launched awaitLine(String part) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!(out() + "\n" + String.join("\n", err)).contains(part)) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("waiting for \"%s\" in:%n%s%n%s", part, out(), errors())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return this;
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("still running: %s", out()).isTrue();
        TimeUnit.MILLISECONDS.sleep(200); // Its last lines.
        return process.exitValue();
    }

    static boolean allEnd(List<ProcessHandle> processes, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    @Override
    public void close() {
        process.destroy();
        if (!process.onExit()
                .completeOnTimeout(null, 60, TimeUnit.SECONDS)
                .thenApply(p -> p != null)
                .join()) {
            children().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
