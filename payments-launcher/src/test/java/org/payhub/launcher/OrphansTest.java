package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {

    @TempDir Path folder;

    private Process stranger;
    private Path record;
    private Path program;

    @BeforeEach
    void startSomething() throws IOException {
        stranger = new ProcessBuilder("sleep", "60").start();
        record = folder.resolve("process");
        program = folder.resolve("mariadbd");
    }

    @AfterEach
    void endIt() {
        stranger.destroyForcibly();
    }

    @Test
    void the_recorded_process_is_ended() throws Exception {
        Orphans.record(record, stranger.toHandle());

        assertThat(Orphans.end(record, program)).containsExactly(stranger.pid());

        assertThat(stranger.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(record).doesNotExist();
    }

    @Test
    void a_process_that_only_has_the_pid_again_is_left_alone() throws Exception {
        Files.writeString(record, stranger.pid() + " 2020-01-01T00:00:00Z\n");

        assertThat(Orphans.end(record, program)).isEmpty();

        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void half_a_record_ends_nothing() throws Exception {
        Files.writeString(record, Long.toString(stranger.pid()));

        assertThat(Orphans.end(record, program)).isEmpty();

        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void an_unrecorded_process_of_our_own_program_is_ended() throws Exception {
        Files.copy(Path.of("/bin/sleep").toRealPath(), program);
        DataDirectory.ownersOnly(program, "rwx------");
        Process ours = new ProcessBuilder(program.toString(), "60").start();

        assertThat(Orphans.end(record, program)).containsExactly(ours.pid());

        assertThat(ours.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.isAlive()).isTrue();
    }
}
