package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.provider.spi.ProviderUnavailable;

class CallbackAddressTest {

    private static ProviderUnavailable unavailable(boolean sent, Throwable cause) {
        return new ProviderUnavailable("No answer.", sent, cause);
    }

    @Test
    void a_problem_names_the_address_without_its_key_the_cause_and_the_cure() {
        String problem =
                CallbackAddress.problem(
                        "https://pay.example.com/payments/prepaid/alppay", "no answer came.");

        assertThat(problem)
                .startsWith(
                        "Our address https://pay.example.com/payments/prepaid/alppay/… cannot be"
                                + " reached from outside: no answer came.")
                .contains("PAYHUB_BASE_URL", "press Verify");
    }

    @ParameterizedTest
    @CsvSource({
        "301, it leads on to another address",
        "204, something else answers there",
        "404, something else answers there",
        "502, what stands in front of this server answers",
    })
    void an_answer_that_is_not_ours_is_told_by_its_status(int status, String words) {
        String why = CallbackAddress.other(status);

        assertThat(why).startsWith(words).contains(Integer.toString(status));
    }

    @Test
    void no_answer_is_told_by_how_far_the_call_came() {
        String refused = CallbackAddress.none(unavailable(false, new ConnectException()));
        String certificate =
                CallbackAddress.none(
                        unavailable(
                                false,
                                new java.io.IOException(new SSLHandshakeException("expired"))));
        String late = CallbackAddress.none(unavailable(true, null));

        assertThat(refused).isEqualTo("no connection could be made.");
        assertThat(certificate).isEqualTo("its certificate is not accepted.");
        assertThat(late).isEqualTo("no answer came.");
    }
}
