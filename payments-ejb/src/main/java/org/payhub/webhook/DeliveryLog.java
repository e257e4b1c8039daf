package org.payhub.webhook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;

/**
 * Stores webhooks with as few commits as possible: whatever waits at one moment becomes one
 * statement and one commit, and only after that commit is anybody answered.
 *
 * <p>Bounded in rows and bytes: past that it refuses at once, so that the provider repeats instead
 * of the hub choking.
 */
@ApplicationScoped
class DeliveryLog {

    private static final System.Logger LOG = System.getLogger(DeliveryLog.class.getName());

    /** How long something waits at the most before the second writer looks whether it does. */
    private static final long RELIEF_MILLIS = 20;

    private static final int MOST_WAITING = 4_096;
    private static final long MOST_WAITING_BYTES = 64L << 20;
    // Each number of rows is a statement of its own that connections keep prepared.
    private static final int MOST_IN_A_BATCH = 64;
    // A statement stays far below the smallest packet that servers accept by default.
    private static final int MOST_BYTES_IN_A_BATCH = 1 << 20;
    private static final long STOP_SECONDS = 20;

    /** Where the rows go. */
    interface Store {

        /**
         * Stores the rows in one committed statement, leaving out those that are there already.
         *
         * @return the ids that were new
         */
        Set<DeliveryId> insert(List<NewDelivery> rows) throws SQLException;
    }

    /** What follows a commit of so many rows. */
    interface AfterCommit {

        void accept(int rows, List<NewDelivery> fresh);
    }

    private record Entry(NewDelivery row, CompletableFuture<Boolean> stored) {}

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Semaphore relief = new Semaphore(0);
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopping;

    private Store store;
    private AfterCommit afterCommit;

    @Resource ManagedThreadFactory threads;
    @Inject DeliveryInserts inserts;
    @Inject DeliveryQueue work;

    /** For the container. */
    DeliveryLog() {}

    /** For tests without a container. */
    DeliveryLog(Store store, AfterCommit afterCommit, ThreadFactory threads) {
        start(store, afterCommit, threads);
    }

    @PostConstruct
    void start() {
        start(inserts, work::takeOn, threads);
    }

    private void start(Store where, AfterCommit then, ThreadFactory factory) {
        store = where;
        afterCommit = then;
        start("webhook-writer", factory.newThread(() -> write(this::next)));
        start("webhook-relief", factory.newThread(() -> write(this::nextOfMany)));
    }

    private void start(String name, Thread writer) {
        writer.setName(name);
        writers.add(writer);
        writer.start();
    }

    /** Lets what waits be stored, then ends; whoever comes later is refused. */
    @PreDestroy
    void stop() {
        stopping = true;
        try {
            for (Thread writer : writers) {
                writer.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Entry left = queue.poll(); left != null; left = queue.poll()) {
            left.stored.completeExceptionally(overloaded());
        }
    }

    /**
     * Stores a webhook.
     *
     * @return done after the commit: true when it was new, false for a repeat. Fails with {@code
     *     webhook.overloaded}, {@code database.unavailable} (it may be stored all the same) or
     *     {@code webhook.cannot_be_stored}.
     */
    CompletableFuture<Boolean> append(NewDelivery row) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        if (stopping || waitingBytes.get() > MOST_WAITING_BYTES) {
            stored.completeExceptionally(overloaded());
            return stored;
        }
        waitingBytes.addAndGet(row.weight());
        if (!queue.offer(new Entry(row, stored))) {
            waitingBytes.addAndGet(-row.weight());
            stored.completeExceptionally(overloaded());
        } else if (queue.size() > MOST_IN_A_BATCH && relief.availablePermits() == 0) {
            relief.release();
        }
        return stored;
    }

    /** Where a writer has its next row from, if there is one before long. */
    private interface Source {

        Entry next() throws InterruptedException;
    }

    private Entry next() throws InterruptedException {
        return queue.poll(200, TimeUnit.MILLISECONDS);
    }

    /**
     * For the second writer, which helps when more waits than one batch or the first writer hangs;
     * two that always shared what comes would make twice as many commits of half the size.
     */
    private Entry nextOfMany() throws InterruptedException {
        relief.tryAcquire(RELIEF_MILLIS, TimeUnit.MILLISECONDS);
        return queue.poll();
    }

    private void write(Source source) {
        List<Entry> batch = new ArrayList<>();
        Entry carried = null;
        while (true) {
            Entry first = carried;
            carried = null;
            try {
                if (first == null) {
                    first = source.next();
                }
            } catch (InterruptedException e) {
                // The server ends its threads before it tells us: what waits is still stored.
                stopping = true;
            }
            if (first == null) {
                if (stopping && queue.isEmpty()) {
                    return;
                }
                continue;
            }
            batch.clear();
            long bytes = 0;
            Entry next = first;
            while (next != null) {
                bytes += next.row.weight();
                if (!batch.isEmpty() && bytes > MOST_BYTES_IN_A_BATCH) {
                    carried = next;
                    break;
                }
                batch.add(next);
                next = batch.size() < MOST_IN_A_BATCH ? queue.poll() : null;
            }
            storeAndAnswer(List.copyOf(batch));
        }
    }

    private void storeAndAnswer(List<Entry> batch) {
        long bytes = batch.stream().mapToLong(e -> e.row.weight()).sum();
        try {
            storeOrSplit(batch);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "webhooks could not be stored", e);
            batch.forEach(entry -> entry.stored.completeExceptionally(unavailable(e)));
        } finally {
            waitingBytes.addAndGet(-bytes);
        }
    }

    private void storeOrSplit(List<Entry> batch) {
        List<NewDelivery> rows = batch.stream().map(Entry::row).toList();
        Set<DeliveryId> added;
        try {
            added = UnitOfWork.run(() -> insert(rows));
        } catch (NotStored e) {
            if (!e.blamesARow()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "webhooks not stored rows=" + rows.size() + ": " + e.getMessage());
                batch.forEach(entry -> entry.stored.completeExceptionally(unavailable(e)));
            } else if (batch.size() == 1) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "webhook cannot be stored integration="
                                + rows.get(0).target().id()
                                + ": "
                                + e.getMessage());
                batch.get(0).stored.completeExceptionally(cannotBeStored(e));
            } else {
                // One row that the database does not take must not take the others with it.
                int half = batch.size() / 2;
                storeOrSplit(batch.subList(0, half));
                storeOrSplit(batch.subList(half, batch.size()));
            }
            return;
        }
        List<NewDelivery> fresh = rows.stream().filter(r -> added.contains(r.id())).toList();
        // Work is handed on before anybody is answered, so that an answer is followed by its
        // effect.
        afterCommit.accept(rows.size(), fresh);
        batch.forEach(entry -> entry.stored.complete(added.contains(entry.row.id())));
        note(rows, added);
    }

    /** One line for one commit: a line for each would cost more than storing it. */
    private static void note(List<NewDelivery> rows, Set<DeliveryId> added) {
        if (!LOG.isLoggable(System.Logger.Level.INFO)) {
            return;
        }
        StringBuilder line = new StringBuilder(64 + rows.size() * 100);
        line.append("webhooks stored commit=").append(rows.size());
        for (NewDelivery row : rows) {
            line.append(added.contains(row.id()) ? " delivery=" : " repeated=")
                    .append(row.id())
                    .append(" integration=")
                    .append(row.target().id())
                    .append(" event=")
                    .append(WebhookIntake.plain(row.webhook().eventKey()));
        }
        LOG.log(System.Logger.Level.INFO, line.toString());
    }

    private Set<DeliveryId> insert(List<NewDelivery> rows) {
        try {
            return store.insert(rows);
        } catch (SQLException e) {
            throw new NotStored(e);
        }
    }

    /** The database did not take a batch. */
    private static final class NotStored extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final transient SQLException cause;

        NotStored(SQLException cause) {
            super(cause.getMessage(), cause);
            this.cause = cause;
        }

        /** Data that does not fit, rather than a database that is away. */
        boolean blamesARow() {
            String state = cause.getSQLState() == null ? "" : cause.getSQLState();
            return state.startsWith("22")
                    || state.startsWith("23")
                    || cause.getErrorCode() == 1366
                    || cause.getErrorCode() == 1406;
        }
    }

    private static HubException overloaded() {
        return new HubException(
                Problem.UNAVAILABLE, "webhook.overloaded", "Too many webhooks at once.");
    }

    private static HubException unavailable(RuntimeException cause) {
        return new HubException(
                Problem.UNAVAILABLE, "database.unavailable", "It could not be stored.", cause);
    }

    private static HubException cannotBeStored(RuntimeException cause) {
        return new HubException(
                Problem.INVALID, "webhook.cannot_be_stored", "It does not fit.", cause);
    }
}
