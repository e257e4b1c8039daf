package org.payhub.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.webhook.DeliveryDetail.HeaderLine;

class CurlTextTest {

    @Test
    void nothing_in_a_body_can_leave_its_quotes() {
        String body = "{\"name\":\"O'Neil'; rm -rf ~; echo '\"}";

        String curl =
                CurlText.of(
                        "https://hub.example/payments/prepaid/stripe",
                        List.of(new HeaderLine("content-type", "application/json")),
                        body);

        assertThat(curl)
                .isEqualTo(
                        "curl -X POST 'https://hub.example/payments/prepaid/stripe' \\\n"
                                + "  -H 'content-type: application/json' \\\n"
                                + "  --data-raw '{\"name\":\"O'\\''Neil'\\''; rm -rf ~; echo"
                                + " '\\''\"}'\n");
    }
}
