package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern PLAIN_KEY = Pattern.compile("\\bt\\['([a-zA-Z0-9_.]+)'\\]");
    private static final Pattern FILLED_KEY = Pattern.compile("texts\\.of\\('([a-zA-Z0-9_.]+)'");
    private static final Pattern COUNTED_KEY =
            Pattern.compile("texts\\.count\\('([a-zA-Z0-9_.]+)'");

    @Test
    void values_stand_where_the_text_wants_them() {
        String text = Texts.filled("{1} made a link for {0}, didn't they? {x} {9}", "5 €", "Ana");

        assertThat(text).isEqualTo("Ana made a link for 5 €, didn't they? {x} {9}");
    }

    @Test
    void a_value_is_never_read_as_a_text() {
        String text = Texts.filled("{0} and {1}", "{1}", "b");

        assertThat(text).isEqualTo("{1} and b");
    }

    @Test
    void words_take_the_form_that_the_number_asks_for() {
        assertThat(forms("en", 0, 1, 2, 11, 21))
                .containsExactly("other", "one", "other", "other", "other");
        assertThat(forms("ru", 0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 111))
                .containsExactly(
                        "many", "one", "few", "few", "many", "many", "many", "many", "one", "few",
                        "many", "many");
    }

    private static List<String> forms(String language, long... numbers) {
        List<String> forms = new ArrayList<>();
        for (long number : numbers) {
            forms.add(Texts.form(language, number));
        }
        return forms;
    }

    @Test
    void every_text_that_a_page_asks_for_exists() throws IOException {
        ResourceBundle texts = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ROOT);
        List<String> missing = new ArrayList<>();

        for (Path page : pages()) {
            String source = Files.readString(page);
            find(PLAIN_KEY, source, key -> texts.containsKey(key), page, missing);
            find(FILLED_KEY, source, key -> texts.containsKey(key), page, missing);
            find(COUNTED_KEY, source, key -> texts.containsKey(key + ".other"), page, missing);
        }

        assertThat(missing).isEmpty();
    }

    /** Whether the bundle can say it. */
    private interface Says {
        boolean of(String key);
    }

    private static void find(
            Pattern pattern, String source, Says says, Path page, List<String> missing) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            String key = matcher.group(1);
            // A key that ends with a point is completed by a value: "state." and the state.
            if (!key.endsWith(".") && !says.of(key)) {
                missing.add(page.getFileName() + ": " + key);
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/webapp"))) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    @Test
    void every_state_has_its_word() {
        ResourceBundle texts = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ROOT);

        assertThat(States.all())
                .allSatisfy(state -> assertThat(texts.containsKey("state." + state)).isTrue());
    }

    @Test
    void no_key_is_written_twice() throws IOException {
        List<String> keys =
                Files.readAllLines(Path.of("src/main/resources/org/payhub/web/texts.properties"))
                        .stream()
                        .filter(line -> !line.startsWith("#") && line.contains("="))
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }
}
