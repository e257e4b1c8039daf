package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Money that is not what was ordered, amounts that no till has seen, and books that were touched.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MoneyGuardsIT {

    private static final String VISA = "4242424242424242";

    private static TestMerchant merchant;
    private static StripeSender sender;

    @BeforeAll
    static void connect() {
        merchant = TestMerchant.make().connectStripe();
        sender = StripeSender.to(merchant);
    }

    @AfterAll
    static void the_invariants_hold() {
        sender.awaitQuiet();
        Invariants.hold();
    }

    private static String id() {
        return "evt_" + StripeSender.fresh();
    }

    private static void succeeded(String payment, String amount, String currency) {
        JsonObject charge = StripeSender.charge(payment, 1, currency, StripeSender.fresh());
        String body =
                StripeSender.event(id(), "charge.succeeded", charge)
                        .replace("\"amount\":1,", "\"amount\":" + amount + ",")
                        .replace("\"amount_captured\":1,", "\"amount_captured\":" + amount + ",");
        sender.deliver(body);
        sender.awaitQuiet();
    }

    /** Accounts of one payment with their assets: {@code clearing USD → 4000}. */
    private static Map<String, String> books(String payment) {
        Map<String, String> books = new TreeMap<>();
        Rows.of(
                        "SELECT account, amount_asset, SUM(amount_minor) AS minor FROM"
                                + " ledger_entry WHERE payment_id = ? GROUP BY account,"
                                + " amount_asset HAVING SUM(amount_minor) <> 0",
                        Rows.id(payment))
                .forEach(
                        r ->
                                books.put(
                                        r.get("account") + " " + r.get("amount_asset"),
                                        r.get("minor")));
        return books;
    }

    private static List<JsonObject> unmatched(String payment) {
        JsonArray items = merchant.get("/unmatched?limit=100").json().getAsJsonArray("items");
        List<JsonObject> found = new ArrayList<>();
        items.forEach(
                i -> {
                    if (Http.text(i.getAsJsonObject(), "payment").equals(payment)) {
                        found.add(i.getAsJsonObject());
                    }
                });
        return found;
    }

    @Test
    void an_amount_that_was_not_ordered_is_nobodys_yet() {
        SoftAssertions all = new SoftAssertions();
        for (String amount : List.of("4001", "3999", "400000", "40", "1", "9223372036854775807")) {
            TestMerchant.Prepared prepared = merchant.prepare("40.00");

            succeeded(prepared.payment(), amount, "eur");

            JsonObject payment = merchant.payment(prepared.payment());
            all.assertThat(Http.text(payment, "status")).as(amount).isEqualTo("review");
            all.assertThat(Http.text(payment, "reviewReason"))
                    .as(amount)
                    .isEqualTo("amount_differs");
            all.assertThat(books(prepared.payment()))
                    .as(amount)
                    .isEqualTo(Map.of("clearing EUR", amount, "suspense EUR", "-" + amount));
            all.assertThat(unmatched(prepared.payment())).as(amount).hasSize(1);
            JsonObject visit = merchant.visitOf(prepared.visit());
            all.assertThat(Http.text(visit, "paymentStatus")).as(amount).isEqualTo("review");
            all.assertThat(Http.text(visit, "paid.amount")).as(amount).isEqualTo("0.00");
            all.assertThat(Http.text(visit, "due.amount")).as(amount).isEqualTo("40.00");
        }
        all.assertAll();
    }

    @Test
    void another_currency_is_not_converted() {
        TestMerchant.Prepared prepared = merchant.prepare("40.00");

        succeeded(prepared.payment(), "4000", "usd");

        JsonObject payment = merchant.payment(prepared.payment());
        assertThat(Http.text(payment, "status")).isEqualTo("review");
        assertThat(Http.text(payment, "reviewReason")).isEqualTo("currency_differs");
        assertThat(books(prepared.payment()))
                .isEqualTo(Map.of("clearing USD", "4000", "suspense USD", "-4000"));
        assertThat(Http.text(merchant.visitOf(prepared.visit()), "paid.amount")).isEqualTo("0.00");
        assertThat(unmatched(prepared.payment())).hasSize(1);
        assertThat(Http.text(unmatched(prepared.payment()).get(0), "amount.currency"))
                .isEqualTo("USD");
    }

    @Test
    void a_currency_that_nobody_knows_is_kept_for_a_person_and_books_nothing() {
        TestMerchant.Prepared prepared = merchant.prepare("40.00");
        String event = id();

        sender.deliver(
                StripeSender.event(
                        event,
                        "charge.succeeded",
                        StripeSender.charge(
                                prepared.payment(), 4_000, "xqz", StripeSender.fresh())));
        sender.awaitQuiet();

        assertThat(books(prepared.payment())).isEmpty();
        assertThat(Http.text(merchant.payment(prepared.payment()), "status")).isNotEqualTo("paid");
        assertThat(sender.deliveries(event)).hasSize(1);
        assertThat(sender.deliveries(event).get(0).get("reason")).isNotEmpty();
    }

    @Test
    void amounts_beyond_all_reason_neither_pass_nor_break_anything() {
        SoftAssertions all = new SoftAssertions();
        for (String amount :
                List.of(
                        "1e1000000000",
                        "1e100000",
                        "-1e1000000000",
                        "9".repeat(38),
                        "9".repeat(39),
                        "9".repeat(64),
                        "9".repeat(65),
                        "1e-1000000000",
                        "0.5",
                        "-4000",
                        "0",
                        "\"4000\"",
                        "null",
                        "{}")) {
            TestMerchant.Prepared prepared = merchant.prepare("40.00");
            JsonObject charge =
                    StripeSender.charge(prepared.payment(), 1, "eur", StripeSender.fresh());
            String event = id();
            String body =
                    StripeSender.event(event, "charge.succeeded", charge)
                            .replace("\"amount\":1,", "\"amount\":" + amount + ",")
                            .replace(
                                    "\"amount_captured\":1,",
                                    "\"amount_captured\":" + amount + ",");
            Instant start = Instant.now();

            int status = sender.send(body).status();
            sender.awaitQuiet();

            all.assertThat(status).as(amount).isIn(200, 400);
            all.assertThat(Duration.between(start, Instant.now()))
                    .as(amount)
                    .isLessThan(Duration.ofSeconds(10));
            JsonObject payment = merchant.payment(prepared.payment());
            all.assertThat(Http.text(payment, "status")).as(amount).isNotEqualTo("paid");
            all.assertThat(books(prepared.payment()))
                    .as(amount)
                    .isIn(Map.of(), Map.of("clearing EUR", amount, "suspense EUR", "-" + amount));
            all.assertThat(Http.text(merchant.visitOf(prepared.visit()), "paid.amount"))
                    .as(amount)
                    .isEqualTo("0.00");
        }
        all.assertAll();
    }

    @Test
    void amounts_beyond_all_reason_are_refused_where_people_type_them() {
        SoftAssertions all = new SoftAssertions();
        TestMerchant.Prepared prepared = merchant.paid("40.00");
        for (String amount :
                List.of(
                        "1e1000000000",
                        "1E5",
                        "NaN",
                        "Infinity",
                        "0x10",
                        "1,000.00",
                        "1.005",
                        "-5.00",
                        "0",
                        "0.00",
                        "",
                        "٥.٠٠",
                        "9".repeat(39),
                        "9".repeat(4_000))) {
            Http.Answer visit =
                    merchant.post(
                            "/visits",
                            "{\"client\":{\"name\":\"A\"},\"services\":[\"Cut\"],\"startsAt\":\""
                                    + Instant.now().plus(Duration.ofDays(1))
                                    + "\",\"price\":{\"amount\":\""
                                    + amount
                                    + "\",\"currency\":\"EUR\"}}");
            Http.Answer refund =
                    merchant.post(
                            "/payments/" + prepared.payment() + "/refunds",
                            "{\"amount\":{\"amount\":\""
                                    + amount
                                    + "\",\"currency\":\"EUR\"},\"reason\":\"duplicate\"}");
            String shown = amount.length() > 50 ? amount.length() + " nines" : amount;
            boolean zero = amount.startsWith("0") && !amount.startsWith("0x");
            if (!zero) {
                all.assertThat(visit.status()).as("visit " + shown + visit.body()).isIn(400, 422);
            }
            all.assertThat(refund.status()).as("refund " + shown + refund.body()).isIn(400, 422);
        }
        all.assertAll();
        assertThat(Http.text(merchant.payment(prepared.payment()), "refunded.amount"))
                .isEqualTo("0.00");
    }

    @Test
    void currencies_without_and_with_three_decimals_are_exact() {
        paidExactly("JPY", "Asia/Tokyo", "4000", "4000", "1500", "2500");
        paidExactly("KWD", "Asia/Kuwait", "12.340", "12340", "2.300", "10040");
        paidExactly("BHD", "Asia/Bahrain", "7.890", "7890", "0.010", "7880");
        paidExactly("KZT", "Asia/Almaty", "12345.67", "1234567", "45.67", "1230000");
    }

    private static void paidExactly(
            String currency, String zone, String price, String minor, String back, String left) {
        TestMerchant other = TestMerchant.make(currency, zone).connectStripe();
        TestMerchant.Prepared prepared = other.prepare(price);
        TestWorld.simulator().stripe().pay(prepared.session(), VISA);
        JsonObject paid = other.awaitPayment(prepared.payment(), "paid");
        Http.Answer refund = other.refund(prepared.payment(), back);

        assertThat(Http.text(paid, "captured.amount")).as(currency).isEqualTo(price);
        assertThat(refund.status()).as(refund.body()).isEqualTo(202);
        other.awaitPayment(prepared.payment(), p -> Http.text(p, "refunded.amount").equals(back));
        assertThat(
                        TestWorld.simulator()
                                .stripe()
                                .find(prepared.session())
                                .orElseThrow()
                                .get("amount_total")
                                .getAsString())
                .isEqualTo(minor);
        assertThat(books(prepared.payment()))
                .as(currency)
                .containsEntry("prepayments " + currency, "-" + left);
        Invariants.balancesAreSums(other);
    }

    @Test
    void a_digit_that_the_currency_or_the_provider_lacks_is_refused_and_not_rounded() {
        TestMerchant kuwait = TestMerchant.make("KWD", "Asia/Kuwait").connectStripe();
        Http.Answer yen =
                TestMerchant.make("JPY", "Asia/Tokyo")
                        .post(
                                "/visits",
                                "{\"client\":{\"name\":\"A\"},\"services\":[\"Cut\"],"
                                        + "\"startsAt\":\""
                                        + Instant.now().plus(Duration.ofDays(1))
                                        + "\",\"price\":{\"amount\":\"4000.5\","
                                        + "\"currency\":\"JPY\"}}");

        String visit = kuwait.visit("12.345");
        String link = kuwait.link(visit).get("id").getAsString();
        Http.Answer checkout =
                kuwait.post("/payment-links/" + link + "/checkout", "{\"provider\":\"stripe\"}");

        assertThat(yen.status()).as(yen.body()).isIn(400, 422);
        assertThat(yen.text("code")).isEqualTo("money.too_many_digits");
        // Stripe takes three decimals whose last is 0; nobody's money is rounded to fit.
        assertThat(checkout.status()).as(checkout.body()).isBetween(400, 499);
        assertThat(Http.text(kuwait.visitOf(visit), "paymentStatus")).isEqualTo("none");
    }

    // ---- the books themselves ----

    private static List<String> ledgerWarnings() {
        Http.Answer checked =
                Http.post(
                        "/internal/health/ledger",
                        "",
                        Map.of("Authorization", "Bearer " + TestWorld.operatorToken()));
        assertThat(checked.status()).as(checked.body()).isEqualTo(200);
        List<String> warnings = new ArrayList<>();
        checked.json()
                .getAsJsonArray("warnings")
                .forEach(
                        w ->
                                warnings.add(
                                        Http.text(w.getAsJsonObject(), "code")
                                                + ": "
                                                + Http.text(w.getAsJsonObject(), "detail")));
        return warnings;
    }

    @Test
    void an_entry_that_somebody_edited_is_found_and_not_mended() {
        String payment = merchant.prepare("40.00").payment();
        succeeded(payment, "4000", "eur");
        assertThat(ledgerWarnings()).isEmpty();
        String entry =
                Rows.one(
                        "SELECT HEX(id) FROM ledger_entry WHERE payment_id = ? AND account ="
                                + " 'clearing'",
                        Rows.id(payment));
        String posting = Rows.one("SELECT posting_id FROM ledger_entry WHERE HEX(id) = ?", entry);
        List<String> found;
        try {
            Rows.change(
                    "UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE HEX(id) = ?",
                    entry);

            found = ledgerWarnings();

            assertThat(Invariants.breaches(TestWorld::owner)).anyMatch(b -> b.startsWith("I4"));
            assertThat(books(payment)).containsEntry("clearing EUR", "4001");
        } finally {
            Rows.change(
                    "UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE HEX(id) = ?",
                    entry);
        }
        assertThat(found)
                .anyMatch(w -> w.startsWith("ledger.posting_unbalanced") && w.contains(posting));
        assertThat(found).anyMatch(w -> w.startsWith("ledger.drift") && w.contains(posting));
        assertThat(ledgerWarnings()).isEmpty();
    }

    @Test
    void a_balanced_forgery_of_yesterday_differs_from_the_audits_digest() {
        TestMerchant other = TestMerchant.make().connectStripe();
        StripeSender stripe = StripeSender.to(other);
        String payment = other.prepare("40.00").payment();
        stripe.deliver(
                StripeSender.event(
                        id(),
                        "charge.succeeded",
                        StripeSender.charge(payment, 4_000, "eur", StripeSender.fresh())));
        other.awaitPayment(payment, "paid");
        stripe.awaitQuiet();
        // As if it had been booked two days ago, and the night's digest had been written since.
        Rows.change(
                "UPDATE ledger_entry SET recorded_at = recorded_at - INTERVAL 2 DAY WHERE"
                        + " payment_id = ?",
                Rows.id(payment));
        assertThat(ledgerWarnings()).isEmpty();
        List<String> edited;
        try {
            Rows.change(
                    "UPDATE ledger_entry SET amount_minor = amount_minor * 2 WHERE payment_id = ?",
                    Rows.id(payment));

            edited = ledgerWarnings();
        } finally {
            Rows.change(
                    "UPDATE ledger_entry SET amount_minor = amount_minor / 2 WHERE payment_id = ?",
                    Rows.id(payment));
        }

        assertThat(edited).anyMatch(w -> w.startsWith("ledger.rows_changed"));
        assertThat(ledgerWarnings()).isEmpty();
    }
}
