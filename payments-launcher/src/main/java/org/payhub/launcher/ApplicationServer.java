package org.payhub.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Payara Micro with the application, as a child process. Its root folder is made anew for every
 * start: a used one would deploy twice.
 */
final class ApplicationServer {

    /** First starts on a busy machine migrate the schema and scan hundreds of jars. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(6);

    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    /** Faster polling than this disturbs a start on two cores. */
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(300);

    private static final String HTTP =
            "configs.config.server-config.network-config.protocols.protocol.http-listener.http.";
    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener."
                    + "http-listener.";
    private static final String TRANSPORT =
            "configs.config.server-config.network-config.transports.transport.tcp.";

    /** With the one or two that a small machine gets by default, getting warm takes minutes. */
    private static final int COMPILER_THREADS =
            Math.max(4, Runtime.getRuntime().availableProcessors() / 2);

    private final DataDirectory data;
    private final Installation installation;
    private final String address;
    private final int port;
    private final Map<String, String> variables;
    private ChildJvm child;
    private ServerLog log;

    ApplicationServer(
            DataDirectory data,
            Installation installation,
            String address,
            int port,
            Map<String, String> variables) {
        this.data = data;
        this.installation = installation;
        this.address = address;
        this.port = port;
        this.variables = Map.copyOf(variables);
    }

    void start() throws StartFailure {
        log = new ServerLog();
        Path root = data.server();
        try {
            DataDirectory.deleteTree(root);
            Files.createDirectories(root);
            DataDirectory.deleteTree(data.scratch());
            Files.createDirectories(data.scratch());
            Path before = data.root().resolve("server-before.txt");
            Path after = data.root().resolve("server-after.txt");
            Files.writeString(before, beforeBoot());
            Files.writeString(after, afterBoot());
            child =
                    ChildJvm.start(
                            command(before, after, root),
                            variables,
                            installation.agent(),
                            data.root(),
                            new RollingLog(data.logs().resolve("server.log")),
                            log::line);
        } catch (IOException e) {
            throw new StartFailure(
                    "The application server cannot be started: " + DataDirectory.reason(e) + ".",
                    e);
        }
    }

    private List<String> command(Path before, Path after, Path root) {
        return List.of(
                "-Xmx1g",
                // The most work for the processors that there are; the heap is small, so its
                // pauses are short.
                "-XX:+UseParallelGC",
                "-XX:CICompilerCount=" + COMPILER_THREADS,
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + data.scratch(),
                // PrimeFaces' jar has an extra field that newer JDKs refuse.
                "-Djdk.util.zip.disableZip64ExtraFieldValidation=true",
                "-jar",
                installation.server().toString(),
                "--rootdir",
                root.toString(),
                "--noHazelcast",
                "--disablephonehome",
                "--maxhttpthreads",
                "128",
                "--port",
                Integer.toString(port),
                "--prebootcommandfile",
                before.toString(),
                "--postbootcommandfile",
                after.toString(),
                "--contextroot",
                "/",
                "--deploy",
                installation.application().toString());
    }

    /**
     * Waits until the server says that its start is over.
     *
     * @throws StartFailure with the cause in one line when the deployment failed
     */
    void awaitStart() throws StartFailure {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!log.isReady()) {
            if (child.endsWithin(BETWEEN_POLLS)) {
                throw failed("The application server ended while it was starting");
            }
            if (System.nanoTime() > deadline) {
                throw failed(
                        "The application did not start within "
                                + START_PATIENCE.toMinutes()
                                + " minutes");
            }
        }
        if (log.hasFailed()) {
            throw failed("The application could not be deployed");
        }
    }

    /** Waits until {@code /health/ready} answers 200. */
    void awaitReady(Operator operator) throws StartFailure {
        long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        while (!operator.isReady()) {
            if (child.endsWithin(BETWEEN_POLLS)) {
                throw failed("The application server ended while it was starting");
            }
            if (System.nanoTime() > deadline) {
                throw failed("The application started but /health/ready does not answer 200");
            }
        }
    }

    /** Lets a moment pass; true when the server ended in it. */
    boolean endsWithinAMoment() {
        return child.endsWithin(BETWEEN_POLLS);
    }

    StartFailure failed(String what) {
        return new StartFailure(
                what
                        + log.reason().map(reason -> ": " + shortened(reason)).orElse("")
                        + " (more in "
                        + data.logs().resolve("server.log")
                        + ").");
    }

    private static String shortened(String reason) {
        String line = reason.length() > 400 ? reason.substring(0, 400) + "…" : reason;
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    Process process() {
        return child.process();
    }

    void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
    }

    /**
     * The request time-out of this server is no time to read a request: it interrupts the thread
     * that is working on the answer, and would cut a long export. It is therefore off. What limits
     * slow senders is the transport's read time-out, together with the idle time-out of a
     * connection. The size is a second line: the doors count for themselves, and less.
     */
    private String beforeBoot() {
        return String.join(
                "\n",
                "set " + LISTENER + "address=" + address,
                "set " + HTTP + "server-header=false",
                "set " + HTTP + "xpowered-by=false",
                "set " + HTTP + "compression=on",
                "set "
                        + HTTP
                        + "compressable-mime-type=text/html,text/xml,text/plain,text/css,"
                        + "text/javascript,application/javascript,application/json,image/svg+xml",
                "set " + HTTP + "request-timeout-seconds=-1",
                "set " + HTTP + "timeout-seconds=10",
                "set " + HTTP + "max-post-size-bytes=1048576",
                "set " + TRANSPORT + "read-timeout-millis=10000",
                "set " + TRANSPORT + "write-timeout-millis=30000",
                "");
    }

    /** Metrics speak of money and customers' volumes: an operator's eyes only. */
    private static String afterBoot() {
        return "set-metrics-configuration --enabled=true --dynamic=true --securityenabled=true"
                + " --roles=admin\n";
    }
}
