package org.payhub.launcher;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The log of a child: a new file at every start and whenever it has grown large. A full disk loses
 * lines and nothing else: the child must never wait for its log.
 */
final class RollingLog implements AutoCloseable {

    private static final long LARGEST = 20L << 20;

    private final Path file;
    private BufferedWriter writer;
    private long written;

    RollingLog(Path file) throws IOException {
        this.file = file;
        roll();
    }

    Path file() {
        return file;
    }

    synchronized void line(String line) {
        try {
            if (written > LARGEST) {
                roll();
            }
            writer.write(line);
            writer.newLine();
            writer.flush();
            written += line.length() + 1L;
        } catch (IOException e) {
            // Most likely the disk is full. The next line tries again.
            written = Math.min(written, LARGEST);
        }
    }

    private void roll() throws IOException {
        if (writer != null) {
            writer.close();
        }
        LogFiles.rotate(file);
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        written = 0;
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // Its last lines did not fit on the disk; there is nobody left to tell.
            written = 0;
        }
    }
}
