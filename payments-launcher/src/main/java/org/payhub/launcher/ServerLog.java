package org.payhub.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads along in the server's log for the two things that the launcher must know: that the start is
 * over ("ready in"), and why a deployment failed. The server itself stays up after a failed
 * deployment and says it is ready.
 */
final class ServerLog {

    private static final Pattern READY = Pattern.compile("ready in \\d+");
    private static final Pattern FAILED =
            Pattern.compile(
                    "Exception while deploying the app|Exception while loading the app|"
                            + "Failed to deploy|deploy failed|Error occurred during deployment|"
                            + "Error deploying");
    private static final Pattern CAUSE =
            Pattern.compile(
                    "^\\s*Caused by:\\s+(?:[\\w$.]+?(?:Exception|Error|Failure)):?\\s*(.*)");
    private static final Pattern STAMP = Pattern.compile("^(?:\\s*\\[[^\\]]*\\])+\\s*");
    private static final int LINES_OF_A_TRACE = 400;
    private static final int LAST_LINES = 200;

    private final Deque<String> last = new ArrayDeque<>();
    private boolean ready;
    private String failure;
    private String cause;
    private int traceLines;

    synchronized void line(String line) {
        last.addLast(line);
        if (last.size() > LAST_LINES) {
            last.removeFirst();
        }
        if (READY.matcher(line).find()) {
            ready = true;
        }
        if (failure == null && FAILED.matcher(line).find()) {
            failure = STAMP.matcher(line).replaceFirst("").strip();
        }
        if (failure != null && traceLines++ < LINES_OF_A_TRACE) {
            Matcher found = CAUSE.matcher(line);
            if (found.matches() && !found.group(1).isBlank()) {
                cause = found.group(1).strip(); // The deepest one is written last.
            }
        }
    }

    synchronized boolean isReady() {
        return ready;
    }

    synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Why it failed, in one line: the deepest cause, else what the server said. */
    synchronized Optional<String> reason() {
        if (cause != null) {
            return Optional.of(cause);
        }
        if (failure != null) {
            return Optional.of(failure);
        }
        return last.stream()
                .filter(line -> line.contains("SEVERE") || line.contains("Exception"))
                .map(line -> STAMP.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> second);
    }
}
