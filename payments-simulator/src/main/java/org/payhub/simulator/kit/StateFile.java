package org.payhub.simulator.kit;

import com.google.gson.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One JSON file that is either the old state or the new one, never half of it.
 *
 * <p>Guarantee: written beside, forced to disk, then renamed over the old file.
 */
public final class StateFile {

    private final Path file;

    public StateFile(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException cause) {
            throw new UncheckedIOException("The folder " + directory + " cannot be made", cause);
        }
        this.file = directory.resolve("simulator.json");
    }

    /** Empty on the first start. Errors: {@link IllegalArgumentException} for a damaged file. */
    public Optional<JsonObject> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return Optional.of(new JsonTree().read(reader));
        } catch (IOException cause) {
            throw new UncheckedIOException("The file " + file + " cannot be read", cause);
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException(
                    "The file " + file + " is damaged; move it away to start afresh", cause);
        }
    }

    public synchronized void write(JsonObject state) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel =
                            FileChannel.open(
                                    beside,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.TRUNCATE_EXISTING);
                    Writer writer =
                            new BufferedWriter(
                                    Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                // Streamed, because the text of a long demo's state would not fit in memory twice.
                Json.write(state, writer);
                writer.flush();
                channel.force(true);
            }
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException cause) {
            throw new UncheckedIOException("The file " + file + " cannot be written", cause);
        }
    }
}
