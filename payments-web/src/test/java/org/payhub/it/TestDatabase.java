package org.payhub.it;

import java.nio.file.Path;
import org.payhub.launcher.EmbeddedDatabase;

/** A database with an owner and an application user. */
interface TestDatabase extends AutoCloseable {

    String jdbcUrl();

    String appUser();

    String appPassword();

    String ownerUser();

    String ownerPassword();

    @Override
    void close();

    /** Starts {@code mariadb} (the one that ships with the launcher) or {@code mysql} (8.0.15). */
    static TestDatabase start(String kind, Path data) {
        return switch (kind) {
            // The programs are unpacked once; the data is new each time.
            case "mariadb" ->
                    new MariaDb(
                            EmbeddedDatabase.start(
                                    data.resolve("mariadb"), data.resolveSibling("it-programs")));
            case "mysql" -> MySqlServer.start(data.resolve("mysql"));
            default -> throw new IllegalArgumentException("No such database: " + kind);
        };
    }

    /** The launcher's MariaDB. */
    record MariaDb(EmbeddedDatabase server) implements TestDatabase {
        @Override
        public String jdbcUrl() {
            return server.jdbcUrl();
        }

        @Override
        public String appUser() {
            return server.appUser();
        }

        @Override
        public String appPassword() {
            return server.appPassword();
        }

        @Override
        public String ownerUser() {
            return server.ownerUser();
        }

        @Override
        public String ownerPassword() {
            return server.ownerPassword();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
