package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void what_the_operator_wrote_stays_and_what_is_missing_is_added() {
        String url = "jdbc:mysql://db:3306/hub?sslMode=VERIFY_CA&connectTimeout=7";

        String completed = DatabaseUrl.completed(url);

        assertThat(completed)
                .startsWith(url + "&")
                .containsOnlyOnce("connectTimeout=")
                .contains("fallbackToSystemKeyStore=false")
                .contains("connectionTimeZone=%2B00:00")
                .contains("forceConnectionTimeZoneToSession=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/hub", "jdbc:mysql://db/hub?"})
    void a_url_without_options_gets_them_after_one_question_mark(String url) {
        String completed = DatabaseUrl.completed(url);

        assertThat(completed).startsWith("jdbc:mysql://db/hub?connect").doesNotContain("?&");
    }

    @Test
    void nothing_that_weakens_the_connection_is_added() {
        String completed = DatabaseUrl.completed("jdbc:mysql://db/hub");

        assertThat(completed)
                .doesNotContainIgnoringCase("sslMode")
                .doesNotContainIgnoringCase("allowPublicKeyRetrieval");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.0.15",
                "8.4.6",
                "9.1.0",
                "11.4.5-MariaDB",
                "12.0.2-MariaDB-log",
                "5.7.19-10.11.19-MariaDB"
            })
    void a_supported_version_is_taken(String version) {
        assertThatCode(() -> NamedDatabase.checkVersion(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.0.14",
                "5.7.44",
                "10.11.6-MariaDB",
                "5.5.5-10.11.6-MariaDB",
                "11.3.2-MariaDB",
                "something"
            })
    void an_old_version_is_refused(String version) {
        StartFailure failure =
                catchThrowableOfType(StartFailure.class, () -> NamedDatabase.checkVersion(version));

        assertThat(failure.getMessage()).startsWith("PAYHUB_DB_URL").contains("11.4");
    }

    @Test
    void a_database_that_is_away_is_told_in_one_line() {
        String url = DatabaseUrl.completed("jdbc:mysql://127.0.0.1:1/hub");

        StartFailure failure =
                catchThrowableOfType(
                        StartFailure.class,
                        () -> NamedDatabase.tryIt(url, "hub", "hub", "PAYHUB_DB"));

        assertThat(failure.getMessage())
                .startsWith("The database of PAYHUB_DB_URL does not answer: ")
                .contains("refused");
        assertThat(failure.getMessage().lines()).hasSize(1);
        assertThat(failure.exitStatus()).isEqualTo(1);
    }
}
