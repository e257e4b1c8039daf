package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;

/** The person who was invited as a test merchant's owner. */
record Owner(TestMerchant merchant) {

    static final String PASSWORD = "correct horse battery";
    static final String NAME = "Lucía Alba";

    /** An owner who has set the password already. */
    static Owner ready() {
        return ready(TestMerchant.make());
    }

    /** The same for that business. */
    static Owner ready(TestMerchant merchant) {
        Owner owner = new Owner(merchant);
        String url = owner.merchant.setupUrl();
        Http.Answer set =
                Http.post(
                        "/setup",
                        "token="
                                + url.substring(url.indexOf("token=") + 6)
                                + "&name="
                                + URLEncoder.encode(NAME, StandardCharsets.UTF_8)
                                + "&password="
                                + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(set.status()).as(set.body()).isEqualTo(302);
        return owner;
    }

    String email() {
        return merchant.ownerEmail();
    }
}
