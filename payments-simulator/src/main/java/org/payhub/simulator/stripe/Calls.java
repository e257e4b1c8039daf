package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/** Every call of the API that exists here: its path, the right it needs, and what it does. */
final class Calls {

    private static final String[] PAGE = {"limit", "starting_after", "ending_before"};

    private final World world;
    private final StripeApi api;
    private final Answers answers;
    private final Predicate<JsonObject> delivered;

    /**
     * @param delivered whether every endpoint has accepted an event
     */
    Calls(World world, StripeApi api, Predicate<JsonObject> delivered) {
        this.world = world;
        this.api = api;
        this.answers = new Answers(world);
        this.delivered = delivered;
    }

    void mount(Router r) {
        get(r, "/v1/account", "rak_accounts_kyc_id_numbers_read", this::account);
        get(
                r,
                "/v1/balance",
                "rak_balance_read",
                q -> world.balances.balance(q.space(), world.moment()));
        mountSessions(r);
        mountIntents(r);
        mountCharges(r);
        mountRefunds(r);
        mountDisputes(r);
        mountMoney(r);
        mountEndpoints(r);
        mountEvents(r);
        api.mountFallback(r);
    }

    private JsonObject account(Request request) {
        return Render.strip(world.accounts.get(request.space().account()));
    }

    // ---- checkout ----

    private void mountSessions(Router r) {
        String read = "rak_checkout_session_read";
        String write = "rak_checkout_session_write";
        post(r, "/v1/checkout/sessions", write, this::createSession);
        get(r, "/v1/checkout/sessions", read, this::listSessions);
        get(r, "/v1/checkout/sessions/{id}", read, q -> show(q, "checkout.session"));
        get(
                r,
                "/v1/checkout/sessions/{id}/line_items",
                read,
                q -> answers.lines(world.demandRead(q.space(), "checkout.session", q.id(), "id")));
        post(
                r,
                "/v1/checkout/sessions/{id}/expire",
                write,
                q -> {
                    q.only();
                    return answers.one(
                            world.sessions.expire(
                                    world.demand(q.space(), "checkout.session", q.id(), "id")),
                            q.expand());
                });
    }

    private JsonObject createSession(Request q) {
        q.only(
                ("adaptive_pricing after_expiration allow_promotion_codes automatic_tax"
                                + " billing_address_collection branding_settings cancel_url"
                                + " client_reference_id consent_collection currency custom_fields"
                                + " custom_text customer customer_account customer_creation"
                                + " customer_email customer_update discounts"
                                + " excluded_payment_method_types expires_at invoice_creation"
                                + " line_items locale metadata mode name_collection optional_items"
                                + " origin_context payment_intent_data payment_method_collection"
                                + " payment_method_configuration payment_method_data"
                                + " payment_method_options payment_method_types permissions"
                                + " phone_number_collection redirect_on_completion return_url"
                                + " saved_payment_method_options setup_intent_data"
                                + " shipping_address_collection shipping_options submit_type"
                                + " subscription_data success_url tax_id_collection ui_mode"
                                + " wallet_options")
                        .split(" "));
        return answers.one(world.sessions.create(q.space(), q.params()), q.expand());
    }

    private JsonObject listSessions(Request q) {
        q.only(page("payment_intent", "payment_link", "status", "customer", "created"));
        return answers.list(
                q, "checkout.session", same(q, "payment_intent").and(same(q, "status")));
    }

    // ---- intents and charges ----

    private void mountIntents(Router r) {
        String read = "rak_payment_intent_read";
        String write = "rak_payment_intent_write";
        get(r, "/v1/payment_intents/{id}", read, q -> show(q, "payment_intent"));
        get(
                r,
                "/v1/payment_intents",
                read,
                q -> {
                    q.only(page("customer", "created"));
                    return answers.list(q, "payment_intent", same(q, "customer"));
                });
        post(r, "/v1/payment_intents", write, this::createIntent);
        post(r, "/v1/payment_intents/{id}", write, this::updateIntent);
        post(
                r,
                "/v1/payment_intents/{id}/cancel",
                write,
                q -> {
                    q.only("cancellation_reason");
                    String reason = Json.text(q.params(), "cancellation_reason").orElse(null);
                    checkReason(reason);
                    return answers.one(world.payments.cancel(intent(q), reason), q.expand());
                });
        post(
                r,
                "/v1/payment_intents/{id}/capture",
                write,
                q -> {
                    q.only("amount_to_capture", "metadata", "statement_descriptor_suffix");
                    Long amount =
                            Json.missing(q.params(), "amount_to_capture")
                                    ? null
                                    : Long.valueOf(
                                            Amounts.whole(
                                                    q.params(),
                                                    "amount_to_capture",
                                                    "amount_to_capture"));
                    return answers.one(world.payments.capture(intent(q), amount), q.expand());
                });
    }

    private static void checkReason(String reason) {
        List<String> known =
                List.of("abandoned", "duplicate", "fraudulent", "requested_by_customer");
        if (reason != null && !known.contains(reason)) {
            throw StripeError.invalid(
                    null,
                    "cancellation_reason",
                    "Invalid cancellation_reason: must be one of duplicate, fraudulent,"
                            + " requested_by_customer, or abandoned");
        }
    }

    private JsonObject intent(Request q) {
        return world.demand(q.space(), "payment_intent", q.id(), "id");
    }

    /** A sale outside Checkout, made and confirmed in one call with a test payment method. */
    private JsonObject createIntent(Request q) {
        String currency = Amounts.currency(q.params(), "currency", "currency");
        long amount = Amounts.whole(q.params(), "amount", "amount");
        Amounts.check(amount, currency, world.accounts.currency(q.space().account()), "amount");
        Metadata.check(q.params(), "");
        JsonObject wishes = q.params().deepCopy();
        wishes.remove("confirm");
        JsonObject made = world.payments.create(q.space(), amount, currency, wishes);
        if (!Json.flag(q.params(), "confirm")) {
            return answers.one(made, q.expand());
        }
        String token =
                Json.text(q.params(), "payment_method")
                        .orElseThrow(() -> StripeError.missingParam("payment_method"));
        TestCard card =
                TestCard.byToken(token)
                        .orElseThrow(
                                () ->
                                        StripeError.missing(
                                                "PaymentMethod", token, "payment_method", null));
        String id = Json.need(made, "id");
        Payments.Try result = world.payments.confirm(id, card, false);
        if (result.outcome() == Payments.Outcome.DECLINED) {
            TestCard.Refusal no = card.refusal().orElseThrow();
            throw StripeError.card(no.code(), no.declineCode(), no.message());
        }
        return answers.one(world.store.get(id), q.expand());
    }

    private JsonObject updateIntent(Request q) {
        q.only("metadata", "description", "receipt_email", "statement_descriptor_suffix");
        Metadata.check(q.params(), "");
        JsonObject intent = intent(q);
        return answers.one(
                world.store.edit(
                        Json.need(intent, "id"),
                        i -> {
                            Metadata.merge(i, q.params());
                            if (q.params().has("description")) {
                                i.add("description", q.params().get("description"));
                            }
                        }),
                q.expand());
    }

    private void mountCharges(Router r) {
        String read = "rak_charge_read";
        get(r, "/v1/charges/{id}", read, q -> show(q, "charge"));
        get(
                r,
                "/v1/charges",
                read,
                q -> {
                    q.only(page("payment_intent", "customer", "created", "transfer_group"));
                    return answers.list(
                            q, "charge", same(q, "payment_intent").and(same(q, "customer")));
                });
        get(
                r,
                "/v1/charges/{id}/refunds",
                read,
                q -> {
                    world.demandRead(q.space(), "charge", q.id(), "id");
                    return answers.list(q, "refund", o -> q.id().equals(field(o, "charge")));
                });
        post(r, "/v1/charges/{id}", "rak_charge_write", this::updateCharge);
    }

    private JsonObject updateCharge(Request q) {
        q.only("metadata", "description", "receipt_email", "customer");
        Metadata.check(q.params(), "");
        JsonObject before = world.demand(q.space(), "charge", q.id(), "id");
        JsonObject after =
                world.store.edit(
                        q.id(),
                        c -> {
                            Metadata.merge(c, q.params());
                            if (q.params().has("description")) {
                                c.add("description", q.params().get("description"));
                            }
                        });
        JsonObject previous = new JsonObject();
        for (String name : new String[] {"description", "metadata"}) {
            if (!before.get(name).equals(after.get(name))) {
                previous.add(name, before.get(name).deepCopy());
            }
        }
        world.emit("charge.updated", after, previous);
        return answers.one(after, q.expand());
    }

    private void mountRefunds(Router r) {
        String read = "rak_charge_read";
        String write = "rak_charge_write";
        post(
                r,
                "/v1/refunds",
                write,
                q -> {
                    q.only(
                            "amount",
                            "charge",
                            "currency",
                            "customer",
                            "instructions_email",
                            "metadata",
                            "origin",
                            "payment_intent",
                            "reason",
                            "refund_application_fee",
                            "reverse_transfer");
                    return answers.one(world.refunds.create(q.space(), q.params()), q.expand());
                });
        get(r, "/v1/refunds/{id}", read, q -> show(q, "refund"));
        get(
                r,
                "/v1/refunds",
                read,
                q -> {
                    q.only(page("charge", "payment_intent", "created"));
                    return answers.list(
                            q, "refund", same(q, "charge").and(same(q, "payment_intent")));
                });
        post(
                r,
                "/v1/refunds/{id}",
                write,
                q -> {
                    q.only("metadata");
                    return answers.one(
                            world.refunds.update(
                                    world.demand(q.space(), "refund", q.id(), "id"), q.params()),
                            q.expand());
                });
    }

    private void mountDisputes(Router r) {
        String read = "rak_dispute_read";
        String write = "rak_dispute_write";
        get(r, "/v1/disputes/{id}", read, q -> show(q, "dispute"));
        get(
                r,
                "/v1/disputes",
                read,
                q -> {
                    q.only(page("charge", "payment_intent", "created"));
                    return answers.list(
                            q, "dispute", same(q, "charge").and(same(q, "payment_intent")));
                });
        post(
                r,
                "/v1/disputes/{id}",
                write,
                q -> {
                    q.only("evidence", "metadata", "submit");
                    return answers.one(
                            world.disputes.update(
                                    world.demand(q.space(), "dispute", q.id(), "id"), q.params()),
                            q.expand());
                });
        post(
                r,
                "/v1/disputes/{id}/close",
                write,
                q -> {
                    q.only();
                    JsonObject dispute = world.demand(q.space(), "dispute", q.id(), "id");
                    boolean inquiry = Json.need(dispute, "status").startsWith("warning_");
                    return answers.one(
                            world.disputes.close(q.id(), inquiry ? "warning_closed" : "lost"),
                            q.expand());
                });
    }

    // ---- money ----

    private void mountMoney(Router r) {
        String read = "rak_balance_transaction_source_read";
        get(r, "/v1/balance_transactions/{id}", read, q -> show(q, "balance_transaction"));
        get(
                r,
                "/v1/balance_transactions",
                read,
                q -> {
                    q.only(page("payout", "source", "type", "currency", "created"));
                    String payout = Json.text(q.params(), "payout").orElse(null);
                    if (payout != null) {
                        world.demandRead(q.space(), "payout", payout, "payout");
                    }
                    return answers.list(
                            q,
                            "balance_transaction",
                            same(q, "source")
                                    .and(same(q, "type"))
                                    .and(same(q, "currency"))
                                    .and(
                                            o ->
                                                    payout == null
                                                            || payout.equals(field(o, "_payout"))));
                });
        get(r, "/v1/payouts/{id}", "rak_payout_read", q -> show(q, "payout"));
        get(
                r,
                "/v1/payouts",
                "rak_payout_read",
                q -> {
                    q.only(page("status", "arrival_date", "created", "destination"));
                    return answers.list(q, "payout", same(q, "status"));
                });
    }

    // ---- webhooks ----

    private void mountEndpoints(Router r) {
        String read = "rak_webhook_read";
        String write = "rak_webhook_write";
        String one = "/v1/webhook_endpoints/{id}";
        post(
                r,
                "/v1/webhook_endpoints",
                write,
                q -> {
                    q.only(
                            "api_version",
                            "connect",
                            "description",
                            "enabled_events",
                            "metadata",
                            "url");
                    return world.endpoints.create(q.space(), q.params());
                });
        get(
                r,
                "/v1/webhook_endpoints",
                read,
                q -> {
                    q.only(page());
                    return answers.list(q, "webhook_endpoint", o -> true);
                });
        get(r, one, read, q -> show(q, "webhook_endpoint"));
        post(
                r,
                one,
                write,
                q -> {
                    JsonObject endpoint = world.demand(q.space(), "webhook_endpoint", q.id(), "id");
                    q.only(
                            "api_version",
                            "description",
                            "disabled",
                            "enabled_events",
                            "metadata",
                            "url");
                    return answers.one(world.endpoints.update(endpoint, q.params()), q.expand());
                });
        r.delete(
                one,
                api.guard(
                        write,
                        q -> {
                            world.demand(q.space(), "webhook_endpoint", q.id(), "id");
                            world.store.delete(q.id());
                            return Json.of(
                                    "id", q.id(), "object", "webhook_endpoint", "deleted", true);
                        }));
    }

    private void mountEvents(Router r) {
        get(
                r,
                "/v1/events/{id}",
                "rak_event_read",
                q -> Render.event(world.demandRead(q.space(), "event", q.id(), "id"), version(q)));
        get(r, "/v1/events", "rak_event_read", this::listEvents);
    }

    private JsonObject listEvents(Request q) {
        q.only(page("type", "types", "created", "delivery_success"));
        List<String> types =
                Json.children(q.params(), "types").asList().stream()
                        .map(JsonElement::getAsString)
                        .toList();
        String success = Json.text(q.params(), "delivery_success").orElse(null);
        long oldest = world.seconds() - 30L * 86_400;
        return answers.list(
                q,
                "event",
                sameType(q)
                        .and(o -> types.isEmpty() || types.contains(field(o, "type")))
                        .and(o -> Json.number(o, "created") >= oldest)
                        .and(o -> success == null || success.equals("true") == delivered.test(o)));
    }

    /** {@code charge.*} takes every event whose type begins so. */
    private static Predicate<JsonObject> sameType(Request q) {
        String type = Json.text(q.params(), "type").orElse("*");
        if (type.endsWith("*")) {
            return o -> field(o, "type").startsWith(type.substring(0, type.length() - 1));
        }
        return o -> type.equals(field(o, "type"));
    }

    private String version(Request q) {
        return world.accounts.version(q.space().account());
    }

    // ---- shared ----

    private JsonObject show(Request q, String type) {
        q.only();
        return answers.one(world.demandRead(q.space(), type, q.id(), "id"), q.expand());
    }

    /** Objects whose field equals the parameter of the same name, when it is given. */
    private static Predicate<JsonObject> same(Request q, String name) {
        String value = Json.text(q.params(), name).orElse(null);
        return value == null ? o -> true : o -> value.equals(field(o, name));
    }

    private static String field(JsonObject object, String name) {
        return Json.text(object, name).orElse("");
    }

    private static String[] page(String... more) {
        String[] all = new String[PAGE.length + more.length];
        System.arraycopy(PAGE, 0, all, 0, PAGE.length);
        System.arraycopy(more, 0, all, PAGE.length, more.length);
        return all;
    }

    private void get(Router r, String path, String right, Function<Request, JsonObject> work) {
        r.get(path, api.guard(right, work));
    }

    private void post(Router r, String path, String right, Function<Request, JsonObject> work) {
        r.post(path, api.guard(right, work));
    }
}
