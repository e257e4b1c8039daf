package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String KEY = DataDirectory.randomKey();

    private static Map<String, String> with(String... pairs) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PAYHUB_MASTER_KEY", KEY);
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    private static StartFailure refusal(Map<String, String> environment, Settings.Mode mode) {
        return catchThrowableOfType(StartFailure.class, () -> Settings.read(environment, mode));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    PAYHUB_HTTP_PORT           | eighty             | a number from 1 to 65535
                    PAYHUB_HTTP_PORT           | 0                  | a number from 1 to 65535
                    PAYHUB_HTTP_PORT           | 65536              | a number from 1 to 65535
                    PAYHUB_HTTP_PORT           | -1                 | a number from 1 to 65535
                    PAYHUB_SIMULATOR_PORT      | 99999999999        | a number from 1 to 65535
                    PAYHUB_SIMULATOR_PORT      | 8080               | give it another number
                    PAYHUB_MASTER_KEY          | secret!            | openssl rand -base64 32
                    PAYHUB_MASTER_KEY          | c2hvcnQ=           | is 5 bytes, not 32
                    PAYHUB_MASTER_KEY_PREVIOUS | c2hvcnQ=           | is 5 bytes, not 32
                    PAYHUB_BASE_URL            | pay.example.com    | http://host:port
                    PAYHUB_BASE_URL            | ftp://example.com  | http://host:port
                    PAYHUB_BASE_URL            | https://a.b/hub    | has a path
                    PAYHUB_BASE_URL            | https://a.b/?x=1   | more than host and port
                    PAYHUB_BASE_URL            | https://me:pw@a.b  | more than host and port
                    PAYHUB_BASE_URL            | https://a b        | http://host:port
                    PAYHUB_SIMULATOR_BASE_URL  | localhost:8090     | http://host:port
                    PAYHUB_STRIPE_API_BASE     | api.stripe.com     | http://host:port
                    PAYHUB_TROPIPAY_API_BASE   | http://            | http://host:port
                    PAYHUB_HTTP_ADDRESS        | no.such.host.invalid | 127.0.0.1, 0.0.0.0
                    PAYHUB_TRUSTED_PROXIES     | 10.0.0.0/33        | 10.0.0.0/8
                    PAYHUB_TRUSTED_PROXIES     | 10.0.0.1,proxy     | has "proxy"
                    PAYHUB_TRUSTED_PROXIES     | fd00::/129         | fd00::/8
                    PAYHUB_TRUSTED_PROXIES     | 10.1               | 10.0.0.0/8
                    PAYHUB_OPERATOR_TOKEN      | short              | at least 16 characters
                    PAYHUB_OPERATOR_TOKEN      | sixteen letters and a space | no space
                    PAYHUB_DEMO_API_KEY        | two words          | no space
                    PAYHUB_DB_URL              | jdbc:postgresql://h/d | jdbc:mysql://host:3306/database
                    PAYHUB_DB_URL              | jdbc:mysql://host  | jdbc:mysql://host:3306/database
                    PAYHUB_DB_URL              | jdbc:mariadb://h/d | jdbc:mysql://host:3306/database
                    PAYHUB_DB_URL              | jdbc:mysql://h/d?user=x | PAYHUB_DB_USER
                    PAYHUB_DB_URL              | jdbc:mysql://u:p@h/d | PAYHUB_DB_USER
                    """)
    void a_wrong_setting_is_named_with_its_cure(String name, String value, String cure) {
        Map<String, String> environment = with(name, value);
        if (name.equals("PAYHUB_DB_URL")) {
            environment.put("PAYHUB_DB_USER", "hub");
            environment.put("PAYHUB_DB_PASSWORD", "hub");
        }

        StartFailure failure = refusal(environment, Settings.Mode.DEMO);

        assertThat(failure).isNotNull();
        assertThat(failure.exitStatus()).isEqualTo(2);
        assertThat(failure.getMessage()).startsWith(name + " ").contains(cure).endsWith(".");
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is missing beside {1}")
    @CsvSource({
        "PAYHUB_DB_URL, PAYHUB_DB_USER",
        "PAYHUB_DB_URL, PAYHUB_DB_PASSWORD",
        "PAYHUB_DB_URL, PAYHUB_DB_OWNER_USER",
        "PAYHUB_DB_URL, PAYHUB_DB_OWNER_PASSWORD",
    })
    void half_a_database_is_refused(String missing, String given) {
        Map<String, String> environment = with(given, "x");

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage()).startsWith(missing + " is not set").contains(given);
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PAYHUB_DB_USER, PAYHUB_DB_PASSWORD",
        "PAYHUB_DB_PASSWORD, PAYHUB_DB_USER",
    })
    void a_named_database_needs_its_login(String missing, String given) {
        Map<String, String> environment =
                with("PAYHUB_DB_URL", "jdbc:mysql://h:3306/d", given, "x");

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage()).startsWith(missing + " is not set");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PAYHUB_DB_OWNER_PASSWORD, PAYHUB_DB_OWNER_USER",
        "PAYHUB_DB_OWNER_USER, PAYHUB_DB_OWNER_PASSWORD",
    })
    void an_owner_needs_both_halves(String missing, String given) {
        Map<String, String> environment =
                with(
                        "PAYHUB_DB_URL",
                        "jdbc:mysql://h:3306/d",
                        "PAYHUB_DB_USER",
                        "x",
                        "PAYHUB_DB_PASSWORD",
                        "x",
                        given,
                        "x");

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage()).startsWith(missing + " is not set although " + given);
    }

    @Test
    void run_needs_a_master_key_and_the_demo_does_not() throws StartFailure {
        Map<String, String> nothing = Map.of();

        StartFailure failure = refusal(nothing, Settings.Mode.RUN);
        Settings demo = Settings.read(nothing, Settings.Mode.DEMO);

        assertThat(failure.getMessage())
                .startsWith("PAYHUB_MASTER_KEY is not set")
                .contains("openssl rand -base64 32");
        assertThat(demo.httpPort()).isEqualTo(8080);
    }

    @Test
    void the_old_key_must_not_be_the_new_one() {
        Map<String, String> environment = with("PAYHUB_MASTER_KEY_PREVIOUS", KEY);

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage()).startsWith("PAYHUB_MASTER_KEY_PREVIOUS is the same");
    }

    @Test
    void every_wrong_setting_is_told_at_once() {
        Map<String, String> environment =
                with("PAYHUB_HTTP_PORT", "x", "PAYHUB_BASE_URL", "y", "PAYHUB_DB_USER", "z");

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage().lines()).hasSize(3);
    }

    @Test
    void no_refusal_shows_a_secret() {
        Map<String, String> environment =
                Map.of(
                        "PAYHUB_MASTER_KEY", "not-a-key-8472",
                        "PAYHUB_OPERATOR_TOKEN", "token-8472",
                        "PAYHUB_DB_PASSWORD", "password-8472");

        StartFailure failure = refusal(environment, Settings.Mode.RUN);

        assertThat(failure.getMessage()).doesNotContain("8472");
    }

    @Test
    void what_is_not_set_has_the_promised_defaults() throws StartFailure {
        Settings run = Settings.read(with(), Settings.Mode.RUN);
        Settings demo = Settings.read(with(), Settings.Mode.DEMO);

        assertThat(run.httpPort()).isEqualTo(8080);
        assertThat(run.simulatorPort()).isEqualTo(8090);
        assertThat(run.dataDirectory()).isEqualTo(Path.of(".payhub").toAbsolutePath());
        assertThat(run.baseUrl()).isEqualTo("http://localhost:8080");
        assertThat(run.httpAddress()).isEqualTo("0.0.0.0");
        assertThat(run.embeddedDatabase()).isTrue();
        assertThat(demo.httpAddress()).isEqualTo("127.0.0.1");
        assertThat(demo.simulatorBaseUrl()).isEqualTo("http://localhost:8090");
    }

    @Test
    void what_is_set_wins_and_blanks_count_as_unset() throws StartFailure {
        Map<String, String> environment =
                with(
                        "PAYHUB_HTTP_PORT",
                        " 9000 ",
                        "PAYHUB_BASE_URL",
                        "https://pay.example.com/",
                        "PAYHUB_HTTP_ADDRESS",
                        "::1",
                        "PAYHUB_DB_URL",
                        "  ",
                        "PAYHUB_TRUSTED_PROXIES",
                        "10.0.0.0/8, fd00::/8,192.168.1.7");

        Settings settings = Settings.read(environment, Settings.Mode.DEMO);

        assertThat(settings.httpPort()).isEqualTo(9000);
        assertThat(settings.baseUrl()).isEqualTo("https://pay.example.com");
        assertThat(settings.localUrl()).isEqualTo("http://[::1]:9000");
        assertThat(settings.embeddedDatabase()).isTrue();
    }

    @Test
    void a_name_that_is_not_ours_is_noticed() throws StartFailure {
        Map<String, String> environment =
                with("PAYHUB_HTPP_PORT", "1", "PAYHUB_STRIPE_API_BASE", "http://localhost:1");

        Settings settings = Settings.read(environment, Settings.Mode.RUN);

        assertThat(settings.unknownNames()).containsExactly("PAYHUB_HTPP_PORT");
    }
}
