package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path folder;

    @Test
    void a_secret_is_made_once_and_only_its_owner_may_read_it() throws Exception {
        DataDirectory data = DataDirectory.open(folder.resolve("a b"));

        String first = data.secret("key", DataDirectory::randomKey);
        String second = data.secret("key", DataDirectory::randomKey);

        assertThat(second).isEqualTo(first);
        assertThat(permissions(data.secrets().resolve("key"))).isEqualTo("rw-------");
        assertThat(permissions(data.secrets())).isEqualTo("rwx------");
        assertThat(permissions(data.root())).isEqualTo("rwx------");
    }

    @Test
    void a_second_lock_on_the_same_directory_is_refused() throws Exception {
        DataDirectory first = DataDirectory.open(folder);
        DataDirectory second = DataDirectory.open(folder);
        first.lock();

        StartFailure failure = catchThrowableOfType(StartFailure.class, second::lock);

        assertThat(failure.getMessage())
                .startsWith("Another Payhub is running on the data directory " + folder)
                .contains("PAYHUB_DATA_DIR");
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_named() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        StartFailure failure =
                catchThrowableOfType(
                        StartFailure.class, () -> DataDirectory.open(file.resolve("data")));

        assertThat(failure.getMessage()).contains(file.toString()).contains("PAYHUB_DATA_DIR");
        assertThat(failure.getMessage().lines()).hasSize(1);
        assertThat(failure.exitStatus()).isNotZero();
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() {
        // Not even the superuser can make folders here.
        Path closed = Path.of("/proc/payhub");

        StartFailure failure =
                catchThrowableOfType(StartFailure.class, () -> DataDirectory.open(closed));

        assertThat(failure.getMessage()).contains("/proc/payhub").contains("PAYHUB_DATA_DIR");
    }

    @Test
    void logs_are_kept_for_five_starts() throws IOException {
        Path log = folder.resolve("server.log");
        for (int start = 1; start <= 8; start++) {
            Files.writeString(LogFiles.rotate(log), "start " + start);
        }

        assertThat(log).hasContent("start 8");
        assertThat(folder.resolve("server.log.5")).hasContent("start 3");
        assertThat(folder.resolve("server.log.6")).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
