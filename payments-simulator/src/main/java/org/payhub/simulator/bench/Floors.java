package org.payhub.simulator.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.payhub.simulator.bench.floor.FloorProgram;
import org.payhub.simulator.bench.floor.FloorTable;

/** The floors F1, F2 and F7 of intake as processes of their own, on the hub's database. */
final class Floors implements AutoCloseable {

    private static final String CLASSES = "org/payhub/simulator/bench/floor/";
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Map<String, LoadClient.Target> targets = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();

    /** Starts those named, on ports from {@code firstPort} on, and returns when they listen. */
    static Floors start(
            HubUnderTest hub, String secret, List<String> names, int firstPort, Path folder)
            throws IOException, SQLException {
        try (Connection connection = hub.owner();
                Statement statement = connection.createStatement()) {
            statement.execute(FloorTable.CREATE);
        }
        Files.createDirectories(folder);
        Floors floors = new Floors();
        Runtime.getRuntime().addShutdownHook(new Thread(floors::close, "stop-floors"));
        int port = firstPort;
        for (String name : names) {
            List<String> command = new ArrayList<>(java(hub, secret));
            String path = "/";
            switch (name) {
                case "F1" -> command.addAll(program("naive", port));
                case "F2" -> command.addAll(program("batching", port));
                case "F7" -> {
                    command.addAll(servlet(folder, port));
                    path = "/floor";
                }
                default -> throw new IllegalArgumentException("There is no floor " + name);
            }
            floors.processes.add(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve(name + ".log").toFile())
                            .start());
            floors.targets.put(name, new LoadClient.Target(port, path));
            port++;
        }
        floors.awaitListening();
        return floors;
    }

    private static List<String> java(HubUnderTest hub, String secret) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-Duser.timezone=UTC",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dfloor.url=" + hub.jdbcUrl(),
                "-Dfloor.user=" + hub.ownerUser(),
                "-Dfloor.password=" + hub.ownerPassword(),
                "-Dfloor.secret=" + secret);
    }

    private static List<String> program(String kind, int port) {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                FloorProgram.class.getName(),
                kind,
                Integer.toString(port));
    }

    /** The same server as ours with the same threads, and nothing in it but the servlet. */
    private static List<String> servlet(Path folder, int port) throws IOException {
        Path war = folder.resolve("floor.war");
        pack(war);
        Path before = folder.resolve("floor-before.txt");
        Files.writeString(
                before,
                "set configs.config.server-config.network-config.network-listeners."
                        + "network-listener.http-listener.address=127.0.0.1\n");
        return List.of(
                "-jar",
                System.getProperty("payhub.server"),
                "--rootdir",
                folder.resolve("floor-server").toString(),
                "--noHazelcast",
                "--disablephonehome",
                "--maxhttpthreads",
                "128",
                "--prebootcommandfile",
                before.toString(),
                "--port",
                Integer.toString(port),
                "--contextroot",
                "/",
                "--deploy",
                war.toString());
    }

    private static void pack(Path war) throws IOException {
        try (OutputStream file = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name :
                    List.of(
                            "FloorEvent",
                            "FloorTable",
                            "FloorServlet",
                            "NaiveInbox",
                            "FloorProgram$Inbox")) {
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + CLASSES + name + ".class"));
                try (InputStream in = FloorTable.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(zip);
                }
            }
            zip.putNextEntry(new ZipEntry("WEB-INF/lib/driver.jar"));
            Files.copy(driver(), zip);
        }
    }

    private static Path driver() {
        try {
            return Path.of(
                    com.mysql.cj.jdbc.Driver.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The database driver is not a file", e);
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        for (Map.Entry<String, LoadClient.Target> each : targets.entrySet()) {
            while (!answers(each.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("The floor " + each.getKey() + " did not start");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    /** Listening is not enough: a server listens before it has deployed anything. */
    private static boolean answers(LoadClient.Target target) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            ("POST "
                                            + target.path()
                                            + " HTTP/1.1\r\nHost: localhost\r\n"
                                            + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            return start.length == 12 && start[9] == '4' && start[11] == '0';
        } catch (IOException e) {
            return false;
        }
    }

    LoadClient.Target target(String name) {
        return targets.get(name);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }
}
