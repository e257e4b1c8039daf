package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.payhub.simulator.kit.Json;

/** Checkout Sessions: one hosted page for one payment. */
final class Sessions {

    private static final long SHORTEST = 30 * 60;
    private static final long LONGEST = 24 * 60 * 60;
    private static final Set<String> CAPTURE_METHODS =
            Set.of("automatic", "automatic_async", "manual");

    private final World world;

    Sessions(World world) {
        this.world = world;
    }

    JsonObject create(Space space, JsonObject params) {
        String mode = Json.text(params, "mode").orElse("payment");
        if (!mode.equals("payment")) {
            throw StripeError.invalid(
                    "parameter_unknown", "mode", "The simulator knows only `payment` here.");
        }
        checkAddresses(params);
        JsonObject first = lines(params);
        String currency = Json.need(Json.child(first, "price_data"), "currency");
        long total = total(params, currency);
        Amounts.check(total, currency, world.accounts.currency(space.account()), "line_items");
        long expires = expiry(params);
        Metadata.check(params, "");
        Metadata.check(Json.child(params, "payment_intent_data"), "payment_intent_data");
        checkTexts(params);

        String id = world.ids.next(space.live() ? "cs_live_" : "cs_test_", 58);
        String url = world.accounts.baseUrl() + "/pay/c/" + id;
        JsonObject session = Shapes.session(params, id, url, space.live());
        session.addProperty("created", world.seconds());
        session.addProperty("expires_at", expires);
        session.addProperty("currency", currency);
        session.addProperty("amount_subtotal", total);
        session.addProperty("amount_total", total);
        if (params.has("payment_method_types")) {
            session.add("payment_method_types", Json.children(params, "payment_method_types"));
            session.addProperty("_methodsChosen", true);
        }
        session.add("_lines", Json.children(params, "line_items"));
        session.add("_intentWishes", Json.child(params, "payment_intent_data"));
        JsonObject kept = world.store.add(space, session);
        world.later(
                java.time.Duration.ofSeconds(expires - world.seconds()),
                Tasks.Kind.SESSION_EXPIRES,
                id);
        return kept;
    }

    private void checkAddresses(JsonObject params) {
        boolean embedded =
                Json.text(params, "ui_mode").orElse("hosted_page").startsWith("embedded");
        if (!embedded && Json.missing(params, "success_url")) {
            throw StripeError.missingParam("success_url");
        }
        for (String name : new String[] {"success_url", "cancel_url"}) {
            Optional<String> url = Json.text(params, name);
            if (url.isPresent() && !isWebAddress(url.get())) {
                throw StripeError.invalid(
                        "url_invalid",
                        name,
                        "Not a valid URL. URLs must begin with http or https.");
            }
        }
    }

    private JsonObject lines(JsonObject params) {
        if (Json.children(params, "line_items").isEmpty()) {
            throw StripeError.missingParam("line_items");
        }
        String currency = null;
        int number = 0;
        for (JsonElement element : Json.children(params, "line_items")) {
            String at = "line_items[" + number++ + "]";
            JsonObject line = element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
            JsonObject price = Json.child(line, "price_data");
            if (price.isEmpty()) {
                throw StripeError.missingParam(at + "[price_data]");
            }
            if (Json.missing(Json.child(price, "product_data"), "name")) {
                throw StripeError.missingParam(at + "[price_data][product_data][name]");
            }
            String code = Amounts.currency(price, "currency", at + "[price_data][currency]");
            price.addProperty("currency", code);
            Amounts.whole(price, "unit_amount", at + "[price_data][unit_amount]");
            Amounts.whole(line, "quantity", at + "[quantity]");
            if (currency != null && !currency.equals(code)) {
                throw StripeError.invalid(null, at, "All line items must have the same currency.");
            }
            currency = code;
        }
        return Json.children(params, "line_items").get(0).getAsJsonObject();
    }

    private static long total(JsonObject params, String currency) {
        long total = 0;
        for (JsonElement element : Json.children(params, "line_items")) {
            JsonObject line = element.getAsJsonObject();
            long price = Json.number(Json.child(line, "price_data"), "unit_amount");
            total = Math.addExact(total, Math.multiplyExact(price, Json.number(line, "quantity")));
        }
        if (!Currencies.roundedAsDemanded(total, currency)) {
            throw StripeError.invalid(
                    "parameter_invalid_integer",
                    "line_items",
                    "Invalid amount: this currency needs a rounded amount.");
        }
        return total;
    }

    private long expiry(JsonObject params) {
        if (Json.missing(params, "expires_at")) {
            return world.seconds() + LONGEST;
        }
        long at = Amounts.whole(params, "expires_at", "expires_at");
        long ahead = at - world.seconds();
        // A minute of grace, because the caller's clock and the way here take their time.
        if (ahead < SHORTEST - 60 || ahead > LONGEST + 60) {
            throw StripeError.invalid(
                    null,
                    "expires_at",
                    "The `expires_at` timestamp must be between 30 minutes and 24 hours from"
                            + " Checkout Session creation.");
        }
        return at;
    }

    private static void checkTexts(JsonObject params) {
        if (Json.text(params, "client_reference_id").orElse("").length() > 200) {
            throw StripeError.invalid(
                    null,
                    "client_reference_id",
                    "Invalid string: the value must be at most 200 characters.");
        }
        String capture =
                Json.text(Json.child(params, "payment_intent_data"), "capture_method")
                        .orElse("automatic_async");
        if (!CAPTURE_METHODS.contains(capture)) {
            throw StripeError.invalid(
                    null,
                    "payment_intent_data[capture_method]",
                    "Invalid payment_intent_data[capture_method]: must be one of automatic,"
                            + " automatic_async, or manual");
        }
    }

    /** By request of the merchant; only an open session can be expired. */
    JsonObject expire(JsonObject session) {
        if (!"open".equals(Json.need(session, "status"))) {
            throw StripeError.state(
                    null,
                    null,
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This"
                            + " Checkout Session has a status of `"
                            + Json.need(session, "status")
                            + "`.");
        }
        return expired(Json.need(session, "id"));
    }

    void expireIfOpen(String id) {
        if ("open".equals(Json.need(world.store.get(id), "status"))) {
            expired(id);
        }
    }

    private JsonObject expired(String id) {
        world.tasks.forget(id, Tasks.Kind.SESSION_EXPIRES);
        JsonObject session =
                world.store.edit(
                        id,
                        s -> {
                            s.addProperty("status", "expired");
                            s.add("url", JsonNull.INSTANCE);
                        });
        world.emit("checkout.session.expired", session);
        return session;
    }

    /** The payer pressed a button on the hosted page. */
    Payments.Try pay(String id, TestCard card, boolean authenticated) {
        String intentId = intentFor(id);
        Payments.Try result = world.payments.confirm(intentId, card, authenticated);
        if (result.outcome() == Payments.Outcome.SUCCEEDED) {
            complete(id, "paid");
        } else if (result.outcome() == Payments.Outcome.HELD
                || result.outcome() == Payments.Outcome.PENDING) {
            complete(id, "unpaid");
        }
        return result;
    }

    /** The session's intent; it is made only when the payer first confirms. */
    String intentFor(String id) {
        JsonObject session = world.store.get(id);
        if (!"open".equals(Json.need(session, "status"))) {
            throw StripeError.state(null, null, "This Checkout Session is no longer open.");
        }
        Optional<String> present = Json.text(session, "payment_intent");
        if (present.isPresent()) {
            return present.get();
        }
        JsonObject intent =
                world.payments.create(
                        Store.space(session),
                        Json.number(session, "amount_total"),
                        Json.need(session, "currency"),
                        Json.child(session, "_intentWishes"));
        String intentId = Json.need(intent, "id");
        world.store.edit(
                intentId,
                i -> {
                    i.addProperty("_session", id);
                    i.add("_email", session.get("customer_email"));
                    i.add("customer", session.get("customer"));
                });
        world.store.edit(id, s -> s.addProperty("payment_intent", intentId));
        return intentId;
    }

    private void complete(String id, String paymentStatus) {
        world.tasks.forget(id, Tasks.Kind.SESSION_EXPIRES);
        JsonObject session =
                world.store.edit(
                        id,
                        s -> {
                            s.addProperty("status", "complete");
                            s.addProperty("payment_status", paymentStatus);
                            s.add("url", JsonNull.INSTANCE);
                            s.add(
                                    "customer_details",
                                    Json.of(
                                            "address", null,
                                            "business_name", null,
                                            "email", s.get("customer_email"),
                                            "individual_name", null,
                                            "name", null,
                                            "phone", null,
                                            "tax_exempt", "none",
                                            "tax_ids", null));
                        });
        world.emit("checkout.session.completed", session);
    }

    /** A debit that the session waited for has ended. */
    void debitEnded(String intentId, boolean good) {
        ofIntent(intentId)
                .ifPresent(
                        id -> {
                            JsonObject session =
                                    world.store.edit(
                                            id,
                                            s ->
                                                    s.addProperty(
                                                            "payment_status",
                                                            good ? "paid" : "unpaid"));
                            world.emit(
                                    good
                                            ? "checkout.session.async_payment_succeeded"
                                            : "checkout.session.async_payment_failed",
                                    session);
                        });
    }

    /** Captured money makes the session paid; Stripe sends no event for it. */
    void captured(String intentId) {
        ofIntent(intentId)
                .ifPresent(
                        id -> world.store.edit(id, s -> s.addProperty("payment_status", "paid")));
    }

    private Optional<String> ofIntent(String intentId) {
        return Json.text(world.store.get(intentId), "_session");
    }

    static boolean isWebAddress(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }
}
