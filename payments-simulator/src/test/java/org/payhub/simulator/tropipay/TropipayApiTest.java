package org.payhub.simulator.tropipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;
import org.payhub.simulator.kit.Json;

/** The imitated interface, page and notifications, over HTTP. */
class TropipayApiTest {

    private static final String VISA = "4900490000000501";
    private static final String DECLINED = "4000000000000002";

    @ParameterizedTest
    @CsvSource({
        "690259220262,client-id,client-secret,200,"
                + "5dcabbbf6a4bb4716ed678e7e4db2add301d63254d30ebb0c23df22482703346,"
                + "1127476e24e64c5e0849a28e12104690feceb5d6fa7fed0afb766ce6c1ee5da4",
        "TX1636652414219,hub-test-client-0001,hub-test-secret-0001,1500,"
                + "7d0d32f8d2369dfc0b8ae2907ae5522da29489f6312dd96db4ec4cf743f51faf,"
                + "012f6a223cc9d6ca7376bb10bcd998e943b2605bff9fea0f0626ad917ef04102",
        "690259220262,client-id,client-secret,-200,"
                + "ad5cc89d694675c242ca82f24470368ed689e2923ee561cd949789a523de0543,"
                + "278d841e422b144ac2facbfd76ba0baa888dad84b54c48834d49daa2801224a6"
    })
    void known_vectors_are_signed_alike(
            String code, String id, String secret, String amount, String v3, String v2) {
        assertThat(Digests.third(code, id, secret, amount)).isEqualTo(v3);
        assertThat(Digests.second(code, id, secret, amount)).isEqualTo(v2);
        assertThat(Digests.first("1574194435610", "merchant@example.com", "Passw0rd!", "100000"))
                .isEqualTo("90d0639860a6a416d65129ae2b9bac2ee4e3ba43d522812388e15305ad4e6db6");
    }

    @Test
    void a_token_opens_the_interface_and_wrong_credentials_are_a_400() {
        try (Rig rig = new Rig()) {
            Rig.Said without = rig.get("/users/profile");
            Rig.Said wrong = rig.token(rig.tropipay.account().clientId(), "no");
            Rig.Said right = rig.in().get("/users/profile");

            assertThat(without.status()).isEqualTo(401);
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text()).contains("Credential not found");
            assertThat(Json.need(right.json(), "id")).isEqualTo(rig.tropipay.account().id());
            assertThat(right.text())
                    .doesNotContain(rig.tropipay.account().clientSecret())
                    .doesNotContain("_");

            rig.tropipay.rollCredentials(rig.tropipay.account().id());
            assertThat(rig.get("/users/profile").code()).isEqualTo("E00002");
        }
    }

    @Test
    void what_is_no_typed_json_is_an_invalid_parameter() {
        try (Rig rig = new Rig()) {
            rig.in();
            for (Map.Entry<String, Object> wrong :
                    Map.<String, Object>of(
                                    "amount", "2000",
                                    "singleUse", "true",
                                    "currency", "GBP",
                                    "serviceDate", "10",
                                    "urlSuccess", "https://a b",
                                    "concept", " ")
                            .entrySet()) {
                JsonObject body = rig.wanted();
                body.add(wrong.getKey(), Json.element(wrong.getValue()));

                assertThat(rig.send("POST", "/paymentcards", body).status())
                        .as(wrong.getKey())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void a_paid_card_is_used_and_told_in_a_signed_notification() {
        try (Rig rig = new Rig()) {
            JsonObject card = rig.in().card();
            String id = Json.need(card, "id");

            assertThat(rig.tropipay.pay(id, DECLINED)).isEqualTo("declined");
            assertThat(rig.tropipay.pay(id, VISA)).isEqualTo("succeeded");

            rig.hook.await(told -> told.size() == 2);
            List<JsonObject> told =
                    rig.told().stream()
                            .map(Json::parse)
                            .sorted(java.util.Comparator.comparing(t -> Json.need(t, "status")))
                            .toList();
            assertThat(told).extracting(t -> Json.need(t, "status")).containsExactly("KO", "OK");
            JsonObject ok = Json.child(told.get(1), "data");
            TropipayAccount account = rig.tropipay.account();
            assertThat(Json.need(ok, "signaturev3"))
                    .isEqualTo(
                            Digests.third(
                                    Json.need(ok, "bankOrderCode"),
                                    account.clientId(),
                                    account.clientSecret(),
                                    "2000"));
            assertThat(Json.need(ok, "paymentcardId")).isEqualTo(id);
            assertThat(Json.need(ok, "destinationAmount")).isEqualTo("1880");
            assertThat(Json.number(rig.get("/paymentcards/" + id).json(), "state")).isZero();
        }
    }

    @Test
    void an_edited_refusal_would_be_signed_just_as_well() {
        try (Rig rig = new Rig()) {
            String id = Json.need(rig.in().card(), "id");
            rig.tropipay.pay(id, DECLINED);
            String order = Json.need(rig.tropipay.movements(id).get(0), "bankOrderCode");

            JsonObject ko = Json.child(Json.parse(rig.tropipay.notification(order, "KO")), "data");
            JsonObject ok = Json.child(Json.parse(rig.tropipay.notification(order, "OK")), "data");

            assertThat(Json.need(ok, "signaturev3")).isEqualTo(Json.need(ko, "signaturev3"));
        }
    }

    @Test
    void movements_are_filtered_by_conditions_and_everything_comes_when_filters_are_ignored() {
        try (Rig rig = new Rig()) {
            rig.in();
            String one = Json.need(rig.card(), "id");
            String other = Json.need(rig.card(), "id");
            rig.tropipay.pay(one, VISA);
            rig.tropipay.pay(other, VISA);
            String query =
                    "/movements/?limit=50&query="
                            + URLEncoder.encode(
                                    "[{\"key\":\"paymentcardId\",\"op\":\"eq\",\"value\":\""
                                            + one
                                            + "\"}]",
                                    StandardCharsets.UTF_8);

            assertThat(Json.number(rig.get(query).json(), "count")).isEqualTo(1);
            rig.tropipay.filtersIgnored(true);
            assertThat(Json.number(rig.get(query).json(), "count")).isEqualTo(2);
            assertThat(rig.get("/movements/?query=nonsense").status()).isEqualTo(200);
            rig.tropipay.filtersIgnored(false);
            assertThat(rig.get("/movements/?query=nonsense").status()).isEqualTo(400);
        }
    }

    @Test
    void a_refund_wants_the_code_that_the_owner_was_sent() {
        try (Rig rig = new Rig()) {
            String id = Json.need(rig.in().card(), "id");
            rig.tropipay.pay(id, VISA);
            String order = Json.need(rig.tropipay.movements(id).get(0), "bankOrderCode");
            String account = rig.tropipay.account().id();

            Rig.Said without = refund(rig, order, 500, null);
            Rig.Said wrong = refund(rig, order, 500, "000000");
            Rig.Said right = refund(rig, order, 500, "123456");
            Rig.Said tooMuch = refund(rig, order, 1_501, "123456");

            assertThat(without.code()).isEqualTo("E01004");
            assertThat(wrong.code()).isEqualTo("E01005");
            assertThat(Json.need(right.json(), "bankOrderCode")).isEqualTo("DEV:" + order);
            assertThat(tooMuch.code()).isEqualTo("E01003");
            assertThat(rig.tropipay.codesSent(account)).isEqualTo(1);
            assertThat(rig.tropipay.books(account).sum("EUR", "refunded")).isEqualTo(500);
            assertThat(rig.tropipay.books(account).sum("EUR", "captured")).isEqualTo(2_000);
            assertThat(rig.tropipay.books(account).sum("EUR", "net")).isEqualTo(1_880);
        }
    }

    private static Rig.Said refund(Rig rig, String order, long amount, String code) {
        return rig.send(
                "POST",
                "/movements/in/refund",
                Json.of("orderCode", order, "amount", amount, "securityCode", code));
    }

    @Test
    void hooks_are_one_address_for_an_event_and_hear_of_payments_too() {
        try (Rig rig = new Rig()) {
            rig.in();
            JsonObject hook =
                    Json.of(
                            "event", "transaction_completed",
                            "target", "web",
                            "value", rig.address());
            assertThat(rig.send("POST", "/user/hooks", hook).status()).isEqualTo(200);
            assertThat(rig.get("/user/hooks").list()).hasSize(1);
            assertThat(rig.get("/user/hooks/events").list()).hasSizeGreaterThan(5);
            rig.tropipay.hookSecret(rig.tropipay.account().id(), "whsec_x");

            rig.tropipay.pay(Json.need(rig.card(), "id"), VISA);

            rig.hook.await(told -> told.size() == 2);
            assertThat(rig.hook.arrived())
                    .extracting(a -> a.header("X-Tropipay-Signature"))
                    .filteredOn(h -> h != null && h.length() == 64)
                    .hasSize(1);
            assertThat(rig.send("DELETE", "/user/hooks/transaction_completed/web", null).status())
                    .isEqualTo(200);
            assertThat(rig.get("/user/hooks").list()).isEmpty();
        }
    }

    @Test
    void a_deleted_card_leaves_the_lists_and_its_page_can_still_be_paid() {
        try (Rig rig = new Rig()) {
            JsonObject card = rig.in().card();
            String id = Json.need(card, "id");
            String shortPath =
                    Json.need(card, "shortUrl").substring(rig.simulator.baseUrl().length());
            String page = rig.page(shortPath).text();

            assertThat(rig.send("DELETE", "/paymentcards/" + id, null).status()).isEqualTo(200);

            assertThat(rig.get("/paymentcards/" + id).status()).isEqualTo(404);
            assertThat(rig.page(shortPath).status()).isEqualTo(404);
            assertThat(rig.press(page, Map.of("card", VISA)).status()).isEqualTo(303);
            assertThat(rig.tropipay.movements(id)).hasSize(1);
        }
    }

    @Test
    void the_page_takes_every_card_asks_for_a_code_and_is_finished_after_one_payment() {
        try (Rig rig = new Rig()) {
            JsonObject card = rig.in().card();
            String path = "/tropipay/checkout/" + Json.need(card, "id");

            assertThat(rig.page(path).text()).contains("20.00 EUR", "Casa Miramar");
            assertThat(rig.press(path, Map.of("card", "4111111111111002")).text())
                    .contains("not enough money");
            assertThat(rig.press(path, Map.of("card", "4548 8120 4940 0004")).text())
                    .endsWith("/code");
            assertThat(rig.press(path + "/code", Map.of("code", "1")).status()).isEqualTo(402);
            assertThat(rig.press(path + "/code", Map.of("code", "123456")).text())
                    .startsWith("http://127.0.0.1:1/paid");
            assertThat(rig.page(path).text()).contains("cannot be used a second time");
        }
    }

    @Test
    void a_notification_that_is_not_answered_with_exactly_200_comes_again() {
        try (Rig rig = new Rig()) {
            rig.hook.answer(202);
            rig.tropipay.webhooks().waits(List.of(java.time.Duration.ofMillis(50)));

            rig.tropipay.pay(Json.need(rig.in().card(), "id"), VISA);

            rig.hook.await(told -> told.size() == 2);
            assertThat(rig.told().get(0)).isEqualTo(rig.told().get(1));
        }
    }

    @Test
    void a_lost_answer_leaves_the_card_behind() {
        try (Rig rig = new Rig()) {
            rig.in();
            rig.tropipay
                    .api()
                    .failNext(
                            1,
                            Failure.of(Kind.EMPTY)
                                    .on("POST /tropipay/paymentcards")
                                    .afterTheEffect());

            Rig.Said lost = rig.send("POST", "/paymentcards", rig.wanted());

            assertThat(lost.status()).isEqualTo(500);
            assertThat(rig.get("/paymentcards").list()).hasSize(1);
        }
    }

    @Test
    void a_restart_keeps_the_books_and_what_is_still_owed(@TempDir Path data) {
        String order;
        try (Rig rig = new Rig(data)) {
            rig.hook.answer(500);
            String id = Json.need(rig.in().card(), "id");
            rig.tropipay.pay(id, VISA);
            order = Json.need(rig.tropipay.movements(id).get(0), "bankOrderCode");
            rig.hook.await(told -> !told.isEmpty());
        }
        try (Rig rig = new Rig(data)) {
            String account = rig.tropipay.account().id();

            assertThat(rig.tropipay.books(account).sum("EUR", "captured")).isEqualTo(2_000);
            assertThat(rig.tropipay.notification(order, "OK")).contains(order);
            assertThat(Json.number(Json.child(rig.tropipay.describe(), "webhooks"), "owed"))
                    .isEqualTo(1);
        }
    }

    @Test
    void the_cabinet_shows_what_is_needed_and_its_buttons_work() {
        try (Rig rig = new Rig()) {
            String id = Json.need(rig.in().card(), "id");
            rig.tropipay.pay(id, VISA);
            String order = Json.need(rig.tropipay.movements(id).get(0), "bankOrderCode");
            TropipayAccount account = rig.tropipay.account();
            String cabinet = "/cabinet/tropipay/" + account.id();

            assertThat(rig.page(cabinet).text())
                    .contains(account.clientId(), account.clientSecret(), order, "5 settling");
            assertThat(rig.press(cabinet + "/do", Map.of("action", "settle", "id", order)).text())
                    .contains("Done");
            assertThat(
                            rig.press(
                                            cabinet + "/do",
                                            Map.of(
                                                    "action", "refund",
                                                    "id", order,
                                                    "amount", "2000"))
                                    .text())
                    .contains("Done");
            rig.press(cabinet + "/signatures", Map.of("v2", "true"));
            rig.press(
                    cabinet + "/switches",
                    Map.of("switch", "webhooks", "delayMillis", "5", "copies", "2"));

            assertThat(rig.page(cabinet).text()).contains("3 paid", "DEV:" + order);
            assertThat(rig.tropipay.notification(order, "OK"))
                    .contains("signaturev2")
                    .doesNotContain("signaturev3");
            assertThat(rig.page("/cabinet").text()).contains("Tropipay");
            assertThat(rig.page("/control/tropipay/books").status()).isEqualTo(200);
        }
    }
}
