package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class MoneyTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Rig.Reply session(String currency, long amount) {
        return rig.post(
                "/v1/checkout/sessions",
                "success_url=https://hub.example&line_items[0][quantity]=1"
                        + "&line_items[0][price_data][product_data][name]=V"
                        + "&line_items[0][price_data][currency]="
                        + currency
                        + "&line_items[0][price_data][unit_amount]="
                        + amount);
    }

    @ParameterizedTest
    @CsvSource({
        "eur,50,25,26",
        "eur,5000,25,100",
        "eur,3333,25,75",
        "usd,5000,30,175",
        "gbp,1000,20,35"
    })
    void a_card_fee_is_a_percentage_and_a_fixed_part_in_whole_cents(
            String currency, long amount, long fixed, long fee) {
        assertThat(Currencies.cardFee(amount, currency)).isEqualTo(fee).isGreaterThan(fixed);
    }

    @ParameterizedTest
    @CsvSource({
        "1000,usd,eur,922",
        "1000,jpy,eur,618",
        "-1000,usd,eur,-922",
        "100000,kzt,eur,184",
        "1000,kwd,usd,325",
        "500,isk,eur,3",
        "1,eur,eur,1"
    })
    void conversion_minds_the_decimals_of_both_sides(
            long amount, String from, String to, long expected) {
        assertThat(Currencies.convert(amount, from, to)).isEqualTo(expected);
    }

    @Test
    void a_foreign_charge_settles_in_the_accounts_currency_with_its_rate() {
        String id = session("usd", 10_000).text("id");
        rig.stripe.pay(id, "4242424242424242");
        rig.stripe.runEverythingDue(Duration.ofSeconds(1));

        JsonObject charge = rig.chargeOf(id);
        JsonObject money =
                rig.get("/v1/balance_transactions/" + Json.need(charge, "balance_transaction"))
                        .json();

        assertThat(Json.need(charge, "currency")).isEqualTo("usd");
        assertThat(Json.need(money, "currency")).isEqualTo("eur");
        assertThat(money.get("exchange_rate").getAsString()).isEqualTo("0.921659");
        assertThat(Json.number(money, "amount")).isEqualTo(9217);
        assertThat(Json.number(money, "net"))
                .isEqualTo(Json.number(money, "amount") - Json.number(money, "fee"));
    }

    @Test
    void the_fee_comes_later_unless_asynchronous_capture_is_off() {
        rig.stripe.timing(Map.of("settleMillis", 60_000));
        JsonObject later = rig.charge(5000, "4242424242424242", "");
        JsonObject chosen =
                rig.charge(
                        5000, "4242424242424242", "payment_intent_data[capture_method]=automatic");
        rig.stripe.asyncCapture(false);
        JsonObject switched = rig.charge(5000, "4242424242424242", "");

        assertThat(later.get("balance_transaction").isJsonNull()).isTrue();
        assertThat(Json.need(chosen, "balance_transaction")).startsWith("txn_");
        assertThat(Json.need(switched, "balance_transaction")).startsWith("txn_");
    }

    @Test
    void the_smallest_sum_follows_the_currency_of_settlement() {
        var euro = session("eur", 49);
        var yen = session("jpy", 80);
        var enoughYen = session("jpy", 90);

        assertThat(euro.errorCode()).isEqualTo("amount_too_small");
        assertThat(euro.errorMessage()).isEqualTo("Amount must be at least 0.50 EUR.");
        assertThat(yen.errorCode()).isEqualTo("amount_too_small");
        assertThat(yen.errorMessage()).contains("80 JPY converts to approximately 0.49 EUR");
        assertThat(enoughYen.status()).isEqualTo(200);
    }

    @Test
    void odd_amounts_of_three_decimal_currencies_and_unknown_ones_are_refused() {
        assertThat(session("kwd", 12_345).status()).isEqualTo(400);
        assertThat(session("kwd", 12_340).status()).isEqualTo(200);
        assertThat(session("isk", 12_345).status()).isEqualTo(400);
        assertThat(session("xxx", 12_345).errorMessage()).contains("Invalid currency: xxx");
    }

    @Test
    void the_balance_is_the_sum_of_its_transactions_and_ripens() {
        rig.charge(5000, "4242424242424242", "");
        rig.stripe.runEverythingDue(Duration.ofSeconds(1));

        JsonObject fresh = rig.get("/v1/balance").json();
        rig.stripe.clock().offset(Duration.ofDays(3));
        JsonObject ripe = rig.get("/v1/balance").json();

        assertThat(amount(fresh, "pending")).isEqualTo(4900);
        assertThat(amount(fresh, "available")).isZero();
        assertThat(amount(ripe, "pending")).isZero();
        assertThat(amount(ripe, "available")).isEqualTo(4900);
    }

    private static long amount(JsonObject balance, String name) {
        return Json.number(balance.getAsJsonArray(name).get(0).getAsJsonObject(), "amount");
    }

    @Test
    void a_payout_equals_the_net_of_its_contents_and_leaves_nothing() {
        rig.stripe.timing(Map.of("payoutMillis", 20));
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        rig.post("/v1/refunds", "amount=1000&charge=" + charge);
        JsonObject payout = rig.stripe.act("payout", rig.stripe.account().id(), Map.of());
        String id = Json.need(payout, "id");
        Await.until(
                () -> rig.get("/v1/payouts/" + id).text("status").equals("paid"), () -> "unpaid");

        var contents = rig.get("/v1/balance_transactions?limit=100&payout=" + id);
        long net = 0;
        long own = 0;
        for (JsonElement e : Rig.data(contents)) {
            JsonObject t = e.getAsJsonObject();
            boolean payoutItself = Json.need(t, "type").equals("payout");
            net += payoutItself ? 0 : Json.number(t, "net");
            own += payoutItself ? Json.number(t, "net") : 0;
        }

        assertThat(net).isEqualTo(3900).isEqualTo(Json.number(payout, "amount"));
        assertThat(own).isEqualTo(-3900);
        assertThat(rig.books().sum("eur", "net")).isZero();
        assertThat(rig.get("/v1/payouts/" + id).text("reconciliation_status"))
                .isEqualTo("completed");
        assertThat(rig.stripe.events(rig.stripe.account().id(), false).stream())
                .extracting(StripeEvent::type)
                .containsSubsequence(
                        "payout.created", "payout.paid", "payout.reconciliation_completed");
        assertThat(
                        rig.control("/do/payout/" + rig.stripe.account().id(), new JsonObject())
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_payout_that_comes_back_fills_the_balance_again() {
        rig.charge(5000, "4242424242424242", "");
        rig.stripe.runEverythingDue(Duration.ofSeconds(1));
        String id = Json.need(rig.stripe.act("payout", rig.stripe.account().id(), Map.of()), "id");

        rig.stripe.act("payout_fails", id, Map.of());

        assertThat(rig.get("/v1/payouts/" + id).text("failure_code")).isEqualTo("account_closed");
        assertThat(rig.books().sum("eur", "net")).isEqualTo(4900);
    }

    @Test
    void lists_are_paged_forwards_and_backwards_without_gaps() {
        for (int i = 0; i < 7; i++) {
            rig.session(5000 + i, "");
        }

        var first = rig.get("/v1/checkout/sessions?limit=3");
        String last = Json.need(Rig.data(first).get(2).getAsJsonObject(), "id");
        var second = rig.get("/v1/checkout/sessions?limit=3&starting_after=" + last);
        String start = Json.need(Rig.data(second).get(0).getAsJsonObject(), "id");
        var back = rig.get("/v1/checkout/sessions?limit=3&ending_before=" + start);

        assertThat(Json.flag(first.json(), "has_more")).isTrue();
        assertThat(Json.number(Rig.first(first), "amount_total")).isEqualTo(5006);
        assertThat(Json.number(Rig.first(second), "amount_total")).isEqualTo(5003);
        assertThat(back.json().get("data")).isEqualTo(first.json().get("data"));
        assertThat(rig.get("/v1/checkout/sessions?limit=0").status()).isEqualTo(400);
        assertThat(rig.get("/v1/checkout/sessions?limit=101").status()).isEqualTo(400);
    }
}
