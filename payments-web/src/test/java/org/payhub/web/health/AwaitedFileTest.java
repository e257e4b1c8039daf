package org.payhub.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedFileTest {

    @TempDir Path folder;

    @Test
    void readiness_waits_for_the_file_and_for_nothing_when_none_is_named() throws IOException {
        Path file = folder.resolve("demo.json");
        AwaitedFile awaited = new AwaitedFile(file);

        assertThat(up(awaited)).isFalse();
        Files.createFile(file);
        assertThat(up(awaited)).isTrue();
        assertThat(up(new AwaitedFile())).isTrue();
    }

    private static boolean up(AwaitedFile check) {
        return check.call().getStatus() == HealthCheckResponse.Status.UP;
    }
}
