package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.bench.FaultsBench;

/** The short form of {@code ./payhub bench faults}: the launcher as people start it, and hurt. */
class FaultsIT {

    private static final long SEED = Long.getLong("payhub.faults.seed", 20_261_121L);

    @Test
    void killed_cut_and_flooded_it_loses_nothing_and_does_nothing_twice() throws Exception {
        Path folder = TestWorld.data().resolve("faults");
        linkPrograms(folder.resolve("db").resolve("base"));

        List<String> troubles = FaultsBench.brief(folder, launcher(), SEED);

        assertThat(troubles).as("seed " + SEED + ", see " + folder).isEmpty();
    }

    private static List<String> launcher() {
        Path target = Path.of("..", "payments-launcher", "target").toAbsolutePath().normalize();
        Path jar = target.resolve("payments-launcher.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dpayhub.agent=" + jar,
                "-Dpayhub.server=" + System.getProperty("payara.microJar"),
                "-Dpayhub.application=" + Path.of("target", "payments-web.war").toAbsolutePath(),
                "-cp",
                jar + File.pathSeparator + target.resolve("lib") + "/*",
                "org.payhub.launcher.Launcher");
    }

    /** The suite's database has them unpacked already; that saves a minute. */
    private static void linkPrograms(Path base) throws IOException {
        Path programs = TestWorld.data().resolveSibling("it-programs");
        if (!Files.isDirectory(programs)) {
            return; // The suite runs on another database; the launcher unpacks its own.
        }
        try (Stream<Path> files = Files.walk(programs)) {
            for (Path file : files.toList()) {
                Path copy = base.resolve(programs.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
    }
}
