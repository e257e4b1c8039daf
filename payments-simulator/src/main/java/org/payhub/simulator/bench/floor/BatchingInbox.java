package org.payhub.simulator.bench.floor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** F2: two writers commit whatever waits, at most 64 at once; the handler waits for its commit. */
final class BatchingInbox implements FloorProgram.Inbox {

    private static final int WRITERS = 2;
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_AT_ONCE = 64;

    private record Waiting(FloorEvent event, CompletableFuture<Void> stored) {}

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);

    BatchingInbox() {
        for (int i = 0; i < WRITERS; i++) {
            Thread writer = new Thread(this::write, "writer-" + i);
            writer.setDaemon(true);
            writer.start();
        }
    }

    @Override
    public boolean store(FloorEvent event) throws SQLException, InterruptedException {
        Waiting waiting = new Waiting(event, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            return false;
        }
        try {
            waiting.stored.get();
            return true;
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        }
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        try (Connection connection = FloorTable.connect();
                PreparedStatement insert = FloorTable.many(connection)) {
            connection.setAutoCommit(false);
            while (true) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MOST_AT_ONCE - 1);
                FloorTable.insert(insert, batch.stream().map(Waiting::event).toList());
                batch.forEach(waiting -> waiting.stored.complete(null));
            }
        } catch (SQLException e) {
            batch.forEach(waiting -> waiting.stored.completeExceptionally(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
