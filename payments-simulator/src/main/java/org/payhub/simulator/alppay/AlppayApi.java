package org.payhub.simulator.alppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.payhub.simulator.alppay.Coins.Coin;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Handler;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.RequestLog;
import org.payhub.simulator.kit.Router;

/** The interface: keys, white list, signatures, and the calls on payments and withdrawals. */
final class AlppayApi {

    private static final String BASE = "/alppay";
    private static final List<String> PAYMENT_ORDER =
            List.of("amount", "asset", "customer", "clientId", "invoice", "checkoutUrl");
    private static final List<String> WITHDRAWAL_ORDER =
            List.of(
                    "amount",
                    "asset",
                    "addressTo",
                    "customer",
                    "destTag",
                    "invoice",
                    "addressFrom",
                    "clientId",
                    "transferAll");

    private final World world;
    private final ApiFaults faults;
    private final RequestLog log;

    AlppayApi(World world, ApiFaults faults, RequestLog log) {
        this.world = world;
        this.faults = faults;
        this.log = log;
    }

    void mount(Router r) {
        r.post(BASE + "/payment", guard(this::createPayment));
        r.get(BASE + "/payment", guard(this::listPayments));
        r.get(BASE + "/payment/{id}", guard(this::payment));
        r.post(BASE + "/withdrawal", guard(this::createWithdrawal));
        r.get(BASE + "/withdrawal", guard(this::listWithdrawals));
        r.get(BASE + "/withdrawal/{id}", guard(this::withdrawal));
        r.get(BASE + "/wallets-balances", guard((call, merchant) -> balances(merchant)));
        r.add(
                "*",
                BASE + "/{rest...}",
                guard(
                        (call, merchant) -> {
                            throw new AlppayRefused(404, "not found");
                        }));
    }

    // ---- the gate ----

    private Handler guard(BiFunction<Call, String, JsonElement> work) {
        return call -> {
            JsonObject entry =
                    Json.of(
                            "method", call.method(),
                            "path", call.path(),
                            "query", call.query(),
                            "at", world.now().toString(),
                            "body", call.bodyText());
            log.add(entry);
            Answer answer =
                    faults.around(
                            call,
                            status -> Answer.json(status, Json.of("message", "internal error")),
                            () -> run(call, work));
            entry.addProperty("status", answer.status());
            return answer;
        };
    }

    private Answer run(Call call, BiFunction<Call, String, JsonElement> work) {
        try {
            String merchant = authenticate(call);
            return Answer.json(200, world.act(() -> work.apply(call, merchant)));
        } catch (AlppayRefused refused) {
            return Answer.json(refused.status(), refused.json());
        }
    }

    private String authenticate(Call call) {
        JsonObject merchant =
                world.byApiKey(call.header("api-key").orElse(""))
                        .orElseThrow(() -> new AlppayRefused(401, "invalid API key"));
        if (!Json.flag(merchant, "_listed")) {
            throw new AlppayRefused(403, "forbidden");
        }
        String id = Json.need(merchant, "id");
        if (call.body().length > 0) {
            byte[] claimed =
                    call.header("x-hmac")
                            .orElseThrow(() -> new AlppayRefused(401, "missing signature"))
                            .getBytes(StandardCharsets.UTF_8);
            boolean genuine =
                    world.hmacKeys(id).stream()
                            .map(key -> Delivery.sign(key, call.body()))
                            .anyMatch(
                                    right ->
                                            MessageDigest.isEqual(
                                                    right.getBytes(StandardCharsets.UTF_8),
                                                    claimed));
            if (!genuine) {
                throw new AlppayRefused(401, "invalid signature");
            }
        }
        return id;
    }

    private static JsonObject body(Call call, List<String> order) {
        JsonObject body;
        try {
            body = Json.parse(call.bodyText());
        } catch (IllegalArgumentException broken) {
            throw new AlppayRefused(400, "malformed JSON");
        }
        int last = -1;
        for (String name : body.keySet()) {
            int at = order.indexOf(name);
            if (at <= last) {
                throw new AlppayRefused(400, "incorrect field order at " + name);
            }
            last = at;
        }
        return body;
    }

    // ---- payments ----

    private JsonElement createPayment(Call call, String merchant) {
        JsonObject body = body(call, PAYMENT_ORDER);
        checkAmount(body);
        coin(body);
        checkCustomer(body);
        return World.shown(world.order(merchant, body));
    }

    private static void checkAmount(JsonObject body) {
        JsonElement amount = body.get("amount");
        boolean text = amount instanceof JsonPrimitive p && p.isString();
        try {
            if (text
                    && Amounts.of(amount.getAsString()).signum() > 0
                    && Amounts.fits(Amounts.of(amount.getAsString()))) {
                return;
            }
        } catch (IllegalArgumentException wrong) {
            throw new AlppayRefused(422, "amount: not a decimal");
        }
        throw new AlppayRefused(422, "amount: must be a positive decimal text");
    }

    private static Coin coin(JsonObject body) {
        JsonObject asset = Json.child(body, "asset");
        return Coins.find(
                        Json.text(asset, "short").orElse(""),
                        Json.text(asset, "network").orElse(""))
                .orElseThrow(() -> new AlppayRefused(422, "asset: not available"));
    }

    private static void checkCustomer(JsonObject body) {
        JsonObject customer = Json.child(body, "customer");
        boolean number =
                customer.get("id") instanceof JsonPrimitive id
                        && id.isNumber()
                        && id.getAsString().matches("[0-9]{1,16}");
        if (!number
                || Json.text(customer, "name").orElse("").isBlank()
                || !Json.text(customer, "email").orElse("").contains("@")) {
            throw new AlppayRefused(422, "customer: id, name and email are required");
        }
    }

    private JsonElement payment(Call call, String merchant) {
        return Json.of("data", World.shown(own(world.findPayment(call.var("id")), merchant)));
    }

    private static JsonObject own(java.util.Optional<JsonObject> found, String merchant) {
        return found.filter(o -> Json.need(o, "_merchant").equals(merchant))
                .orElseThrow(() -> new AlppayRefused(404, "not found"));
    }

    private JsonElement listPayments(Call call, String merchant) {
        JsonObject query = call.params();
        List<JsonObject> all = new ArrayList<>(world.payments(merchant));
        all.removeIf(p -> !wanted(p, query) || !searched(p, query));
        if (Json.text(query, "sortOrder").orElse("desc").equalsIgnoreCase("asc")) {
            Collections.reverse(all);
        }
        return Json.of("results", page(all, query, 1));
    }

    private static boolean wanted(JsonObject object, JsonObject query) {
        return oneOf(query, "statuses", Json.need(object, "status"))
                && oneOf(query, "ids", Json.need(object, "id"))
                && oneOf(query, "invoices", Json.need(object, "invoice"))
                && oneOf(query, "method", Coins.of(Json.child(object, "asset")).method())
                && (Json.missing(query, "txnIds")
                        || transfers(object).stream().anyMatch(t -> oneOf(query, "txnIds", t)));
    }

    private static List<String> transfers(JsonObject object) {
        if (object.has("transactions")) {
            return Json.children(object, "transactions").asList().stream()
                    .map(t -> Json.need(t.getAsJsonObject(), "txnId"))
                    .toList();
        }
        return List.of(Json.need(object, "txnId"));
    }

    private static boolean oneOf(JsonObject query, String name, String value) {
        String wanted = Json.text(query, name).orElse("");
        if (wanted.isEmpty()) {
            return true;
        }
        Set<String> all =
                Arrays.stream(wanted.split(","))
                        .map(w -> w.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return all.contains(value.toLowerCase(Locale.ROOT));
    }

    private static boolean searched(JsonObject payment, JsonObject query) {
        String search = Json.text(query, "search").orElse("");
        return search.isEmpty()
                || Json.need(payment, "id").equals(search)
                || Json.need(payment, "addressTo").contains(search)
                || Json.need(payment, "invoice").contains(search)
                || transfers(payment).stream().anyMatch(t -> t.contains(search));
    }

    private static JsonArray page(List<JsonObject> all, JsonObject query, int first) {
        int limit = number(query, "limit", 20);
        int page = number(query, "page", first);
        if (limit < 1 || limit > 100 || page < first) {
            throw new AlppayRefused(422, "page or limit out of range");
        }
        JsonArray array = new JsonArray();
        all.stream()
                .skip((long) (page - first) * limit)
                .limit(limit)
                .forEach(o -> array.add(World.shown(o)));
        return array;
    }

    private static int number(JsonObject query, String name, int otherwise) {
        String text = Json.text(query, name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new AlppayRefused(422, name + ": not a number");
        }
        return Integer.parseInt(text);
    }

    // ---- withdrawals ----

    private JsonElement createWithdrawal(Call call, String merchant) {
        JsonObject body = body(call, WITHDRAWAL_ORDER);
        checkAmount(body);
        Coin coin = coin(body);
        checkCustomer(body);
        if (!Coins.canLeave(coin)) {
            throw new AlppayRefused(422, "asset: not available for withdrawals");
        }
        if (Json.text(body, "addressTo").orElse("").isBlank()) {
            throw new AlppayRefused(422, "addressTo: required");
        }
        return World.shown(world.withdraw(merchant, body));
    }

    private JsonElement withdrawal(Call call, String merchant) {
        return World.shown(own(world.findWithdrawal(call.var("id")), merchant));
    }

    private JsonElement listWithdrawals(Call call, String merchant) {
        JsonObject query = call.params();
        List<JsonObject> all = new ArrayList<>(world.withdrawals(merchant));
        all.removeIf(w -> !wanted(w, query));
        return Json.of(
                "data", page(all, query, 0),
                "page", number(query, "page", 0),
                "limit", number(query, "limit", 20),
                "total", all.size());
    }

    private JsonElement balances(String merchant) {
        BigDecimal dollars =
                world.balances(merchant).entrySet().stream()
                        .filter(e -> e.getKey().startsWith("USD"))
                        .map(java.util.Map.Entry::getValue)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Json.of("deposit", Amounts.text(dollars), "withdraw", "0", "cold", "0");
    }
}
