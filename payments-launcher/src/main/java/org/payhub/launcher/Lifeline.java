package org.payhub.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The one door through which processes are started, so that a signal in the middle of a start
 * cannot leave one behind: once the launcher is stopping, no new process comes into the world.
 */
final class Lifeline {

    private static boolean stopping;

    private Lifeline() {}

    /** From now on every {@link #spawn} fails. Answers false when that was so already. */
    static synchronized boolean stop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    static synchronized boolean isStopping() {
        return stopping;
    }

    static void refuseWhenStopping() throws StartFailure {
        if (isStopping()) {
            throw new StartFailure("Stopping.");
        }
    }

    /**
     * Starts a foreign program whose output goes to a log file; our settings are not its business.
     */
    static Process spawn(List<String> command, Map<String, String> variables, Path log)
            throws IOException, StartFailure {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PAYHUB_"));
        builder.environment().putAll(variables);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return spawn(builder);
    }

    /** Starts a program with these variables over our own, its output readable by us. */
    static Process spawn(List<String> command, Map<String, String> variables, File folder)
            throws IOException, StartFailure {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.environment().putAll(variables);
        builder.directory(folder);
        return spawn(builder);
    }

    private static synchronized Process spawn(ProcessBuilder builder)
            throws IOException, StartFailure {
        refuseWhenStopping();
        return builder.start();
    }
}
