package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.stripe.net.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class WebhookTest {

    private Rig rig;
    private Receiver receiver;

    @BeforeEach
    void start() {
        rig = new Rig();
        receiver = new Receiver();
        rig.stripe.webhooks().waits(List.of(Duration.ofMillis(30), Duration.ofMillis(30)));
    }

    @AfterEach
    void stop() {
        receiver.close();
        rig.close();
    }

    private void pay() {
        rig.charge(5000, "4242424242424242", "");
    }

    @Test
    void what_is_refused_is_sent_again_with_a_signature_of_its_own() throws Exception {
        String secret = Json.need(rig.endpoint(receiver.url(), "charge.succeeded"), "secret");
        receiver.answer(500);

        pay();
        receiver.await(r -> r.all().size() >= 2);
        receiver.answer(200);
        receiver.await(r -> r.all().size() == 3);

        Set<String> ids = new HashSet<>();
        for (Receiver.Arrived a : receiver.all()) {
            ids.add(a.id());
            assertThat(Webhook.constructEvent(a.text(), a.signature(), secret).getType())
                    .isEqualTo("charge.succeeded");
        }
        assertThat(ids).hasSize(1);
        Await.until(
                () ->
                        rig.stripe.webhooks().attempts().size() == 3
                                && rig.stripe.webhooks().attempts().get(0).accepted(),
                () -> "attempts: " + rig.stripe.webhooks().attempts());
        assertThat(rig.stripe.webhooks().attempts().get(2).status()).isEqualTo(500);
    }

    @Test
    void an_undelivered_event_is_found_by_the_catch_up_list() {
        rig.endpoint(receiver.url(), "charge.succeeded");
        receiver.answer(503);
        rig.stripe.webhooks().waits(List.of(Duration.ofHours(1)));

        pay();
        receiver.await(r -> r.all().size() == 1);

        var failed = rig.get("/v1/events?delivery_success=false&types[]=charge.succeeded");
        assertThat(Rig.data(failed)).hasSize(1);
        assertThat(Rig.data(rig.get("/v1/events?delivery_success=false&type=charge.updated")))
                .isEmpty();
        assertThat(Rig.data(rig.get("/v1/events?type=charge.*&created[gte]=1"))).isNotEmpty();
    }

    @Test
    void what_was_lost_or_given_up_counts_as_undelivered_until_it_is_accepted() {
        String endpoint = Json.need(rig.endpoint(receiver.url(), "charge.succeeded"), "id");
        rig.stripe.webhooks().dropAll(true);
        pay();
        rig.stripe.webhooks().dropAll(false);
        receiver.answer(410);
        rig.stripe.webhooks().waits(List.of());
        pay();
        receiver.await(r -> r.all().size() == 1);
        Await.until(() -> rig.stripe.webhooks().idle(), () -> "busy");

        String list = "/v1/events?delivery_success=false&type=charge.succeeded";
        assertThat(Rig.data(rig.get(list))).hasSize(2);
        receiver.answer(200);
        for (var event : Rig.data(rig.get(list))) {
            String id = Json.need(event.getAsJsonObject(), "id");
            rig.stripe.resend(endpoint + "/" + id);
        }
        Await.until(() -> Rig.data(rig.get(list)).isEmpty(), () -> "still undelivered");
    }

    @Test
    void only_wanted_types_reach_an_endpoint_and_none_while_it_is_off() {
        JsonObject endpoint = rig.endpoint(receiver.url(), "charge.succeeded");
        String id = Json.need(endpoint, "id");

        pay();
        receiver.await(r -> r.count("charge.succeeded") == 1);
        rig.post("/v1/webhook_endpoints/" + id, "disabled=true");
        pay();
        var off = rig.get("/v1/webhook_endpoints/" + id);
        Await.until(() -> rig.stripe.webhooks().idle(), () -> "busy");

        assertThat(receiver.types()).containsExactly("charge.succeeded");
        assertThat(off.text("status")).isEqualTo("disabled");
        assertThat(off.json().has("secret")).isFalse();
    }

    @Test
    void both_secrets_sign_while_a_roll_is_young() throws Exception {
        JsonObject endpoint = rig.endpoint(receiver.url(), "charge.succeeded");
        String old = Json.need(endpoint, "secret");
        String fresh = rig.stripe.rollWebhookSecret(Json.need(endpoint, "id"));

        pay();
        receiver.await(r -> r.all().size() == 1);
        Receiver.Arrived both = receiver.all().get(0);
        rig.stripe.clock().offset(Duration.ofHours(25));
        pay();
        receiver.await(r -> r.all().size() == 2);
        Receiver.Arrived later = receiver.all().get(1);

        assertThat(both.signature().split("v1=")).hasSize(3);
        assertThat(Webhook.constructEvent(both.text(), both.signature(), old)).isNotNull();
        assertThat(Webhook.constructEvent(both.text(), both.signature(), fresh)).isNotNull();
        assertThat(later.signature().split("v1=")).hasSize(2);
        assertThat(Webhook.constructEvent(later.text(), later.signature(), fresh)).isNotNull();
    }

    @Test
    void twice_means_twice_with_the_same_id() {
        rig.endpoint(receiver.url(), "charge.succeeded");
        rig.stripe.webhooks().copies(3);

        pay();
        receiver.await(r -> r.all().size() == 3);

        assertThat(receiver.all().stream().map(Receiver.Arrived::id).distinct()).hasSize(1);
    }

    @Test
    void lost_types_never_arrive_and_the_others_do() {
        rig.endpoint(receiver.url(), "*");
        rig.stripe.webhooks().drop(Set.of("charge.succeeded"));

        pay();
        receiver.await(r -> r.count("charge.updated") == 1);
        Await.until(() -> rig.stripe.webhooks().idle(), () -> "busy");

        assertThat(receiver.count("charge.succeeded")).isZero();
        assertThat(receiver.count("checkout.session.completed")).isEqualTo(1);
        assertThat(rig.stripe.webhooks().dropped()).isEqualTo(1);
        assertThat(Rig.data(rig.get("/v1/events?type=charge.succeeded"))).hasSize(1);
    }

    @Test
    void everything_can_be_lost() {
        rig.endpoint(receiver.url(), "*");
        rig.stripe.webhooks().dropAll(true);

        pay();
        Await.until(() -> rig.stripe.webhooks().dropped() >= 5, () -> "not dropped");

        assertThat(receiver.all()).isEmpty();
    }

    @Test
    void held_deliveries_come_in_the_order_of_the_seed() {
        rig.endpoint(receiver.url(), "*");
        List<List<String>> orders = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            int before = receiver.all().size();
            rig.stripe.webhooks().hold();
            pay();
            Await.until(() -> rig.stripe.webhooks().heldBack() == 5, () -> "held back");
            rig.stripe.webhooks().release(seed);
            receiver.await(r -> r.all().size() == before + 5);
            orders.add(receiver.types().subList(before, before + 5));
        }

        assertThat(orders.get(0)).isEqualTo(orders.get(1));
        assertThat(orders.get(0)).isNotEqualTo(orders.get(2));
        assertThat(orders.get(0)).containsExactlyInAnyOrderElementsOf(orders.get(2));
    }

    @Test
    void late_means_late() {
        rig.endpoint(receiver.url(), "charge.succeeded");
        rig.stripe.webhooks().delay(Duration.ofMillis(400));
        long start = System.nanoTime();

        pay();
        receiver.await(r -> r.all().size() == 1);

        assertThat(System.nanoTime() - start).isGreaterThan(400_000_000L);
    }

    @Test
    void sixteen_endpoints_are_enough() {
        for (int i = 0; i < 16; i++) {
            assertThat(rig.endpoint(receiver.url() + i, "charge.succeeded").has("secret")).isTrue();
        }

        var last =
                rig.post(
                        "/v1/webhook_endpoints",
                        "url=" + Rig.encode(receiver.url()) + "&enabled_events[]=*");

        assertThat(last.errorMessage()).contains("maximum of 16 test webhook endpoints");
        String id = Json.need(Rig.first(rig.get("/v1/webhook_endpoints?limit=1")), "id");
        var gone =
                rig.send(
                        "DELETE",
                        "/v1/webhook_endpoints/" + id,
                        null,
                        rig.secretKey(),
                        java.util.Map.of());
        assertThat(Json.flag(gone.json(), "deleted")).isTrue();
        assertThat(rig.get("/v1/webhook_endpoints/" + id).errorCode())
                .isEqualTo("resource_missing");
    }

    @Test
    void an_endpoint_needs_an_address_known_types_and_a_real_version() {
        String url = "url=" + Rig.encode(receiver.url());

        assertThat(rig.post("/v1/webhook_endpoints", "enabled_events[]=*").errorCode())
                .isEqualTo("parameter_missing");
        assertThat(rig.post("/v1/webhook_endpoints", url).errorCode())
                .isEqualTo("parameter_missing");
        assertThat(rig.post("/v1/webhook_endpoints", "url=nowhere&enabled_events[]=*").errorCode())
                .isEqualTo("url_invalid");
        assertThat(
                        rig.post("/v1/webhook_endpoints", url + "&enabled_events[]=charge.gone")
                                .errorMessage())
                .contains("charge.gone");
        assertThat(
                        rig.post(
                                        "/v1/webhook_endpoints",
                                        url + "&enabled_events[]=*&api_version=newest")
                                .errorMessage())
                .contains("Invalid Stripe API version");
    }

    @Test
    void the_version_of_an_event_is_the_endpoints_else_the_accounts() {
        rig.post(
                "/v1/webhook_endpoints",
                "url="
                        + Rig.encode(receiver.url())
                        + "&enabled_events[]=charge.succeeded&api_version=2020-08-27");
        pay();
        receiver.await(r -> r.all().size() == 1);
        JsonObject old = Json.parse(receiver.all().get(0).text());
        rig.endpoint(receiver.url(), "charge.updated");
        rig.stripe.eventVersion(rig.stripe.account().id(), null);
        pay();
        receiver.await(r -> r.count("charge.updated") >= 1);
        JsonObject none = Json.parse(receiver.first("charge.updated").text());

        assertThat(Json.need(old, "api_version")).isEqualTo("2020-08-27");
        assertThat(Json.child(Json.child(old, "data"), "object").has("refunds")).isTrue();
        assertThat(none.get("api_version").isJsonNull()).isTrue();
    }

    @Test
    void an_event_names_the_request_that_caused_it_or_nobody() {
        rig.endpoint(receiver.url(), "charge.refunded", "charge.updated");
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        receiver.await(r -> r.count("charge.updated") == 1);

        var refund = rig.post("/v1/refunds", "charge=" + charge, "my-key");
        receiver.await(r -> r.count("charge.refunded") == 1);

        JsonObject byUs =
                Json.child(Json.parse(receiver.first("charge.refunded").text()), "request");
        JsonObject byBank =
                Json.child(Json.parse(receiver.first("charge.updated").text()), "request");
        assertThat(Json.need(byUs, "id"))
                .isEqualTo(refund.raw().headers().firstValue("request-id").orElseThrow());
        assertThat(Json.need(byUs, "idempotency_key")).isEqualTo("my-key");
        assertThat(byBank.get("id").isJsonNull()).isTrue();
    }
}
