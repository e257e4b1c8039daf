package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;

class CabinetTest {

    private Rig rig;
    private String page;

    @BeforeEach
    void start() {
        rig = new Rig();
        page = rig.simulator.baseUrl() + "/cabinet/stripe/" + rig.stripe.account().id() + "/test";
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String press(String where, Map<String, String> fields) {
        var answer = rig.browser.post(page + where, fields);
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("location").orElseThrow();
    }

    @Test
    void the_keys_of_the_mode_are_there_to_copy() {
        String body = rig.browser.get(page).body();
        String live = rig.browser.get(page.replace("/test", "/live")).body();

        assertThat(body)
                .contains(
                        rig.stripe.account().test().publishable(),
                        rig.stripe.account().test().secret(),
                        rig.stripe.account().test().restricted(),
                        "data-key=\"secret\"")
                .doesNotContain(rig.stripe.account().live().secret());
        assertThat(live).contains(rig.stripe.account().live().secret());
    }

    @Test
    void every_button_of_a_payments_life_works() {
        try (Receiver receiver = new Receiver()) {
            press("/endpoint", Map.of("url", receiver.url(), "types", "*", "version", ""));
            press(
                    "/do",
                    Map.of("action", "sell", "id", rig.stripe.account().id(), "amount", "5000"));
            String charge = Json.need(Rig.first(rig.get("/v1/charges")), "id");

            String said = press("/do", Map.of("action", "refund", "id", charge, "amount", "1000"));
            press("/do", Map.of("action", "dispute", "id", charge));
            String dispute = Json.need(Rig.first(rig.get("/v1/disputes")), "id");
            press("/do", Map.of("action", "dispute_won", "id", dispute));
            press("/do", Map.of("action", "payout", "id", rig.stripe.account().id()));
            receiver.await(r -> r.count("payout.created") == 1);
            String body = rig.browser.get(page).body();

            assertThat(said).contains("said=Done");
            assertThat(body).contains(charge, "50.00 EUR", "10.00 EUR", "won", "payout.created");
            assertThat(rig.books().sum("eur", "refunded")).isEqualTo(1000);
        }
    }

    @Test
    void a_refused_button_says_why_and_nothing_breaks() {
        press("/do", Map.of("action", "sell", "id", rig.stripe.account().id(), "amount", "5000"));
        String charge = Json.need(Rig.first(rig.get("/v1/charges")), "id");

        String said = press("/do", Map.of("action", "refund", "id", charge, "amount", "9000"));

        assertThat(said).contains("greater+than+unrefunded").contains("failed=true");
        assertThat(press("/do", Map.of("action", "nonsense", "id", charge))).contains("failed");
        assertThat(press("/endpoint", Map.of("url", "nowhere"))).contains("Invalid+URL");
        assertThat(press("/switches", Map.of("switch", "api", "slowMillis", "x")))
                .contains("must+be+a+whole+number");
    }

    @Test
    void what_was_said_is_shown_as_text_only() {
        String body = rig.browser.get(page + "?said=%3Cscript%3Ealert(1)%3C/script%3E").body();

        assertThat(body).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)");
    }

    @Test
    void keys_secrets_rights_and_versions_are_changed_here() {
        String endpoint = Json.need(rig.endpoint("http://localhost:9/x", "*"), "id");
        String old = rig.secretKey();

        press("/key", Map.of("kind", "secret"));
        press("/endpoint/" + endpoint, Map.of("action", "roll"));
        press("/rights", Map.of("rights[]", "rak_balance_read"));
        press("/version", Map.of("version", "2020-08-27"));
        String body = rig.browser.get(page).body();

        assertThat(rig.secretKey()).isNotEqualTo(old);
        assertThat(rig.stripe.webhookSecrets(endpoint)).hasSize(2);
        assertThat(body).contains("Old secret, signs too", "2020-08-27");
        var refused =
                rig.send(
                        "GET",
                        "/v1/charges",
                        null,
                        rig.stripe.account().test().restricted(),
                        Map.of());
        assertThat(refused.status()).isEqualTo(403);
        press("/endpoint/" + endpoint, Map.of("action", "delete"));
        assertThat(Rig.data(rig.get("/v1/webhook_endpoints"))).isEmpty();
    }

    @Test
    void an_account_can_be_added() {
        var answer =
                rig.browser.post(
                        rig.simulator.baseUrl() + "/cabinet/stripe",
                        Map.of("name", "Salon Nour", "country", "FR", "currency", "EUR"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(rig.stripe.accounts()).hasSize(3);
        assertThat(rig.browser.get(page).body()).contains("Salon Nour");
    }

    @Test
    void the_control_api_sets_every_switch_and_shows_it() {
        rig.control(
                "/webhooks",
                Json.of(
                        "delayMillis",
                        5,
                        "copies",
                        2,
                        "dropTypes",
                        Json.list("charge.failed"),
                        "hold",
                        true));
        rig.control("/api", Json.of("slowMillis", 1, "hang", "POST /v1/none"));
        rig.control("/api/fail", Json.of("calls", 3, "kind", "html", "match", "POST /v1/none"));
        rig.control("/clock", Json.of("offsetSeconds", 60));
        rig.control("/timing", Json.of("asyncCapture", false));
        JsonObject all =
                Json.parse(rig.browser.get(rig.simulator.baseUrl() + "/control/stripe").body());
        var wrong = rig.control("/webhooks", Json.of("copies", 0));

        assertThat(Json.number(Json.child(all, "webhooks"), "copies")).isEqualTo(2);
        assertThat(Json.flag(Json.child(all, "webhooks"), "holding")).isTrue();
        assertThat(Json.number(Json.child(all, "api"), "failingCallsLeft")).isEqualTo(3);
        assertThat(Json.number(all, "clockOffsetSeconds")).isEqualTo(60);
        assertThat(Json.flag(Json.child(all, "timing"), "asyncCapture")).isFalse();
        assertThat(wrong.status()).isEqualTo(400);
        rig.control("/reset", new JsonObject());
        assertThat(rig.stripe.clock().offset().isZero()).isTrue();
    }

    @Test
    void a_history_can_be_written_over_http() {
        String session = rig.session(5000, "").text("id");

        var told =
                rig.control(
                        "/history",
                        Json.of(
                                "session",
                                session,
                                "version",
                                "2022-08-01",
                                "steps",
                                Json.list("decline", "hold", "capture:3000", "refund")));
        var random = rig.control("/history", Json.of("seed", 4, "amount", 900));
        var wrong = rig.control("/history", Json.of("steps", Json.list("fly")));

        assertThat(told.json().getAsJsonArray("events").asList())
                .extracting(e -> Json.need(e.getAsJsonObject(), "type"))
                .contains("charge.failed", "charge.captured", "charge.refunded");
        assertThat(told.raw().body()).contains("2022-08-01");
        assertThat(rig.books().sum("eur", "refunded")).isGreaterThanOrEqualTo(3000);
        assertThat(random.status()).isEqualTo(200);
        assertThat(wrong.json().get("detail").getAsString()).contains("fly");
    }

    @Test
    void books_requests_accounts_and_events_can_be_read() {
        String base = rig.simulator.baseUrl() + "/control/stripe";
        rig.charge(5000, "4242424242424242", "");

        JsonObject books = Json.parse(rig.browser.get(base + "/books").body());
        JsonObject requests =
                Json.parse(
                        rig.browser.get(base + "/requests?method=POST&path=/v1/checkout").body());
        JsonObject accounts = Json.parse(rig.browser.get(base + "/accounts").body());
        JsonObject events = Json.parse(rig.browser.get(base + "/events").body());

        assertThat(Json.number(Json.child(Json.child(books, "sums"), "eur"), "captured"))
                .isEqualTo(5000);
        assertThat(Json.number(requests, "count")).isEqualTo(1);
        assertThat(accounts.getAsJsonArray("accounts")).hasSize(2);
        assertThat(events.getAsJsonArray("events").size()).isGreaterThanOrEqualTo(4);
        for (String path : List.of("/objects/none", "/books?account=acct_none")) {
            assertThat(rig.browser.get(base + path).statusCode()).isEqualTo(400);
        }
    }
}
