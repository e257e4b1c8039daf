package org.payhub.webhook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.payhub.platform.Leases;

/**
 * The threads that work deliveries off. Those that have to ask a provider have their own, so that a
 * provider that does not answer holds nobody else up.
 *
 * <p>A delivery is claimed by this node already when it is stored, if there is room here; otherwise
 * the sweep finds it.
 *
 * <p>Taking in goes first: providers wait for an answer and repeat what gets none, while what is
 * stored can wait. While many press in at once, one worker goes on, with rests.
 */
@ApplicationScoped
class DeliveryQueue {

    /** How long a claim holds; after that another worker may take the delivery. */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final int APPLIERS = 4;
    private static final int READERS = 6;
    private static final int MOST_WAITING = 2_000;
    private static final int ROOM_FOR_SWEEPS = 400;
    private static final int MOST_WAITING_FOR_PROVIDERS = 500;
    private static final long STOP_SECONDS = 10;

    /** While webhooks press in, the one worker rests so many times as long as it worked. */
    private static final int RESTS = 12;

    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CLAIMED_WHILE_PRESSED = 100;

    @Resource ManagedThreadFactory threads;
    @Inject Leases leases;
    @Inject DeliveryProcessor processor;

    private ThreadPoolExecutor appliers;
    private ThreadPoolExecutor readers;
    private final ReentrantLock turn = new ReentrantLock();
    private final Pressure pressure =
            new Pressure(Runtime.getRuntime().availableProcessors(), System::nanoTime);
    private volatile boolean stopping;

    /** For the container. */
    DeliveryQueue() {}

    @PostConstruct
    void start() {
        appliers = pool(APPLIERS, MOST_WAITING, "webhook-worker-");
        readers = pool(READERS, MOST_WAITING_FOR_PROVIDERS, "webhook-reader-");
    }

    private ThreadPoolExecutor pool(int size, int waiting, String name) {
        ThreadFactory named =
                work -> {
                    Thread thread = threads.newThread(work);
                    thread.setName(name + thread.getId());
                    return thread;
                };
        return new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), named);
    }

    /** What is not begun is left to its lease; what is begun has a moment to end. */
    @PreDestroy
    void stop() {
        stopping = true;
        for (ThreadPoolExecutor pool : List.of(appliers, readers)) {
            pool.getQueue().clear();
            pool.shutdown();
        }
        try {
            appliers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            readers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The claim with which a new delivery is stored; none when there is too much to do here. */
    Optional<Claim> claimAtBirth(DeliveryId delivery, Instant now) {
        return stopping
                        || pressure.isOn()
                        || appliers.getQueue().remainingCapacity() < ROOM_FOR_SWEEPS
                ? Optional.empty()
                : Optional.of(new Claim(delivery, leases.owner(), 1, now.plus(LEASE)));
    }

    /** Called after the commit of so many rows, with those that were new. */
    void takeOn(int rows, List<NewDelivery> fresh) {
        pressure.stored(rows);
        fresh.forEach(delivery -> delivery.claim().ifPresent(this::work));
    }

    /** Works a claimed delivery off soon; without room its lease runs out and it is found again. */
    void work(Claim claim) {
        execute(appliers, () -> inTurn(() -> processor.process(claim)));
    }

    /** At once, or one at a time with pauses while webhooks press in. */
    private void inTurn(Runnable piece) {
        try {
            while (pressure.isOn()) {
                if (turn.tryLock(50, TimeUnit.MILLISECONDS)) {
                    try {
                        long began = System.nanoTime();
                        piece.run();
                        rest(RESTS * (System.nanoTime() - began));
                        return;
                    } finally {
                        turn.unlock();
                    }
                }
            }
        } catch (InterruptedException e) {
            // The server ends; the lease does the rest.
            Thread.currentThread().interrupt();
            return;
        }
        piece.run();
    }

    private void rest(long nanos) {
        if (pressure.isOn() && !stopping) {
            LockSupport.parkNanos(Math.min(nanos, LONGEST_REST));
        }
    }

    /** The same for what has to ask a provider; whether there was room. */
    boolean ask(Runnable work) {
        return execute(readers, work);
    }

    /** How many more can be claimed now. */
    int room() {
        if (stopping) {
            return 0;
        }
        // A claim runs out while it waits here: under pressure no more than are soon begun.
        return pressure.isOn()
                ? CLAIMED_WHILE_PRESSED - appliers.getQueue().size()
                : appliers.getQueue().remainingCapacity();
    }

    private static boolean execute(ThreadPoolExecutor pool, Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
