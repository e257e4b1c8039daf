package org.payhub.launcher;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent in the launcher's children: standard input is a pipe from the launcher, and when the
 * launcher is gone, however it went, the pipe ends and so does the child.
 */
public final class ParentWatch {

    private static final long PATIENCE_SECONDS = 30;

    private ParentWatch() {}

    /** Called by the JVM before the program's own main method. */
    public static void premain(String arguments) {
        daemon("parent-watch", ParentWatch::watch);
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                continue; // Nothing is ever sent; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe says the same as its end.
            daemon("parent-gone", ParentWatch::haltLater);
            System.exit(1);
        }
        daemon("parent-gone", ParentWatch::haltLater);
        System.exit(1);
    }

    /** An orderly exit that hangs must not keep the child alive. */
    private static void haltLater() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
