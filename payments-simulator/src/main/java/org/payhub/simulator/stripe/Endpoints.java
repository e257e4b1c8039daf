package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.payhub.simulator.kit.Json;

/** Webhook endpoints of an account: address, wanted types, version and signing secrets. */
final class Endpoints {

    private static final int MOST = 16;
    private static final long OVERLAP = 24 * 60 * 60;

    /** Every type that may be asked for; the simulator sends those that it can cause. */
    static final Set<String> TYPES =
            new TreeSet<>(
                    List.of(
                            ("account.updated balance.available charge.captured charge.expired"
                                            + " charge.failed charge.pending charge.refunded"
                                            + " charge.succeeded charge.updated charge.dispute.closed"
                                            + " charge.dispute.created charge.dispute.funds_reinstated"
                                            + " charge.dispute.funds_withdrawn charge.dispute.updated"
                                            + " charge.refund.updated"
                                            + " checkout.session.async_payment_failed"
                                            + " checkout.session.async_payment_succeeded"
                                            + " checkout.session.completed checkout.session.expired"
                                            + " customer.created customer.deleted customer.updated"
                                            + " payment_intent.amount_capturable_updated"
                                            + " payment_intent.canceled payment_intent.created"
                                            + " payment_intent.partially_funded"
                                            + " payment_intent.payment_failed payment_intent.processing"
                                            + " payment_intent.requires_action payment_intent.succeeded"
                                            + " payout.canceled payout.created payout.failed payout.paid"
                                            + " payout.reconciliation_completed payout.updated"
                                            + " radar.early_fraud_warning.created"
                                            + " radar.early_fraud_warning.updated refund.created"
                                            + " refund.failed refund.updated"
                                            + " reporting.report_run.failed"
                                            + " reporting.report_run.succeeded review.closed"
                                            + " review.opened")
                                    .split(" ")));

    private final World world;

    Endpoints(World world) {
        this.world = world;
    }

    /** The answer of this call alone shows the secret. */
    JsonObject create(Space space, JsonObject params) {
        String url = Json.text(params, "url").orElseThrow(() -> StripeError.missingParam("url"));
        checkUrl(url, space);
        JsonArray types = types(params);
        if (types.isEmpty()) {
            throw StripeError.missingParam("enabled_events");
        }
        Metadata.check(params, "");
        Json.text(params, "api_version").ifPresent(Endpoints::checkVersion);
        if (world.store.all("webhook_endpoint", space).size() >= MOST) {
            throw StripeError.state(
                    null,
                    null,
                    "You have reached the maximum of "
                            + MOST
                            + " "
                            + space.mode()
                            + " webhook endpoints.");
        }
        String secret = newSecret();
        JsonObject endpoint =
                Json.of(
                        "id", world.ids.next("we_1", 23),
                        "object", "webhook_endpoint",
                        "api_version", params.get("api_version"),
                        "application", null,
                        "created", world.seconds(),
                        "description", params.get("description"),
                        "enabled_events", types,
                        "livemode", space.live(),
                        "metadata", Shapes.metadata(params),
                        "status", "enabled",
                        "url", url,
                        "_secrets", Json.list(Json.of("value", secret)));
        JsonObject kept = world.store.add(space, endpoint);
        JsonObject answer = Render.strip(kept);
        answer.addProperty("secret", secret);
        return answer;
    }

    JsonObject update(JsonObject endpoint, JsonObject params) {
        if (params.has("api_version")) {
            throw StripeError.invalid(
                    "parameter_unknown", "api_version", "Received unknown parameter: api_version");
        }
        Json.text(params, "url").ifPresent(url -> checkUrl(url, Store.space(endpoint)));
        JsonArray types = types(params);
        Metadata.check(params, "");
        return world.store.edit(
                Json.need(endpoint, "id"),
                e -> {
                    if (params.has("url")) {
                        e.add("url", params.get("url"));
                    }
                    if (params.has("description")) {
                        e.add("description", params.get("description"));
                    }
                    if (!types.isEmpty()) {
                        e.add("enabled_events", types);
                    }
                    if (params.has("disabled")) {
                        boolean off = Json.flag(params, "disabled");
                        e.addProperty("status", off ? "disabled" : "enabled");
                    }
                    Metadata.merge(e, params);
                });
    }

    /** A new secret; for 24 hours the old one signs too. Answers the new secret. */
    String roll(String id) {
        String fresh = newSecret();
        world.store.edit(
                id,
                e -> {
                    JsonArray secrets = Json.children(e, "_secrets").deepCopy();
                    for (JsonElement s : secrets) {
                        JsonObject secret = s.getAsJsonObject();
                        if (Json.missing(secret, "until")) {
                            secret.addProperty("until", world.seconds() + OVERLAP);
                        }
                    }
                    secrets.add(Json.of("value", fresh));
                    e.add("_secrets", secrets);
                });
        return fresh;
    }

    /** The secrets that sign now, newest first. */
    List<String> secrets(JsonObject endpoint) {
        List<String> active = new ArrayList<>();
        for (JsonElement s : Json.children(endpoint, "_secrets")) {
            JsonObject secret = s.getAsJsonObject();
            if (Json.missing(secret, "until") || Json.number(secret, "until") > world.seconds()) {
                active.add(0, Json.need(secret, "value"));
            }
        }
        return active;
    }

    /** The enabled endpoints of a space that asked for this type. */
    List<JsonObject> wanting(Space space, String type) {
        return world.store.all(
                "webhook_endpoint",
                space,
                Store.NOW,
                e -> {
                    JsonArray types = Json.children(e, "enabled_events");
                    return "enabled".equals(Json.need(e, "status"))
                            && (types.contains(Json.element(type))
                                    || types.contains(Json.element("*")));
                });
    }

    /** The version of the events that this endpoint gets. */
    String version(JsonObject endpoint) {
        return Json.text(endpoint, "api_version")
                .orElseGet(() -> world.accounts.version(Store.space(endpoint).account()));
    }

    private String newSecret() {
        return world.ids.next("whsec_", 32);
    }

    private static JsonArray types(JsonObject params) {
        JsonArray types = Json.children(params, "enabled_events");
        for (JsonElement e : types) {
            String type = e.getAsString();
            if (!type.equals("*") && !TYPES.contains(type)) {
                throw StripeError.invalid(
                        null,
                        "enabled_events",
                        "Invalid enabled_events: " + type + " is not an event type.");
            }
        }
        return types;
    }

    static void checkVersion(String version) {
        if (!version.matches("\\d{4}-\\d{2}-\\d{2}(\\.[a-z]+)?")) {
            throw StripeError.invalid(
                    null, "api_version", "Invalid Stripe API version: " + version);
        }
    }

    private static void checkUrl(String url, Space space) {
        String host;
        try {
            host = URI.create(url).getHost();
        } catch (IllegalArgumentException notAnAddress) {
            host = null;
        }
        if (host == null || !Sessions.isWebAddress(url) || url.length() > 5000) {
            throw StripeError.invalid("url_invalid", "url", "Invalid URL: " + url);
        }
        boolean loopback =
                host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (space.live() && !loopback && url.startsWith("http://")) {
            throw StripeError.invalid(
                    "url_invalid", "url", "Invalid URL: An https URL is required in live mode.");
        }
    }
}
