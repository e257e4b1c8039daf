package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connecting ALPPAY, and what anybody may send to its addresses: refused or harmless, no 500. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AlppayInputIT {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String payment(String invoice, String more) {
        return "{\"id\":\""
                + UUID.randomUUID()
                + "\",\"transactions\":[],\"amount\":\"10.00\",\"totalReceivedAmount\":\"0\","
                + "\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"status\":\"OPEN\","
                + "\"displayStatus\":\"NEW\",\"invoice\":\""
                + invoice
                + "\""
                + more
                + "}";
    }

    // ---- connecting ----

    @Test
    void connecting_shows_both_addresses_and_waits_for_the_first_event() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());

        JsonObject detail = alppay.detail();

        assertThat(Http.text(detail, "mode")).isEqualTo("test");
        assertThat(Http.text(detail, "status")).isEqualTo("ACTION_NEEDED");
        assertThat(detail.getAsJsonArray("webhookUrls").toString())
                .contains(alppay.url("payment"), alppay.url("withdrawal"));
        assertThat(detail.toString())
                .doesNotContain(alppay.simulator().account(alppay.account()).hmacKey())
                .doesNotContain(alppay.simulator().account(alppay.account()).apiKey());
    }

    @Test
    void wrong_keys_and_an_unlisted_server_are_named() {
        TestMerchant merchant = TestMerchant.make();
        AlppayMerchant other = AlppayMerchant.connect(TestMerchant.make());
        String api = other.simulator().account(other.account()).apiKey();

        Http.Answer wrongApi =
                merchant.post(
                        "/integrations",
                        AlppayMerchant.credentials("ak_live_unknown0", "whatever"));
        Http.Answer wrongHmac =
                merchant.post("/integrations", AlppayMerchant.credentials(api, "sk_live_wrong"));
        other.simulator().listed(other.account(), false);
        Http.Answer unlisted =
                merchant.post(
                        "/integrations",
                        AlppayMerchant.credentials(
                                api, other.simulator().account(other.account()).hmacKey()));

        assertThat(wrongApi.status()).isEqualTo(422);
        assertThat(wrongApi.body()).contains("api_key", "integration.credentials_refused");
        assertThat(wrongHmac.status()).isEqualTo(422);
        assertThat(wrongHmac.body()).contains("hmac_key").doesNotContain("sk_live_wrong");
        assertThat(unlisted.status()).isEqualTo(422);
        assertThat(unlisted.body()).contains("IP white list", "api_key");
    }

    @Test
    void both_hmac_keys_verify_while_one_is_replaced() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        byte[] before = bytes(payment("other-1", ""));
        String byOld = alppay.sign(before);
        String fresh = alppay.simulator().rollHmacKey(alppay.account());
        byte[] after = bytes(payment("other-2", ""));

        assertThat(alppay.send("payment", after).status()).isEqualTo(401);
        Http.Answer rotated =
                alppay.merchant()
                        .post(
                                "/integrations/" + alppay.integration() + "/rotate",
                                "{\"credentials\":{\"hmac_key\":\"" + fresh + "\"}}");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);

        TestMerchant.await(
                "the new key",
                () -> alppay.send("payment", after).status(),
                status -> status == 200);
        assertThat(alppay.send("payment", before, byOld).status()).isEqualTo(200);
    }

    @Test
    void verifying_calls_our_own_address_from_outside_and_notes_the_call() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());

        Http.Answer verified =
                alppay.merchant().post("/integrations/" + alppay.integration() + "/verify", "{}");

        assertThat(verified.status()).as(verified.body()).isEqualTo(200);
        assertThat(verified.body()).doesNotContain("cannot be reached from outside");
        assertThat(alppay.stored()).isZero();
        TestMerchant.await(
                "the record of both calls, on connecting and on verifying",
                () ->
                        Rows.of(
                                "SELECT result, address FROM provider_call WHERE integration_id = ?"
                                        + " AND operation = 'webhook.address'",
                                alppay.integrationId()),
                calls ->
                        calls.size() == 2
                                && calls.stream()
                                        .allMatch(
                                                call ->
                                                        call.get("result").equals("ok")
                                                                && !alppay.url("payment")
                                                                        .equals(
                                                                                call.get(
                                                                                        "address"))));
    }

    @Test
    void a_question_to_a_wrong_address_is_answered_with_nothing() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        String right = alppay.url("payment");
        String wrong = right.replaceAll("/[^/]+/payment$", "/nobodys/payment");
        Map<String, String> question = Map.of("Payhub-Question", "00ff");

        Http.Answer ours = Http.post(right, "", question);
        Http.Answer nobodys = Http.post(wrong, "", question);
        Http.Answer malformed = Http.post(right, "", Map.of("Payhub-Question", "who?"));

        assertThat(ours.status()).isEqualTo(204);
        assertThat(nobodys.status()).isEqualTo(404);
        assertThat(malformed.status()).isEqualTo(404);
        assertThat(alppay.stored()).isZero();
    }

    // ---- hostile input ----

    @Test
    void whatever_is_wrong_with_a_webhook_it_is_refused_and_counted_and_nothing_is_stored() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        byte[] body = bytes(payment("other", ""));
        String right = alppay.sign(body);
        String base64 =
                Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(right));
        byte[] notUtf8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
        byte[] deep = bytes("[".repeat(5_000) + "]".repeat(5_000));
        byte[] twice = bytes("{\"id\":\"a\",\"id\":\"b\",\"totalReceivedAmount\":\"1\"}");
        List<Integer> statuses =
                List.of(
                        alppay.send("payment", body, "").status(),
                        alppay.send("payment", body, base64).status(),
                        alppay.send("payment", body, right.substring(2)).status(),
                        alppay.send("payment", body, "0".repeat(64)).status(),
                        alppay.send("payment", bytes(payment("x", "")), right).status(),
                        alppay.send("payment", notUtf8).status(),
                        alppay.send("payment", deep).status(),
                        alppay.send("payment", twice).status(),
                        alppay.send("payment", bytes("null")).status(),
                        alppay.send("payment", bytes("{\"totalReceivedAmount\":\"1\"}")).status(),
                        alppay.send("refund", body).status(),
                        Http.post(alppay.url("payment"), body, Map.of("X-Hmac-Sha256", right))
                                .status());

        assertThat(statuses).allMatch(s -> s >= 400 && s < 500);
        assertThat(alppay.stored()).isZero();
        TestMerchant.await("counts", () -> alppay.refused("signature_wrong"), wrong -> wrong >= 2);
        TestMerchant.await(
                "counts", () -> alppay.refused("body_malformed"), malformed -> malformed >= 4);
        TestMerchant.await(
                "counts", () -> alppay.refused("signature_malformed"), malformed -> malformed >= 2);
        TestMerchant.await("counts", () -> alppay.refused("kind_unknown"), unknown -> unknown == 1);
    }

    @Test
    void a_body_of_ten_megabytes_is_refused_without_being_kept() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        byte[] huge = new byte[10 * 1024 * 1024];

        int status;
        try {
            status = alppay.send("payment", huge, "0".repeat(64)).status();
        } catch (IllegalStateException cut) {
            status = 413;
        }

        assertThat(status).isEqualTo(413);
        assertThat(alppay.stored()).isZero();
    }

    @Test
    void genuine_webhooks_that_cannot_be_right_are_kept_and_change_nothing() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        Map<String, String> before = alppay.merchant().balances();

        List<Integer> statuses =
                List.of(
                        // Another business of the same account.
                        alppay.send("payment", bytes(payment("INV-7", ""))).status(),
                        // A coin that the hub does not know.
                        alppay.send("payment", bytes(payment("x", "").replace("USDT", "DOGE")))
                                .status(),
                        // To the address of the other kind.
                        alppay.send("withdrawal", bytes(payment("x", ""))).status(),
                        // Neither of the two things.
                        alppay.send("payment", bytes("{\"staking\":true}")).status(),
                        // A payment that ALPPAY does not know when it is asked.
                        alppay.send(
                                        "payment",
                                        bytes(
                                                payment("INV-8", "")
                                                        .replace("\"OPEN\"", "\"COMPLETED\"")))
                                .status());
        alppay.awaitQuiet();

        assertThat(statuses).containsOnly(200);
        assertThat(alppay.merchant().balances()).isEqualTo(before);
        TestMerchant.await(
                "what became of them",
                alppay::deliveries,
                d -> !d.containsKey("received") && !d.containsKey("RECEIVED"));
        assertThat(alppay.deliveries().toString()).doesNotContainIgnoringCase("applied");
        assertThat(alppay.merchant().get("/unmatched").json().getAsJsonArray("items")).isEmpty();
    }

    @Test
    void the_same_bytes_a_second_time_are_one_event() {
        AlppayMerchant alppay = AlppayMerchant.connect(TestMerchant.make());
        byte[] body = bytes(payment("INV-9", ""));

        for (int i = 0; i < 3; i++) {
            assertThat(alppay.send("payment", body).status()).isEqualTo(200);
        }

        alppay.awaitQuiet();
        assertThat(alppay.stored()).isEqualTo(1);
    }
}
