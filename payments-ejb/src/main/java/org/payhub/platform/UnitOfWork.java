package org.payhub.platform;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The one place that repeats a unit of work which the database sent back: 1213 (deadlock, or a
 * certification conflict on Galera), 1205 (lock wait) and 1020 (changed since read). After these
 * the transaction is already gone although {@code commit()} may claim success, so only a whole new
 * transaction helps. The work must therefore open its own transaction each time it is called and
 * touch nothing outside the database.
 */
public final class UnitOfWork {

    private static final int TRIES = 5;
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 200;

    private UnitOfWork() {}

    /** Runs the work, again when the database asks for it, at most five times. */
    public static <T> T run(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (attempt == TRIES || !mayBeRepeated(e)) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** As {@link #run(Supplier)} for work without a result. */
    public static void run(Runnable work) {
        run(
                () -> {
                    work.run();
                    return null;
                });
    }

    /** Whether the database said that the same unit may succeed when run anew. */
    public static boolean mayBeRepeated(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            if (cause instanceof SQLTransactionRollbackException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && (sql.getErrorCode() == 1213
                            || sql.getErrorCode() == 1205
                            || sql.getErrorCode() == 1020)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static void pause() {
        long millis = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
