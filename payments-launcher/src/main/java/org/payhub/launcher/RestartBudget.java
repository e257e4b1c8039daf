package org.payhub.launcher;

import java.time.Duration;

/** Three restarts of a program that keeps ending; one that lived for ten minutes starts afresh. */
final class RestartBudget {

    private static final int RESTARTS = 3;
    private static final Duration HEALTHY = Duration.ofMinutes(10);

    private int spent;
    private long lastStart = System.nanoTime();

    void spend(String what, Terminal terminal) throws StartFailure {
        if (System.nanoTime() - lastStart > HEALTHY.toNanos()) {
            spent = 0;
        }
        if (spent == RESTARTS) {
            throw new StartFailure(what + " again after " + RESTARTS + " restarts; giving up.");
        }
        spent++;
        lastStart = System.nanoTime();
        terminal.complain(what + "; starting it again (" + spent + " of " + RESTARTS + ").");
    }
}
