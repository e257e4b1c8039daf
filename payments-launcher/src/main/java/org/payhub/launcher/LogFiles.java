package org.payhub.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps the last five of each log: {@code server.log} is the newest, {@code server.log.5} the
 * oldest.
 */
final class LogFiles {

    private static final int KEPT = 5;

    private LogFiles() {}

    /** Moves the old ones up by one and makes a new empty file, readable by its owner alone. */
    static Path rotate(Path log) throws IOException {
        for (int number = KEPT; number >= 1; number--) {
            Path older = numbered(log, number);
            Path newer = number == 1 ? log : numbered(log, number - 1);
            if (Files.exists(newer)) {
                Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createFile(log);
        DataDirectory.ownersOnly(log, "rw-------");
        return log;
    }

    private static Path numbered(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
