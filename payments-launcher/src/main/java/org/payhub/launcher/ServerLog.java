package org.payhub.launcher;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads along in the server's log for what the launcher must know: that the start is over ("ready
 * in"), whether anything was deployed, and if not, why. The server itself stays up after a failed
 * deployment and says that it is ready.
 */
final class ServerLog {

    private static final Pattern READY = Pattern.compile("ready in [\\d,.]+ \\(ms\\)");
    private static final Pattern DEPLOYED = Pattern.compile("^\\s*\"Deployed\"\\s*:\\s*\\[\\s*$");
    private static final Pattern FAILED =
            Pattern.compile(
                    "Exception while (?:deploying|loading|invoking|preparing)|"
                            + "Exception during lifecycle processing|"
                            + "Error occurred during deployment");

    /** The head of a trace or one of its causes; what follows the type is for a person. */
    private static final Pattern THROWN =
            Pattern.compile(
                    "^\\s*(?:Caused by: )?((?:[\\w$]+\\.)+[\\w$]*(?:Exception|Error)): (.*\\S.*)$");

    private static final Pattern STAMP = Pattern.compile("^(?:\\s*\\[[^\\]]*\\])+\\s*");

    private final Trace failed = new Trace();
    private Trace severe = new Trace();
    private Trace current = new Trace(); // What comes before the first failure is no reason.
    private boolean ready;
    private boolean nothingDeployed;
    private boolean listOfDeployed;

    synchronized void line(String line) {
        if (READY.matcher(line).find()) {
            ready = true;
        }
        if (listOfDeployed) {
            nothingDeployed = line.strip().equals("]");
        }
        listOfDeployed = DEPLOYED.matcher(line).matches();
        if (line.contains("[SEVERE]")) {
            severe = new Trace();
            current = severe;
        }
        if (FAILED.matcher(line).find() && failed.isWithoutException()) {
            current =
                    failed; // Told several times; the first with an exception is the nearest to the
            // fault.
        }
        current.line(line);
    }

    synchronized boolean isReady() {
        return ready;
    }

    synchronized boolean hasFailed() {
        return nothingDeployed;
    }

    /** Why it failed, in one line. */
    synchronized Optional<String> reason() {
        return failed.reason().or(() -> severe.reason());
    }

    /** One exception with its causes, as a log shows it. */
    private static final class Trace {

        /** What our own code throws at start-up has a sentence for the operator. */
        private static final String OURS = "java.lang.IllegalStateException";

        private String first;
        private String ours;
        private String deepest;

        boolean isWithoutException() {
            return deepest == null;
        }

        void line(String line) {
            Matcher thrown = THROWN.matcher(line);
            if (thrown.matches()) {
                deepest = thrown.group(2).strip();
                if (ours == null && thrown.group(1).equals(OURS)) {
                    ours = deepest;
                }
            }
            String text = STAMP.matcher(line).replaceFirst("").strip();
            if (first == null && !text.isEmpty() && !text.equals("[[")) {
                first = text;
            }
        }

        /** Our own sentence, else the deepest cause, else what the server said. */
        Optional<String> reason() {
            return Optional.ofNullable(ours != null ? ours : deepest != null ? deepest : first);
        }
    }
}
