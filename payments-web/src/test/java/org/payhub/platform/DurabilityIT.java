package org.payhub.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.payhub.launcher.EmbeddedDatabase;

/** A database that confirms before it has written is told apart from one that does not. */
class DurabilityIT {

    @TempDir Path directory;

    @Test
    void a_database_that_forgets_on_power_loss_is_named() throws IOException, InterruptedException {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.appUser());
        source.setPassword(database.appPassword());
        List<DatabaseSelfCheck.Finding> asShipped;
        List<String> command = new ArrayList<>();
        try {
            asShipped = new DatabaseSelfCheck().run(source);
            ProcessHandle.Info info = ProcessHandle.of(database.pid()).orElseThrow().info();
            command.add(info.command().orElseThrow());
            command.addAll(List.of(info.arguments().orElseThrow()));
        } finally {
            database.stop();
        }

        command.add("--innodb-flush-log-at-trx-commit=2");
        Process turnedDown =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("turned-down.log").toFile())
                        .start();
        List<DatabaseSelfCheck.Finding> found;
        try {
            Awaitility.await("database")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> answers(source));
            found = new DatabaseSelfCheck().run(source);
        } finally {
            turnedDown.destroy();
            turnedDown.waitFor();
            database.close();
        }

        assertThat(asShipped).isEmpty();
        assertThat(found)
                .extracting(DatabaseSelfCheck.Finding::code)
                .containsExactly("durability.flush");
        assertThat(found.get(0).sentence()).contains("is 2").contains("Set it to 1");
    }

    private static boolean answers(MysqlDataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
