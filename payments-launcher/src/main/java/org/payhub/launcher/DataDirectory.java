package org.payhub.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder that keeps everything of one installation: the embedded database, the secrets made for
 * it, logs, the server's scratch space. All of it is durable; nothing lies under the system's
 * temporary directory unless the operator put the folder there.
 */
final class DataDirectory {

    /** A full disk shows here, in one line, and not later as a broken database. */
    private static final long NEEDED_BYTES = 64L << 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder where it is missing and proves that it can be written.
     *
     * @throws StartFailure naming what is wrong with it
     */
    static DataDirectory open(Path path) throws StartFailure {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            DataDirectory data = new DataDirectory(root);
            ownersOnly(root, "rwx------");
            Files.createDirectories(data.secrets());
            ownersOnly(data.secrets(), "rwx------");
            Files.createDirectories(data.logs());
            Files.createDirectories(data.scratch());
            proveWritable(root);
            return data;
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(
                    "The data directory "
                            + root
                            + " cannot be made: "
                            + e.getFile()
                            + " is a file. Set PAYHUB_DATA_DIR to a folder.",
                    e);
        } catch (AccessDeniedException e) {
            throw new StartFailure(
                    "The data directory "
                            + root
                            + " cannot be written. Give its owner the right to write, or set"
                            + " PAYHUB_DATA_DIR to another folder.",
                    e);
        } catch (IOException e) {
            throw new StartFailure(
                    "The data directory "
                            + root
                            + " cannot be used: "
                            + reason(e)
                            + ". Set PAYHUB_DATA_DIR to a folder that can be written.",
                    e);
        }
    }

    private static void proveWritable(Path root) throws IOException, StartFailure {
        FileStore store = Files.getFileStore(root);
        if (store.getUsableSpace() < NEEDED_BYTES) {
            throw new StartFailure(
                    "The disk of the data directory "
                            + root
                            + " is full: less than 64 MB are free. Free some space, or set"
                            + " PAYHUB_DATA_DIR to another disk.");
        }
        Path proof = Files.createTempFile(root, ".write-proof", "");
        Files.write(proof, new byte[] {1}, StandardOpenOption.SYNC);
        Files.delete(proof);
    }

    Path root() {
        return root;
    }

    Path database() {
        return root.resolve("db");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** Where the server unpacks itself; wiped before each of its starts. */
    Path server() {
        return root.resolve("server");
    }

    /** The temporary directory of the children; the system's own one may be cleaned under them. */
    Path scratch() {
        return root.resolve("tmp");
    }

    Path demoFile() {
        return root.resolve("demo.json");
    }

    /** Where a running launcher says which address it serves, for the other commands. */
    Path runningFile() {
        return root.resolve("running");
    }

    /**
     * Takes the folder for this process, until the process ends, however it ends.
     *
     * @throws StartFailure when another launcher has it
     */
    FileLock lock() throws StartFailure {
        return tryLock()
                .orElseThrow(
                        () ->
                                new StartFailure(
                                        "Another Payhub is running on the data directory "
                                                + root
                                                + ". Stop it, or set PAYHUB_DATA_DIR to another"
                                                + " folder."));
    }

    Optional<FileLock> tryLock() throws StartFailure {
        try {
            // The channel is closed by the end of the process: the lock's whole life is that long.
            FileChannel channel =
                    new RandomAccessFile(root.resolve("lock").toFile(), "rw").getChannel();
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(lock);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StartFailure(
                    "The data directory " + root + " cannot be locked: " + reason(e) + ".", e);
        }
    }

    /** A secret of this installation, made the first time it is asked for, readable by us alone. */
    String secret(String name, Supplier<String> maker) throws StartFailure {
        Path file = secrets().resolve(name);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
            }
            String made = maker.get();
            writePrivately(file, made + "\n");
            return made;
        } catch (IOException e) {
            throw new StartFailure(
                    "The secret " + file + " cannot be read or written: " + reason(e) + ".", e);
        }
    }

    /**
     * Writes a file that only its owner may read: whole or not at all, and on the disk when done.
     */
    static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        ownersOnly(fresh, "rw-------");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** 256 random bits that need no quoting anywhere. */
    static String randomPassword() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A key for sealing credentials: 32 random bytes in plain base64. */
    static String randomKey() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static void ownersOnly(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException e)
                            throws IOException {
                        if (e != null) {
                            throw e;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** The exception's own words, or its name where it has none. */
    static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
