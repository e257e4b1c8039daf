package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.stripe.net.Webhook;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Scrambler;

class StripeHistoryTest {

    private static final List<String> CHARGES =
            List.of(
                    "charge.captured",
                    "charge.expired",
                    "charge.failed",
                    "charge.pending",
                    "charge.refunded",
                    "charge.succeeded",
                    "charge.updated",
                    "charge.dispute.closed",
                    "charge.dispute.created",
                    "charge.dispute.funds_reinstated",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.updated",
                    "charge.refund.updated");

    private static List<String> types(StripeHistory history) {
        return history.events(CHARGES).stream().map(StripeEvent::type).toList();
    }

    @Test
    void the_three_lives_give_their_events_in_order_and_nothing_is_sent() {
        try (Rig rig = new Rig();
                Receiver receiver = new Receiver()) {
            rig.endpoint(receiver.url(), "*");

            var debit = rig.stripe.history().checkout(5000, "eur", Map.of()).lifeOfDebit(2000);
            var dispute = rig.stripe.history().checkout(5000, "eur", Map.of()).lifeOfDispute();
            var expiry = rig.stripe.history().checkout(5000, "eur", Map.of()).lifeOfExpiry();

            assertThat(types(debit))
                    .containsExactly(
                            "charge.pending",
                            "charge.succeeded",
                            "charge.updated",
                            "charge.refunded",
                            "charge.refund.updated");
            assertThat(types(dispute))
                    .containsExactly(
                            "charge.succeeded",
                            "charge.captured",
                            "charge.dispute.created",
                            "charge.dispute.updated",
                            "charge.dispute.funds_withdrawn",
                            "charge.dispute.funds_reinstated",
                            "charge.dispute.closed");
            assertThat(types(expiry))
                    .containsExactly("charge.failed", "charge.succeeded", "charge.expired");
            assertThat(receiver.all()).isEmpty();
        }
    }

    @Test
    void reads_can_be_frozen_at_every_event() {
        try (Rig rig = new Rig()) {
            StripeHistory life =
                    rig.stripe.history().checkout(5000, "eur", Map.of()).lifeOfDebit(2000);
            String charge = "/v1/charges/" + life.chargeId();

            StringBuilder seen = new StringBuilder();
            for (StripeEvent event : life.events(CHARGES)) {
                rig.stripe.freezeAt(event.id());
                JsonObject now = rig.get(charge + "?expand[]=refunds").json();
                seen.append(Json.need(now, "status"))
                        .append(' ')
                        .append(Json.missing(now, "balance_transaction") ? "no fee" : "fee")
                        .append(' ')
                        .append(Json.number(now, "amount_refunded"))
                        .append('/')
                        .append(Json.child(now, "refunds").getAsJsonArray("data").size())
                        .append("; ");
                assertThat(Rig.first(rig.get("/v1/events")).get("id").getAsString())
                        .isEqualTo(event.id());
            }
            rig.stripe.unfreeze();

            assertThat(seen.toString())
                    .isEqualTo(
                            "pending no fee 0/0; succeeded no fee 0/0; succeeded fee 0/0;"
                                    + " succeeded fee 2000/1; succeeded fee 0/1; ");
            assertThat(rig.get(charge).number("amount_refunded")).isZero();
        }
    }

    @Test
    void a_history_can_go_on_with_a_session_that_the_hub_opened() {
        try (Rig rig = new Rig()) {
            String session = rig.session(5000, "payment_intent_data[metadata][p]=1").text("id");

            StripeHistory life = rig.stripe.history().onSession(session).hold().capture(4000);

            assertThat(rig.get("/v1/checkout/sessions/" + session).text("payment_intent"))
                    .isEqualTo(life.intentId());
            assertThat(rig.books().sum("eur", "captured")).isEqualTo(4000);
        }
    }

    @Test
    void events_are_genuine_for_any_version_or_none() throws Exception {
        try (StripeSimulator offline = StripeSimulator.offline(7, fixed())) {
            StripeHistory life = offline.history().checkout(5000, "eur", Map.of()).pay().settle();

            long now = Instant.now().getEpochSecond();
            for (StripeEvent event : life.version("2022-08-01").events()) {
                String header = event.sign("whsec_x", now);
                var parsed = Webhook.constructEvent(event.text(), header, "whsec_x");
                assertThat(parsed.getApiVersion()).isEqualTo("2022-08-01");
            }
            assertThat(life.version(null).events().get(0).text()).contains("\"api_version\": null");
        }
    }

    @Test
    void an_expired_hold_looks_refunded_to_old_versions_only() {
        try (StripeSimulator offline = StripeSimulator.offline(7, fixed())) {
            StripeHistory life = offline.history().checkout(5000, "eur", Map.of()).lifeOfExpiry();

            JsonObject old = charge(life.version("2020-08-27"));
            JsonObject today = charge(life.version("2026-07-29.dahlia"));

            assertThat(Json.flag(old, "refunded")).isTrue();
            assertThat(Json.number(old, "amount_refunded")).isEqualTo(5000);
            assertThat(Json.flag(today, "refunded")).isFalse();
            assertThat(Json.flag(today, "captured")).isFalse();
        }
    }

    private static JsonObject charge(StripeHistory history) {
        StripeEvent expired = history.events(List.of("charge.expired")).get(0);
        return Json.child(Json.child(Json.parse(expired.text()), "data"), "object");
    }

    @Test
    void a_step_that_is_not_legal_is_refused_with_the_reason() {
        try (StripeSimulator offline = StripeSimulator.offline(7, fixed())) {
            StripeHistory life = offline.history().checkout(5000, "eur", Map.of()).pay();

            assertThatThrownBy(() -> life.refund(5001))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("greater than unrefunded");
            assertThatThrownBy(life::captureAll).hasMessageContaining("could not be captured");
        }
    }

    @Test
    void the_same_seed_gives_the_same_bytes() {
        assertThat(bytesOf(42)).isEqualTo(bytesOf(42)).isNotEqualTo(bytesOf(43));
    }

    private static String bytesOf(long seed) {
        try (StripeSimulator offline = StripeSimulator.offline(seed, fixed())) {
            StringBuilder all = new StringBuilder();
            offline.history()
                    .checkout(5000, "eur", Map.of("a", "b"))
                    .random(seed, 12)
                    .events()
                    .forEach(e -> all.append(e.text()));
            return all.toString();
        }
    }

    @Test
    void three_hundred_random_lives_keep_the_books() {
        try (StripeSimulator offline = StripeSimulator.offline(1, fixed())) {
            HashSet<String> seen = new HashSet<>();
            for (long seed = 0; seed < 300; seed++) {
                StripeHistory life =
                        offline.history().checkout(5000 + seed, "eur", Map.of()).random(seed, 14);
                life.events().forEach(e -> seen.add(e.type()));
            }

            StripeBooks books = offline.books(offline.account().id(), false);

            assertThat(seen).containsAll(CHARGES);
            for (JsonElement e : books.charges()) {
                check(e.getAsJsonObject(), books);
            }
            assertThat(books.sum("eur", "net"))
                    .isEqualTo(books.sum("eur", "gross") - books.sum("eur", "fees"));
        }
    }

    private static void check(JsonObject charge, StripeBooks books) {
        String id = Json.need(charge, "id");
        long standing = 0;
        for (JsonElement e : books.refunds()) {
            JsonObject r = e.getAsJsonObject();
            boolean stands = List.of("succeeded", "pending").contains(Json.need(r, "status"));
            standing += id.equals(Json.need(r, "charge")) && stands ? Json.number(r, "amount") : 0;
        }
        long captured = Json.number(charge, "amount_captured");
        assertThat(standing).isBetween(0L, captured);
        assertThat(Json.number(charge, "amount_refunded")).isEqualTo(standing);
        assertThat(captured).isLessThanOrEqualTo(Json.number(charge, "amount"));
    }

    @Test
    void the_scrambler_loses_nothing() {
        JsonArray once = new JsonArray();
        List<Integer> items = java.util.stream.IntStream.range(0, 100).boxed().toList();
        Scrambler scrambler = new Scrambler(5);

        List<Integer> repeated = scrambler.repeat(items, 30);
        List<Integer> late = scrambler.late(items, 10);
        int dealt = scrambler.split(items, 8).stream().mapToInt(List::size).sum();
        new HashSet<>(repeated).forEach(once::add);

        assertThat(once).hasSize(100);
        assertThat(repeated.size()).isGreaterThan(110);
        assertThat(late).containsExactlyInAnyOrderElementsOf(items).isNotEqualTo(items);
        assertThat(dealt).isEqualTo(100);
        assertThat(new Scrambler(9).reorder(items)).isEqualTo(new Scrambler(9).reorder(items));
    }

    private static Clock fixed() {
        return Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    }
}
