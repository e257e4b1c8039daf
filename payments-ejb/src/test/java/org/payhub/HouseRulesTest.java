package org.payhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Walks the sources of all modules and names file and line of what makes money or time wrong, with
 * what to write instead.
 */
class HouseRulesTest {

    /** A text that may not stand in main code, and its replacement. */
    private record Ban(Pattern text, String instead, String except) {

        static Ban of(String regex, String instead) {
            return new Ban(Pattern.compile(regex), instead, null);
        }

        static Ban of(String regex, String instead, String except) {
            return new Ban(Pattern.compile(regex), instead, except);
        }
    }

    private static final List<Ban> BANNED =
            List.of(
                    // The launcher and the simulator's program talk to a terminal.
                    Ban.of(
                            "System\\.(out|err)\\b",
                            "a logger",
                            "payments-launcher|payments-simulator|AuditVerifier"),
                    Ban.of("\\.printStackTrace\\(", "a logger"),
                    Ban.of("new Date\\(", "Instant"),
                    Ban.of("\\bLocalDateTime\\b", "Instant"),
                    Ban.of("new BigDecimal\\([0-9]+\\.[0-9]", "a text literal"),
                    Ban.of("catch \\((final )?(Exception|Throwable) ", "the exception you answer"),
                    Ban.of("@SuppressWarnings\\([^)]*\\)\\s*$", "a comment with the reason"),
                    Ban.of("Thread\\.sleep\\(", "a timer or a condition"),
                    Ban.of("String\\.format\\(\\s*\"", "String.format(Locale.ROOT, …)"),
                    Ban.of("\\.formatted\\(", "String.format(Locale.ROOT, …)"),
                    Ban.of("\\.to(Lower|Upper)Case\\(\\)", "toLowerCase(Locale.ROOT)"),
                    Ban.of("\\b(TODO|FIXME|XXX)\\b", "an issue"),
                    Ban.of("GET_LOCK|LOCK TABLES|SKIP LOCKED", "a lease (platform.Leases)"));

    @Test
    void nothing_banned_stands_in_main_code() throws IOException {
        List<String> found = new ArrayList<>();

        for (Path file : sources("src/main/java")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (isComment(line)) {
                    continue;
                }
                for (Ban ban : BANNED) {
                    Matcher matcher = ban.text().matcher(line);
                    boolean allowed =
                            ban.except() != null
                                    && Pattern.compile(ban.except())
                                            .matcher(file.toString())
                                            .find();
                    if (matcher.find() && !allowed) {
                        found.add(
                                file
                                        + ":"
                                        + (i + 1)
                                        + " "
                                        + matcher.group()
                                        + " → "
                                        + ban.instead());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("//") || text.startsWith("*") || text.startsWith("/*");
    }

    @Test
    void every_package_says_what_it_is() throws IOException {
        List<Path> silent =
                sources("src/main/java").stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void every_provider_folder_has_its_notes_and_fixtures() throws IOException {
        Path providers = Path.of("src/main/java/org/payhub/provider");
        List<String> missing = new ArrayList<>();

        try (Stream<Path> folders = Files.list(providers)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                String name = folder.getFileName().toString();
                if (name.equals("spi") || name.equals("http")) {
                    continue;
                }
                if (!Files.exists(folder.resolve("MAPPING.md"))) {
                    missing.add(name + "/MAPPING.md");
                }
                Path fixtures = Path.of("src/test/resources/org/payhub/provider", name, "fixtures");
                if (!Files.isDirectory(fixtures)) {
                    missing.add(fixtures.toString());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void no_registry_and_no_secret_is_named_in_the_repository() throws IOException {
        Pattern secret =
                Pattern.compile(
                        "-----BEGIN [A-Z ]*PRIVATE KEY-----|\\b(sk|rk)_live_[A-Za-z0-9]{16,}"
                                + "|\\bwhsec_[A-Za-z0-9]{32,}");
        List<String> found = new ArrayList<>();

        for (String folder : List.of("src/main", "src/test")) {
            for (Path file : files(folder)) {
                if (Files.size(file) > 1_000_000 || !isText(file)) {
                    continue;
                }
                Matcher matcher = secret.matcher(Files.readString(file));
                if (matcher.find()) {
                    found.add(file + " " + matcher.group().substring(0, 8));
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static boolean isText(Path file) {
        return file.toString()
                .matches(".*\\.(java|json|xml|xhtml|properties|md|sql|css|js|html|txt)$");
    }

    private static List<Path> sources(String folder) throws IOException {
        return files(folder).stream().filter(f -> f.toString().endsWith(".java")).toList();
    }

    /** All files of that folder in all modules. */
    private static List<Path> files(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module :
                List.of(
                        "payments-ejb",
                        "payments-web",
                        "payments-launcher",
                        "payments-simulator")) {
            Path root = Path.of("..", module, folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> walk = Files.walk(root)) {
                    walk.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        return files;
    }
}
