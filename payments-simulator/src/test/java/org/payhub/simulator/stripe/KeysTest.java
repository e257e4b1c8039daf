package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;

class KeysTest {

    private Rig rig;
    private StripeAccount account;

    @BeforeEach
    void start() {
        rig = new Rig();
        account = rig.stripe.account();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Rig.Reply balance(String key) {
        return rig.send("GET", "/v1/balance", null, key, Map.of());
    }

    @Test
    void two_accounts_with_keys_of_both_modes_exist_from_the_start() {
        List<StripeAccount> all = rig.stripe.accounts();

        assertThat(all).hasSize(2);
        assertThat(account.name()).isEqualTo("Estudio Alba");
        assertThat(all.stream().map(StripeAccount::currency)).containsExactly("eur", "usd");
        assertThat(account.test().publishable()).matches("pk_test_[A-Za-z0-9]{50,}");
        assertThat(account.test().secret()).matches("sk_test_[A-Za-z0-9]{50,}");
        assertThat(account.test().restricted()).startsWith("rk_" + "test_");
        assertThat(account.live().secret()).startsWith("sk_" + "live_");
    }

    @Test
    void the_mode_of_the_key_is_the_mode_of_the_answer() {
        assertThat(Json.flag(balance(account.test().secret()).json(), "livemode")).isFalse();
        assertThat(Json.flag(balance(account.live().secret()).json(), "livemode")).isTrue();
    }

    @Test
    void basic_authentication_works_as_well() {
        String basic =
                Base64.getEncoder()
                        .encodeToString(
                                (account.test().secret() + ":").getBytes(StandardCharsets.UTF_8));

        var reply =
                rig.send(
                        "GET",
                        "/v1/balance",
                        null,
                        null,
                        Map.of("Authorization", "Basic " + basic));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void wrong_keys_are_told_apart() {
        var none = balance(null);
        var unknown = balance("sk_test_doesnotexist1234");
        var publishable = balance(account.test().publishable());

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.errorMessage()).startsWith("You did not provide an API key.");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.errorMessage())
                .isEqualTo("Invalid API Key provided: sk_test_************1234");
        assertThat(publishable.status()).isEqualTo(401);
        assertThat(publishable.errorMessage()).contains("publishable API key");
    }

    @Test
    void a_rolled_key_stops_at_once() {
        String old = account.test().secret();

        String fresh = rig.stripe.rollKey(account.id(), false, "secret");

        assertThat(balance(old).errorCode()).isEqualTo("api_key_expired");
        assertThat(balance(fresh).status()).isEqualTo(200);
        assertThat(rig.stripe.account().live().secret()).isEqualTo(account.live().secret());
    }

    @Test
    void a_restricted_key_may_do_what_it_was_given_and_the_refusal_names_the_right() {
        String key = account.test().restricted();

        var account403 = rig.send("GET", "/v1/account", null, key, Map.of());
        rig.stripe.restrict(account.id(), false, List.of("rak_balance_read", "rak_charge_write"));
        var sessions = rig.send("POST", "/v1/checkout/sessions", "", key, Map.of());
        var charges = rig.send("GET", "/v1/charges", null, key, Map.of());

        assertThat(account403.status()).isEqualTo(403);
        assertThat(account403.errorMessage())
                .contains("'rak_accounts_kyc_id_numbers_read'")
                .doesNotContain(key);
        assertThat(sessions.errorMessage()).contains("'rak_checkout_session_write'");
        assertThat(balance(key).status()).isEqualTo(200);
        assertThat(charges.status()).isEqualTo(200);
    }

    @Test
    void objects_of_the_other_mode_and_of_other_accounts_do_not_exist() {
        String session = rig.session(5000, "").text("id");
        String path = "/v1/checkout/sessions/" + session;

        var live = rig.send("GET", path, null, account.live().secret(), Map.of());
        var other =
                rig.send("GET", path, null, rig.stripe.accounts().get(1).test().secret(), Map.of());

        assertThat(live.status()).isEqualTo(404);
        assertThat(live.errorMessage())
                .contains(
                        "a similar object exists in test mode, but a live mode key was used to"
                                + " make this request");
        assertThat(other.errorCode()).isEqualTo("resource_missing");
        assertThat(other.errorMessage()).doesNotContain("similar");
    }

    @Test
    void every_answer_has_a_request_id_and_the_log_has_the_version() {
        var reply =
                rig.send(
                        "GET",
                        "/v1/balance",
                        null,
                        account.test().secret(),
                        Map.of("Stripe-Version", "2026-07-29.dahlia"));

        assertThat(reply.raw().headers().firstValue("request-id").orElseThrow()).startsWith("req_");
        assertThat(Json.need(rig.stripe.requests().get(0), "version"))
                .isEqualTo("2026-07-29.dahlia");
        assertThat(rig.stripe.requests().get(0).toString()).doesNotContain(account.test().secret());
    }
}
