package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A correction by ALPPAY is to be an edit of one type. */
class AlppayWordsTest {

    private static final Path FOLDER =
            Path.of("src", "main", "java", "org", "payhub", "provider", "alppay");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Reading or writing a field by a name that is written there and then. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "\\.\\s*(?:text|filled|flag|isTrue|integer|decimal|find|get|list|texts|hasList"
                            + "|has|names)\\(\\s*\"");

    private static Set<String> literals(Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = LITERAL.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<Path> others() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.getFileName().toString().equals("AlppayProtocol.java"))
                    .toList();
        }
    }

    @Test
    void no_word_of_alppays_stands_outside_the_one_type() throws IOException {
        Set<String> words = literals(FOLDER.resolve("AlppayProtocol.java"));
        // Plain short words are ours as well (amount, status); a name that is read is found below.
        words.removeIf(w -> w.matches("[a-z]*|[A-Z]{0,2}|USDT:tron"));
        List<String> strays = new ArrayList<>();
        for (Path file : others()) {
            for (String literal : literals(file)) {
                if (words.contains(literal)) {
                    strays.add(file.getFileName() + ": " + literal);
                }
            }
        }

        assertThat(words)
                .contains("/payment", "X-HMAC", "API-KEY", "OVERPAID", "totalReceivedAmount");
        assertThat(strays).isEmpty();
    }

    @Test
    void no_field_is_read_by_a_name_written_elsewhere() throws IOException {
        List<String> strays = new ArrayList<>();
        for (Path file : others()) {
            if (NAMED.matcher(Files.readString(file)).find()) {
                strays.add(file.getFileName().toString());
            }
        }

        assertThat(strays).isEmpty();
    }
}
