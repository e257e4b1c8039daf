package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST interface: what it refuses, what it repeats, and whose things it shows. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RestIT {

    private static final String VISIT =
            "{\"client\":{\"name\":\"Ana\"},\"startsAt\":\"2027-01-10T10:00:00Z\","
                    + "\"services\":[\"Cut\",\"Colour\"],"
                    + "\"price\":{\"amount\":\"25.01\",\"currency\":\"EUR\"}}";

    @Test
    void the_same_call_with_the_same_key_is_done_once_and_answered_alike() {
        TestMerchant merchant = TestMerchant.make();
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

        Http.Answer first = merchant.post("/visits", VISIT, key);
        Http.Answer second = merchant.post("/visits", VISIT, key);
        Http.Answer other = merchant.post("/visits", VISIT.replace("Ana", "Eva"), key);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("idempotency.key_reused");
        assertThat(merchant.get("/visits").json().getAsJsonArray("items")).hasSize(1);
    }

    @Test
    void many_calls_at_once_with_one_key_make_one_visit() throws Exception {
        TestMerchant merchant = TestMerchant.make();
        Map<String, String> key = Map.of("Idempotency-Key", "same-for-all");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Http.Answer>> answers = new ArrayList<>();

        for (int i = 0; i < 16; i++) {
            answers.add(threads.submit(() -> merchant.post("/visits", VISIT, key)));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Http.Answer> answer : answers) {
            statuses.add(answer.get().status());
        }
        threads.shutdown();

        assertThat(statuses).allMatch(s -> s == 201 || s == 409);
        assertThat(statuses).contains(201);
        assertThat(merchant.get("/visits").json().getAsJsonArray("items")).hasSize(1);
    }

    @Test
    void lines_without_a_price_share_what_the_visit_costs() {
        TestMerchant merchant = TestMerchant.make();

        JsonObject visit = merchant.post("/visits", VISIT).json();

        JsonArray lines = visit.getAsJsonArray("services");
        assertThat(Http.text(lines.get(0).getAsJsonObject(), "price.amount")).isEqualTo("12.51");
        assertThat(Http.text(lines.get(1).getAsJsonObject(), "price.amount")).isEqualTo("12.50");
        assertThat(Http.text(visit, "due.amount")).isEqualTo("25.01");
        assertThat(Http.text(visit, "paymentStatus")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | 422 | request.json_invalid |",
                "[] | 422 | request.json_invalid |",
                "{\"client\":{\"name\":\"A\",\"name\":\"B\"}} | 422 | request.json_invalid |",
                "{} | 422 | client.name_missing | client",
                "{\"client\":{\"name\":\" \"}} | 422 | client.name_missing | client.name",
                "{\"client\":{\"name\":\"A\",\"phone\":\"12\"}} | 422 | client.phone_invalid |"
                        + " client.phone",
                "{\"client\":{\"name\":\"A\",\"email\":\"x@\"}} | 422 | client.email_invalid |"
                        + " client.email",
                "{\"client\":{\"name\":\"A\"},\"price\":{\"amount\":\"1\",\"currency\":\"EUR\"}} |"
                        + " 422 | visit.start_missing | startsAt",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"tomorrow\"} | 422 |"
                        + " request.not_a_time | startsAt",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\","
                        + "\"price\":{\"amount\":\"10.505\",\"currency\":\"EUR\"}} | 422 |"
                        + " money.too_many_digits | price",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\","
                        + "\"price\":{\"amount\":\"1e9\",\"currency\":\"EUR\"}} | 422 |"
                        + " money.not_a_number | price",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\","
                        + "\"price\":{\"amount\":10,\"currency\":\"EUR\"}} | 422 | money.not_a_text"
                        + " | price.amount",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\","
                        + "\"price\":{\"amount\":\"10\",\"currency\":\"XXQ\"}} | 422 |"
                        + " money.asset_unknown | price.currency",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\","
                        + "\"price\":{\"amount\":\"10\",\"currency\":\"JPY\"}} | 422 |"
                        + " visit.currency_differs | price",
                "{\"client\":{\"name\":\"A\"},\"startsAt\":\"2027-01-01T10:00:00Z\"} | 422 |"
                        + " visit.price_missing | price"
            })
    void what_is_wrong_with_a_visit_is_said_of_its_field(
            String body, int status, String code, String field) {
        Http.Answer answer = Shared.MERCHANT.post("/visits", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("field")).isEqualTo(field == null ? "" : field);
        assertThat(answer.text("detail")).isNotBlank();
    }

    /** One merchant for the tests that only look at refusals. */
    private static final class Shared {
        static final TestMerchant MERCHANT = TestMerchant.make();
    }

    @Test
    void nobody_gets_in_without_a_key() {
        for (String key : List.of("", "Bearer ", "Bearer wrong", "Basic abc")) {
            Http.Answer answer =
                    Http.get(
                            "/api/v1/visits",
                            key.isEmpty() ? Map.of() : Map.of("Authorization", key));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("code")).isEqualTo("api.key_missing_or_wrong");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void what_is_anothers_is_no_such_thing() {
        TestMerchant mine = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = mine.paid("14.00");
        Http.Answer refund =
                mine.post(
                        "/payments/" + prepared.payment() + "/refunds",
                        "{\"reason\":\"requested_by_customer\"}");
        String delivery = Http.text(mine.first("/webhook-deliveries"), "id");
        TestMerchant other = TestMerchant.make();

        Map<String, String> reads =
                Map.of(
                        "/visits/" + prepared.visit(), "visit",
                        "/payment-links/" + prepared.link(), "link",
                        "/payments/" + prepared.payment(), "payment",
                        "/refunds/" + refund.text("id"), "refund",
                        "/integrations/" + mine.integration(), "integration",
                        "/webhook-deliveries/" + delivery, "delivery");
        Map<String, String> writes =
                Map.of(
                        "/visits/" + prepared.visit() + "/cancel", "{}",
                        "/visits/" + prepared.visit() + "/payment-links", "{}",
                        "/payment-links/" + prepared.link() + "/cancel", "{}",
                        "/payment-links/" + prepared.link() + "/checkout",
                                "{\"provider\":\"stripe\"}",
                        "/payments/" + prepared.payment() + "/refunds", "{\"reason\":\"x\"}",
                        "/payments/" + prepared.payment() + "/capture", "{}",
                        "/payments/" + prepared.payment() + "/void", "{}",
                        "/integrations/" + mine.integration() + "/pause", "{}",
                        "/integrations/" + mine.integration() + "/disconnect", "{}",
                        "/webhook-deliveries/" + delivery + "/replay", "{}");

        reads.keySet().forEach(path -> assertNoSuchThing(path, other.get(path)));
        writes.forEach((path, body) -> assertNoSuchThing(path, other.post(path, body)));
        for (String list :
                Set.of(
                        "/visits",
                        "/payments",
                        "/refunds",
                        "/transactions",
                        "/ledger/entries",
                        "/ledger/balances",
                        "/disputes",
                        "/payouts",
                        "/reconciliations",
                        "/webhook-deliveries",
                        "/unmatched",
                        "/integrations")) {
            assertThat(other.get(list).json().getAsJsonArray("items")).as(list).isEmpty();
            assertThat(mine.get(list).status()).as(list).isEqualTo(200);
        }
        assertThat(other.get("/reports/balance_itemised.v1?from=2020-01-01&to=2090-01-01").body())
                .hasLineCount(1);
    }

    private static void assertNoSuchThing(String path, Http.Answer answer) {
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(404);
        assertThat(answer.text("code")).as(path).endsWith(".not_found");
    }

    @Test
    void a_list_is_walked_by_cursor_without_loss_or_double() {
        TestMerchant merchant = TestMerchant.make();
        Set<String> made = new TreeSet<>();
        for (int i = 0; i < 7; i++) {
            made.add(merchant.post("/visits", VISIT).text("id"));
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = merchant.get("/visits?limit=3&cursor=" + cursor).json();
            for (JsonElement item : page.getAsJsonArray("items")) {
                seen.add(item.getAsJsonObject().get("id").getAsString());
            }
            cursor = Http.text(page, "nextCursor");
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
        assertThat(merchant.get("/visits?limit=0").text("code"))
                .isEqualTo("page.limit_out_of_range");
        assertThat(merchant.get("/visits?cursor=zzz").text("code"))
                .isEqualTo("page.cursor_invalid");
    }

    @Test
    void a_wrong_address_or_method_is_said_as_a_problem() {
        Http.Answer nowhere = Shared.MERCHANT.get("/nowhere");
        Http.Answer method = Shared.MERCHANT.post("/providers", "{}");

        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.text("code")).isEqualTo("request.no_such_address");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.text("code")).isEqualTo("request.method_not_allowed");
    }

    @Test
    void the_catalogue_names_what_has_to_be_typed() {
        JsonObject stripe =
                Shared.MERCHANT.get("/providers").json().getAsJsonArray("items").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(p -> Http.text(p, "code").equals("stripe"))
                        .findFirst()
                        .orElseThrow();

        assertThat(
                        stripe.getAsJsonArray("credentialFields").asList().stream()
                                .map(f -> f.getAsJsonObject().get("key").getAsString())
                                .collect(Collectors.toSet()))
                .contains("publishable_key", "secret_key");
    }

    @Test
    void the_interface_describes_itself_and_hides_the_rest() {
        Http.Answer described = Http.get("/openapi", Map.of());

        assertThat(described.status()).isEqualTo(200);
        assertThat(described.body())
                .contains("/api/v1/visits")
                .doesNotContain("/internal")
                .doesNotContain("/payments/prepaid");
    }
}
