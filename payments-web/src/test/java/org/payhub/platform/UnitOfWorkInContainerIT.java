package org.payhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the database sends back is done again as a whole: deadlocks, lock waits, changed reads. */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
class UnitOfWorkInContainerIT {

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    private void inTransaction(Deed deed) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                deed.with(statement);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private interface Deed {
        void with(Statement statement) throws SQLException;
    }

    private String lease(String name) {
        inTransaction(
                s ->
                        s.executeUpdate(
                                "INSERT INTO job_lease (name, owner, lease_until) VALUES ('"
                                        + name
                                        + "', '0', UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
                                        + " owner = '0'"));
        return name;
    }

    private int count(String name) {
        int[] count = new int[1];
        inTransaction(
                s -> {
                    try (var row =
                            s.executeQuery(
                                    "SELECT owner FROM job_lease WHERE name = '" + name + "'")) {
                        row.next();
                        count[0] = Integer.parseInt(row.getString(1));
                    }
                });
        return count[0];
    }

    private static void raise(Statement s, String name) throws SQLException {
        s.executeUpdate(
                "UPDATE job_lease SET owner = CAST(CAST(owner AS SIGNED) + 1 AS CHAR)"
                        + " WHERE name = '"
                        + name
                        + "'");
    }

    @Test
    void two_that_take_two_rows_in_opposite_order_both_end() throws Exception {
        String left = lease("test.left");
        String right = lease("test.right");
        int rounds = 5;
        AtomicInteger tries = new AtomicInteger();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < rounds; round++) {
                CyclicBarrier bothHaveOne = new CyclicBarrier(2);
                List<Callable<Object>> deeds =
                        List.of(
                                () -> opposite(left, right, bothHaveOne, tries),
                                () -> opposite(right, left, bothHaveOne, tries));
                for (var future : two.invokeAll(deeds, 60, TimeUnit.SECONDS)) {
                    future.get();
                }
            }
        } finally {
            two.shutdownNow();
        }

        assertThat(count(left)).isEqualTo(2 * rounds);
        assertThat(count(right)).isEqualTo(2 * rounds);
        assertThat(tries.get()).as("each round one was sent back").isGreaterThan(2 * rounds);
    }

    private Object opposite(
            String first, String second, CyclicBarrier bothHaveOne, AtomicInteger tries) {
        AtomicInteger mine = new AtomicInteger();
        UnitOfWork.run(
                () ->
                        inTransaction(
                                s -> {
                                    tries.incrementAndGet();
                                    raise(s, first);
                                    if (mine.incrementAndGet() == 1) {
                                        meet(bothHaveOne);
                                    }
                                    raise(s, second);
                                }));
        return mine.get();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_lock_that_is_waited_for_too_long_is_waited_for_again() throws Exception {
        String name = lease("test.waited");
        AtomicInteger tries = new AtomicInteger();
        CyclicBarrier held = new CyclicBarrier(2);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            var holder =
                    other.submit(
                            () ->
                                    inTransaction(
                                            s -> {
                                                raise(s, name);
                                                meet(held);
                                                pause(2_500);
                                            }));
            meet(held);
            UnitOfWork.run(
                    () ->
                            inTransaction(
                                    s -> {
                                        tries.incrementAndGet();
                                        s.execute("SET SESSION innodb_lock_wait_timeout = 1");
                                        try {
                                            raise(s, name);
                                        } finally {
                                            s.execute("SET SESSION innodb_lock_wait_timeout = 50");
                                        }
                                    }));
            holder.get(30, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }

        assertThat(count(name)).isEqualTo(2);
        assertThat(tries.get()).isGreaterThan(1);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_row_that_changed_since_it_was_read_is_read_again() {
        String name = lease("test.changed");
        AtomicInteger tries = new AtomicInteger();

        UnitOfWork.run(
                () ->
                        inTransaction(
                                s -> {
                                    raise(s, name);
                                    if (tries.incrementAndGet() < 4) {
                                        throw new SQLException(
                                                "Record has changed since last read in table",
                                                "HY000",
                                                1020);
                                    }
                                }));

        assertThat(tries.get()).isEqualTo(4);
        assertThat(count(name)).as("what was sent back left nothing").isEqualTo(1);
    }

    @Test
    void what_fails_five_times_is_given_up_and_what_is_wrong_is_not_repeated() {
        AtomicInteger locked = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                UnitOfWork.run(
                                        () ->
                                                inTransaction(
                                                        s -> {
                                                            locked.incrementAndGet();
                                                            throw new SQLException(
                                                                    "Deadlock", "40001", 1213);
                                                        })))
                .hasRootCauseInstanceOf(SQLException.class);
        assertThatThrownBy(
                        () ->
                                UnitOfWork.run(
                                        () ->
                                                inTransaction(
                                                        s -> {
                                                            wrong.incrementAndGet();
                                                            s.execute(
                                                                    "SELECT nothing FROM nowhere");
                                                        })))
                .hasRootCauseInstanceOf(SQLException.class);

        assertThat(locked.get()).isEqualTo(5);
        assertThat(wrong.get()).isEqualTo(1);
    }
}
