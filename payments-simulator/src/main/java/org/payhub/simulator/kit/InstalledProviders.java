package org.payhub.simulator.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The imitated providers that are there: every public class {@code
 * org.payhub.simulator.<code>.<Name>Simulator} that is a {@link Provider} and is made with a clock.
 * One more provider is one more folder; no list has to learn of it.
 */
public final class InstalledProviders {

    private static final Pattern SIMULATOR =
            Pattern.compile("org/payhub/simulator/[a-z][a-z0-9]*/[A-Z][A-Za-z0-9]*Simulator");
    private static final String ENDING = ".class";

    private InstalledProviders() {}

    /** One of each, by code. */
    public static List<Provider> all(Clock clock) {
        return names().stream()
                .filter(name -> SIMULATOR.matcher(name).matches())
                .map(name -> type(name.replace('/', '.')))
                .filter(Provider.class::isAssignableFrom)
                .map(type -> made(type.asSubclass(Provider.class), clock))
                .sorted(java.util.Comparator.comparing(Provider::code))
                .toList();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, true, InstalledProviders.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("A class that was listed is gone: " + name, e);
        }
    }

    private static Provider made(Class<? extends Provider> type, Clock clock) {
        try {
            return type.getConstructor(Clock.class).newInstance(clock);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " needs a public constructor that takes a clock", e);
        }
    }

    /** Names of the classes beside this one, in a folder or in a jar. */
    private static List<String> names() {
        try {
            URI home =
                    InstalledProviders.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI();
            Path path = Path.of(home);
            if (Files.isDirectory(path)) {
                return below(path);
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + home), Map.of())) {
                return below(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where the simulator's classes are cannot be read", e);
        }
    }

    private static List<String> below(Path root) throws IOException {
        Path home = root.resolve("org/payhub/simulator");
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        }
    }
}
