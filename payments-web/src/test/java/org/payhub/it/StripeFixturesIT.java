package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events that Stripe really sent, through the whole hub; and what only looks like one. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StripeFixturesIT {

    private static TestMerchant merchant;
    private static StripeSender stripe;

    @BeforeAll
    static void connect() {
        merchant = TestMerchant.make("USD", "America/New_York").connectStripe();
        stripe = StripeSender.to(merchant);
    }

    @AfterAll
    static void the_invariants_hold() {
        Invariants.hold();
        Invariants.balancesAreSums(merchant);
    }

    @Test
    void what_belongs_to_somebody_else_is_stored_once_and_changes_nothing() {
        Map<String, String> events = new LinkedHashMap<>();
        for (String name : StripeFixtures.names()) {
            JsonObject event = StripeFixtures.event(name);
            events.put(name, event.get("id").getAsString());
            stripe.deliver(event.toString());
            stripe.deliver(event.toString());
        }
        stripe.awaitDone();

        SoftAssertions all = new SoftAssertions();
        events.forEach(
                (name, event) -> {
                    List<Map<String, String>> stored = stripe.deliveries(event);
                    all.assertThat(stored).as(name).hasSize(1);
                    all.assertThat(stored.get(0).get("status"))
                            .as(name + ": " + stored.get(0).get("reason"))
                            .isIn("not_ours", "ignored");
                    all.assertThat(stored.get(0).get("payment_id")).as(name).isEmpty();
                });
        all.assertAll();
    }

    @Test
    void one_byte_changed_is_refused_and_leaves_nothing_but_a_count() {
        Random random = new Random(20_261_121);
        long refusedBefore = stripe.refused();
        List<String> names = StripeFixtures.names();
        List<String> ids = new ArrayList<>();
        SoftAssertions all = new SoftAssertions();

        for (String name : names) {
            JsonObject event = StripeFixtures.event(name);
            ids.add(event.get("id").getAsString());
            byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
            String signature = StripeSender.signature(body, Instant.now(), stripe.secret());
            int at = random.nextInt(body.length);
            body[at] ^= 1;
            all.assertThat(stripe.send(body, signature).status())
                    .as(name + " changed at " + at)
                    .isEqualTo(400);
        }

        all.assertAll();
        ids.forEach(id -> assertThat(stripe.deliveries(id)).isEmpty());
        TestMerchant.await("count", stripe::refused, n -> n == refusedBefore + names.size());
    }

    /** What a recorded event makes of a payment of ours. */
    private record Expected(
            String price,
            String before,
            String payment,
            String refunded,
            String refund,
            String dispute,
            Map<String, Long> books) {}

    private static Map<String, Long> books(Object... pairs) {
        Map<String, Long> books = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            books.put((String) pairs[i], ((Number) pairs[i + 1]).longValue());
        }
        return books;
    }

    private static Map<String, Long> paid(long amount) {
        return books("clearing", amount, "prepayments", -amount);
    }

    /** Disputed and the money away, with a fee of 15.00. */
    private static Map<String, Long> withdrawn(long amount, String account) {
        return books("clearing", -1500, "prepayments", -amount, account, amount, "fees", 1500);
    }

    private static Expected payment(String price, String status, Map<String, Long> books) {
        return new Expected(price, "created", status, "0.00", "", "", books);
    }

    private static Expected dispute(String price, String status, Map<String, Long> books) {
        return new Expected(price, "paid", "paid", "0.00", "", status, books);
    }

    private static Expected refund(
            String price, String before, String refunded, String status, Map<String, Long> books) {
        return new Expected(price, before, "paid", refunded, status, "", books);
    }

    private static Map<String, Expected> table() {
        Map<String, Expected> t = new LinkedHashMap<>();
        t.put("charge.succeeded--zulip.json", payment("222.00", "paid", paid(22200)));
        t.put("charge.succeeded--gitpay.json", payment("5.00", "paid", paid(500)));
        t.put(
                "charge.succeeded--cityofboston-uncaptured.json",
                payment("14.56", "authorized", books()));
        t.put("charge.captured--cityofboston.json", payment("43.16", "paid", paid(4316)));
        t.put("charge.updated--gitpay.json", payment("20.00", "paid", paid(2000)));
        t.put("charge.updated--pay-rails.data.json", payment("249.00", "paid", paid(24900)));
        t.put("charge.failed--zulip.json", payment("22.00", "failed", books()));
        t.put("charge.failed--gitpay.json", payment("5.00", "failed", books()));
        // In these two the object says that it failed, whatever the type is called.
        t.put("charge.expired--stripe-sync-engine.json", payment("25.00", "failed", books()));
        t.put("charge.pending--stripe-sync-engine.json", payment("25.00", "failed", books()));
        t.put(
                "charge.refunded--gitpay.json",
                refund("20.00", "created", "20.00", "succeeded", books()));
        t.put(
                "charge.refunded--gitpay-partial.json",
                refund("100.00", "created", "20.00", "succeeded", paid(8000)));
        t.put(
                "charge.refund.updated--zulip-failed.json",
                refund("300000.00", "refunded", "0.00", "failed", paid(30000000)));
        t.put(
                "charge.refund.updated--zulip-pyr.json",
                refund("20.00", "paid", "12.34", "succeeded", paid(766)));
        String away = "disputes_receivable";
        t.put(
                "charge.dispute.created--zulip.json",
                dispute("22.00", "needs_response", withdrawn(2200, away)));
        t.put(
                "charge.dispute.created--gitpay.json",
                dispute("49.95", "needs_response", withdrawn(4995, away)));
        t.put(
                "charge.dispute.updated--dj-stripe.json",
                dispute("10.00", "needs_response", withdrawn(1000, away)));
        t.put(
                "charge.dispute.funds_withdrawn--gitpay.json",
                dispute("49.95", "needs_response", withdrawn(4995, away)));
        t.put(
                "charge.dispute.funds_reinstated--dj-stripe-full.json",
                dispute("10.00", "under_review", paid(1000)));
        t.put(
                "charge.dispute.closed--zulip.json",
                dispute("22.00", "lost", withdrawn(2200, "dispute_loss")));
        t.put(
                "charge.dispute.closed--gitpay.json",
                dispute("49.95", "lost", withdrawn(4995, "dispute_loss")));
        return t;
    }

    @Test
    void what_is_ours_stands_in_the_books_as_the_table_says() {
        Map<String, Expected> table = table();
        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(StripeFixtures.names());
        Map<String, String> payments = new LinkedHashMap<>();
        Map<String, String> events = new LinkedHashMap<>();
        table.forEach(
                (name, expected) -> {
                    String payment = merchant.prepare(expected.price).payment();
                    payments.put(name, payment);
                    events.put(name, sendAsOurs(name, payment, expected));
                });
        stripe.awaitDone();

        SoftAssertions all = new SoftAssertions();
        table.forEach(
                (name, expected) ->
                        compare(all, name, payments.get(name), events.get(name), expected));
        all.assertAll();
    }

    /** Brings the payment to where the event finds it, and sends the event; answers its id. */
    private static String sendAsOurs(String name, String payment, Expected expected) {
        JsonObject event = StripeFixtures.event(name, "t" + StripeSender.fresh());
        JsonObject object = StripeFixtures.object(event);
        StripeFixtures.set(event, "currency", "usd");
        boolean charge = Http.text(object, "object").equals("charge");
        if (charge) {
            object.getAsJsonObject("metadata").addProperty("payhub_payment", payment);
        }
        if (!expected.before.equals("created")) {
            long price = Long.parseLong(expected.price.replace(".", ""));
            JsonObject paid = StripeSender.charge(payment, price, "usd", StripeSender.fresh());
            paid.add("id", object.get("charge"));
            paid.add("payment_intent", object.get("payment_intent"));
            stripe.deliver(
                    StripeSender.event("evt_" + StripeSender.fresh(), "charge.succeeded", paid));
            merchant.awaitPayment(payment, "paid");
        }
        if (expected.before.equals("refunded")) {
            JsonObject before = object.deepCopy();
            before.addProperty("status", "succeeded");
            before.remove("failure_reason");
            before.remove("failure_balance_transaction");
            stripe.deliver(
                    StripeSender.event("evt_" + StripeSender.fresh(), "refund.created", before));
            merchant.awaitPayment(
                    payment, p -> Http.text(p, "refunded.amount").equals(expected.price));
        }
        stripe.deliver(event.toString());
        return event.get("id").getAsString();
    }

    private static void compare(
            SoftAssertions all, String name, String id, String event, Expected expected) {
        List<Map<String, String>> stored = stripe.deliveries(event);
        all.assertThat(stored).as(name).hasSize(1);
        all.assertThat(stored.get(0).get("status"))
                .as(name + ": " + stored.get(0).get("reason"))
                .isEqualTo("applied");
        JsonObject payment = merchant.payment(id);
        all.assertThat(Http.text(payment, "status")).as(name).isEqualTo(expected.payment);
        all.assertThat(Http.text(payment, "refunded.amount")).as(name).isEqualTo(expected.refunded);
        all.assertThat(words("refund", id)).as(name + " refunds").isEqualTo(expected.refund);
        all.assertThat(words("dispute", id)).as(name + " disputes").isEqualTo(expected.dispute);
        all.assertThat(Invariants.books(id)).as(name + " books").isEqualTo(expected.books);
    }

    private static String words(String table, String payment) {
        List<String> statuses = new ArrayList<>();
        Rows.of("SELECT status FROM " + table + " WHERE payment_id = ?", Rows.id(payment))
                .forEach(row -> statuses.add(row.get("status")));
        return String.join(",", statuses);
    }

    @Test
    void an_event_without_version_mode_or_time_is_accepted() {
        String payment = merchant.prepare("7.00").payment();
        JsonObject charge = StripeSender.charge(payment, 700, "usd", StripeSender.fresh());
        SoftAssertions all = new SoftAssertions();

        for (List<String> missing :
                List.of(
                        List.of("api_version"),
                        List.of("livemode"),
                        List.of("created"),
                        List.of("object"),
                        List.of("api_version", "livemode", "created", "object"))) {
            JsonObject event =
                    com.google.gson.JsonParser.parseString(
                                    StripeSender.event(
                                            "evt_" + StripeSender.fresh(),
                                            "charge.succeeded",
                                            charge))
                            .getAsJsonObject();
            missing.forEach(event::remove);
            all.assertThat(stripe.send(event.toString()).status())
                    .as(missing.toString())
                    .isBetween(200, 299);
            missing.forEach(name -> event.add(name, com.google.gson.JsonNull.INSTANCE));
            event.addProperty("id", "evt_" + StripeSender.fresh());
            all.assertThat(stripe.send(event.toString()).status())
                    .as(missing + " null")
                    .isBetween(200, 299);
        }

        all.assertAll();
        merchant.awaitPayment(payment, "paid");
        stripe.awaitQuiet();
        assertThat(Invariants.books(payment)).isEqualTo(paid(700));
    }
}
