package org.payhub.provider.http;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;

/**
 * Writes the record of calls beside the work: in batches, over plain JDBC, from one thread. A call
 * never waits for it and never fails because of it; what does not fit the queue, or cannot be
 * written, is dropped and said in the log.
 */
@ApplicationScoped
class CallLog {

    private static final System.Logger LOG = System.getLogger(CallLog.class.getName());

    private static final int QUEUE = 2_000;
    private static final int BATCH = 100;

    private static final String INSERT =
            "INSERT INTO provider_call (id, merchant_id, integration_id, provider, operation,"
                    + " method, address, result, http_status, problem, duration_ms,"
                    + " provider_request_id, request_excerpt, response_excerpt, called_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Resource ManagedThreadFactory threads;

    private final BlockingQueue<CallRecord> waiting = new ArrayBlockingQueue<>(QUEUE);
    private Thread writer;
    private volatile boolean closing;
    private boolean full;

    /** For the container. */
    CallLog() {}

    /** Takes one record; returns at once. */
    synchronized void add(CallRecord call) {
        if (dataSource == null || closing) {
            return;
        }
        if (!waiting.offer(call)) {
            if (!full) {
                LOG.log(Level.WARNING, "provider calls come faster than they can be recorded");
            }
            full = true;
            return;
        }
        full = false;
        if (writer == null || !writer.isAlive()) {
            writer = threads.newThread(this::write);
            writer.setName("payhub-provider-calls");
            writer.setDaemon(true);
            writer.start();
        }
    }

    @PreDestroy
    void close() {
        closing = true;
        Thread last;
        synchronized (this) {
            last = writer;
        }
        if (last != null) {
            try {
                last.join(TimeUnit.SECONDS.toMillis(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            last.interrupt();
        }
    }

    private void write() {
        List<CallRecord> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !waiting.isEmpty()) {
                CallRecord first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    store(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<CallRecord> batch) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (CallRecord call : batch) {
                bind(insert, call);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "provider calls not recorded count={0} cause={1}",
                    Integer.toString(batch.size()),
                    e.getMessage());
        }
    }

    private static void bind(PreparedStatement insert, CallRecord call) throws SQLException {
        insert.setBytes(1, bytes(call.id()));
        insert.setBytes(2, bytes(call.merchant()));
        insert.setBytes(3, call.integration() == null ? null : bytes(call.integration()));
        insert.setString(4, call.provider());
        insert.setString(5, call.operation());
        insert.setString(6, call.method());
        insert.setString(7, call.address());
        insert.setString(8, call.result());
        if (call.httpStatus() == null) {
            insert.setNull(9, Types.INTEGER);
        } else {
            insert.setInt(9, call.httpStatus());
        }
        insert.setString(10, call.problem());
        insert.setInt(11, call.durationMillis());
        insert.setString(12, call.providerRequestId());
        insert.setString(13, call.requestExcerpt());
        insert.setString(14, call.responseExcerpt());
        insert.setTimestamp(15, Timestamp.from(call.calledAt()), utc());
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** A calendar is not shareable between threads. */
    static Calendar utc() {
        return Calendar.getInstance(TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT);
    }
}
