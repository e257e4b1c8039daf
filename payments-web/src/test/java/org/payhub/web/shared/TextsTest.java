package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    @Test
    void no_page_leaves_the_place_of_a_value_open() throws IOException {
        ResourceBundle texts = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ROOT);
        List<String> open = new ArrayList<>();

        for (Path page : pages()) {
            String source = Files.readString(page);
            Matcher plain = PLAIN_KEY.matcher(source);
            while (plain.find()) {
                String key = plain.group(1);
                if (texts.containsKey(key) && !places(texts.getString(key)).isEmpty()) {
                    open.add(page.getFileName() + ": " + key + " without its values");
                }
            }
            Matcher filled = FILLED_KEY.matcher(source);
            while (filled.find()) {
                String key = filled.group(1);
                int given = values(source, filled.end());
                if (texts.containsKey(key) && places(texts.getString(key)).size() > given) {
                    open.add(page.getFileName() + ": " + key + " with " + given + " values");
                }
            }
        }

        assertThat(open).isEmpty();
    }

    /** How many arguments follow up to the bracket that closes the call. */
    private static int values(String source, int from) {
        int depth = 0;
        int values = 0;
        boolean quoted = false;
        for (int at = from; at < source.length(); at++) {
            char c = source.charAt(at);
            quoted ^= c == '\'';
            if (!quoted && (c == '(' || c == '[')) {
                depth++;
            } else if (!quoted && depth > 0 && (c == ')' || c == ']')) {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                values++;
            } else if (!quoted && depth == 0 && c == ')') {
                return values;
            }
        }
        return values;
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

    private static final List<String> TRANSLATIONS = List.of("es", "ru", "kk");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]\\}");
    private static final Pattern FORM = Pattern.compile("(.*)\\.(one|few|many|other)");

    /** One language's own file, nothing taken from another one. */
    private static Properties file(String language) throws IOException {
        String suffix = language.isEmpty() ? "" : "_" + language;
        Properties texts = new Properties();
        Path path = Path.of("src/main/resources/org/payhub/web/texts" + suffix + ".properties");
        try (Reader reader = Files.newBufferedReader(path)) {
            texts.load(reader);
        }
        return texts;
    }

    /** The forms of counted words that English has, by what stands before the form. */
    private static Set<String> counted(Properties english) {
        return english.stringPropertyNames().stream()
                .filter(key -> key.endsWith(".one"))
                .map(key -> key.substring(0, key.length() - ".one".length()))
                .filter(stem -> english.containsKey(stem + ".other"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_language_says_everything_that_english_says() throws IOException {
        Properties english = file("");
        Set<String> counted = counted(english);
        List<String> wrong = new ArrayList<>();

        for (String language : TRANSLATIONS) {
            Properties texts = file(language);
            for (String key : english.stringPropertyNames()) {
                if (texts.getProperty(key, "").isBlank()) {
                    wrong.add(language + " does not say " + key);
                }
            }
            for (String stem : counted) {
                for (long number : new long[] {0, 1, 2, 5, 11, 21, 22}) {
                    String key = stem + "." + Texts.form(language, number);
                    if (!texts.containsKey(key)) {
                        wrong.add(language + " lacks the form " + key);
                    }
                }
            }
            for (String key : texts.stringPropertyNames()) {
                Matcher form = FORM.matcher(key);
                if (!english.containsKey(key)
                        && !(form.matches() && counted.contains(form.group(1)))) {
                    wrong.add(language + " says what nobody asks for: " + key);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void every_language_puts_in_the_same_values() throws IOException {
        Properties english = file("");
        List<String> wrong = new ArrayList<>();

        for (String language : TRANSLATIONS) {
            Properties texts = file(language);
            for (String key : texts.stringPropertyNames()) {
                Matcher form = FORM.matcher(key);
                boolean count = form.matches() && english.containsKey(form.group(1) + ".other");
                String model = english.getProperty(count ? form.group(1) + ".other" : key, "");
                Set<String> wanted = places(model);
                Set<String> given = places(texts.getProperty(key));
                // "One visit" may be said without its number.
                given.remove(count && !wanted.contains("{0}") ? "{0}" : "");
                if (key.endsWith(".one")) {
                    wanted.remove("{0}");
                    given.remove("{0}");
                }
                if (!given.equals(wanted)) {
                    wrong.add(language + " " + key + ": " + given + " instead of " + wanted);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void who_asks_for_english_gets_it_wherever_the_server_stands() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ru"));
        try {
            // As Faces looks for the bundle of its pages.
            ResourceBundle english = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ENGLISH);
            ResourceBundle kazakh =
                    ResourceBundle.getBundle(Texts.BUNDLE, Locale.forLanguageTag("kk"));

            assertThat(english.getString("menu.visits")).isEqualTo("Visits");
            assertThat(kazakh.getString("menu.visits")).isNotEqualTo("Visits");
        } finally {
            Locale.setDefault(before);
        }
    }
}
