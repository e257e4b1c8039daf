package org.payhub.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the built parts lie: system properties that {@code ./payhub} passes. */
record Installation(Path agent, Path server, Path application, String simulator) {

    static Installation fromProperties() throws StartFailure {
        return new Installation(
                file("payhub.agent"),
                file("payhub.server"),
                file("payhub.application"),
                simulatorClassPath());
    }

    private static Path file(String property) throws StartFailure {
        String name = System.getProperty(property, "");
        Path path = Path.of(name).toAbsolutePath();
        if (name.isEmpty() || !Files.isRegularFile(path)) {
            throw new StartFailure(
                    "Payhub is not built: "
                            + (name.isEmpty() ? property : path)
                            + " is missing. Start it with ./payhub, which builds it.");
        }
        return path;
    }

    /** Entries may end in {@code *} as in Java; nothing is required until the demo wants it. */
    private static String simulatorClassPath() {
        return System.getProperty("payhub.simulator", "");
    }

    List<Path> missingSimulatorParts() {
        return Stream.of(simulator.split(File.pathSeparator))
                .map(entry -> entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry)
                .map(Path::of)
                .filter(path -> !Files.exists(path) || isEmptyFolder(path))
                .toList();
    }

    private static boolean isEmptyFolder(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }
}
