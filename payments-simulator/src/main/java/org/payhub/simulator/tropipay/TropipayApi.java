package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Form;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.RequestLog;
import org.payhub.simulator.kit.Router;

/** Tropipay's interface, below {@code /tropipay}. */
final class TropipayApi {

    private static final String BASE = "/tropipay";
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final int LONGEST_CONCEPT = 254;
    private static final int MOST_ROWS = 50;
    private static final long SMALLEST = 100;
    private static final long LARGEST_BY_CARD = 250_000;

    private record Token(String account, Instant until) {}

    private final Shop shop;
    private final ApiFaults faults;
    private final RequestLog log;
    private final Ids ids = Ids.random();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    TropipayApi(Shop shop, ApiFaults faults, RequestLog log) {
        this.shop = shop;
        this.faults = faults;
        this.log = log;
    }

    /** What one call does once it is known whose it is. */
    private interface Work extends BiFunction<Call, JsonObject, JsonElement> {}

    void mount(Router r) {
        r.post(BASE + "/access/token", call -> guarded(call, this::token));
        r.get(BASE + "/users/profile", call -> as("ALLOW_GET_PROFILE_DATA", call, this::profile));
        r.post(BASE + "/paymentcards", call -> as("ALLOW_EXTERNAL_CHARGE", call, this::createCard));
        r.get(BASE + "/paymentcards", call -> as("ALLOW_PAYMENT_IN", call, this::listCards));
        r.get(BASE + "/paymentcards/{id}", call -> as("ALLOW_PAYMENT_IN", call, this::card));
        r.get(
                BASE + "/paymentcards/{id}/details",
                call -> as("ALLOW_PAYMENT_IN", call, this::details));
        r.delete(
                BASE + "/paymentcards/{id}",
                call -> as("ALLOW_EXTERNAL_CHARGE", call, this::deleteCard));
        r.get(BASE + "/movements", call -> as("ALLOW_GET_MOVEMENT_LIST", call, this::movements));
        r.get(BASE + "/movements/", call -> as("ALLOW_GET_MOVEMENT_LIST", call, this::movements));
        r.get(
                BASE + "/movements/{code}/state",
                call -> as("ALLOW_GET_MOVEMENT_LIST", call, this::state));
        r.post(BASE + "/movements/in/refund", call -> as("ALLOW_REFUND", call, this::refund));
        r.get(BASE + "/user/hooks/events", call -> as("", call, (c, a) -> list(Shop.EVENTS)));
        r.get(BASE + "/user/hooks", call -> as("", call, this::hooks));
        r.post(BASE + "/user/hooks", call -> as("", call, this::setHook));
        r.add("PUT", BASE + "/user/hooks", call -> as("", call, this::setHook));
        r.delete(BASE + "/user/hooks/{event}/{target}", call -> as("", call, this::removeHook));
    }

    /** Every token is worth nothing from now on, as after a rotation. */
    void forgetTokens() {
        tokens.clear();
    }

    // ---- around a call ----

    private Answer guarded(Call call, java.util.function.Function<Call, Answer> work) {
        Answer answer =
                faults.around(
                        call,
                        status ->
                                Answer.json(
                                        status,
                                        Json.of(
                                                "error",
                                                Json.of(
                                                        "type",
                                                        "OPERATION_ERROR",
                                                        "code",
                                                        "OPERATION_ERROR",
                                                        "message",
                                                        "Something went wrong"))),
                        () -> tried(call, work));
        log.add(
                Json.of(
                        "at", shop.clock.instant().toString(),
                        "method", call.method(),
                        "path", call.path().substring(BASE.length()),
                        "status", answer.status(),
                        "account", null));
        return answer;
    }

    private Answer tried(Call call, java.util.function.Function<Call, Answer> work) {
        try {
            return call.method().equals("GET")
                    ? shop.look(() -> work.apply(call))
                    : shop.act(() -> work.apply(call));
        } catch (Refusal refused) {
            return refused.answer();
        } catch (IllegalArgumentException wrong) {
            return Refusal.invalid(String.valueOf(wrong.getMessage())).answer();
        }
    }

    private Answer as(String scope, Call call, Work work) {
        return guarded(
                call,
                c -> {
                    JsonObject account = caller(c);
                    if (!scope.isEmpty()
                            && !Json.children(account, "_scopes").contains(Json.element(scope))) {
                        throw Refusal.right(scope);
                    }
                    return Answer.json(200, work.apply(c, account));
                });
    }

    private JsonObject caller(Call call) {
        String bearer = call.header("authorization").orElse("");
        Token token = bearer.startsWith("Bearer ") ? tokens.get(bearer.substring(7).strip()) : null;
        if (token == null || !shop.clock.instant().isBefore(token.until())) {
            throw Refusal.token();
        }
        return shop.account(token.account());
    }

    // ---- the token ----

    private Answer token(Call call) {
        JsonObject in = call.json();
        if (!Json.text(in, "grant_type").filter("client_credentials"::equals).isPresent()) {
            throw Refusal.invalid("unsupported_grant_type");
        }
        JsonObject account =
                shop.byCredentials(
                                Json.text(in, "client_id").orElse(""),
                                Json.text(in, "client_secret").orElse(""))
                        .orElseThrow(Refusal::credentials);
        Instant until = shop.clock.instant().plus(TOKEN_LIFE);
        String text = jwt(until);
        tokens.values().removeIf(t -> !shop.clock.instant().isBefore(t.until()));
        tokens.put(text, new Token(Shop.id(account), until));
        return Answer.json(
                200,
                Json.of(
                        "access_token", text,
                        "refresh_token", ids.next("", 40),
                        "token_type", "Bearer",
                        // Said to be seconds from now; it is a moment.
                        "expires_in", until.getEpochSecond(),
                        "scope", scopes(account)));
    }

    private static String scopes(JsonObject account) {
        return StreamSupport.stream(Json.children(account, "_scopes").spliterator(), false)
                .map(JsonElement::getAsString)
                .collect(Collectors.joining(" "));
    }

    private String jwt(Instant until) {
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                + "."
                + part("{\"exp\":" + until.getEpochSecond() + "}")
                + "."
                + ids.next("", 43);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private JsonElement profile(Call call, JsonObject account) {
        return Shop.shown(account);
    }

    // ---- payment cards ----

    private JsonElement createCard(Call call, JsonObject account) {
        JsonObject in = call.json();
        String concept = needText(in, "concept");
        if (concept.length() > LONGEST_CONCEPT * 2 || concept.isBlank()) {
            throw Refusal.invalid("Invalid Parameter: concept");
        }
        needText(in, "description");
        long amount = needWhole(in, "amount");
        String currency = needText(in, "currency");
        if (!List.of("EUR", "USD", "USDC").contains(currency)) {
            throw Refusal.invalid("Invalid Parameter: currency");
        }
        if (amount < SMALLEST) {
            throw Refusal.amount("invalid_amount: at least " + SMALLEST);
        }
        boolean cardsOnly =
                in.has("paymentMethods")
                        && in.get("paymentMethods").isJsonArray()
                        && Json.children(in, "paymentMethods").size() == 1
                        && Json.children(in, "paymentMethods").contains(Json.element("EXT"));
        if (cardsOnly && amount > LARGEST_BY_CARD) {
            throw Refusal.amount("invalid_amount: at most " + LARGEST_BY_CARD + " by card");
        }
        boolean single = needFlag(in, "singleUse");
        needFlag(in, "favorite");
        if (single) {
            if (needText(in, "reference").isBlank()) {
                throw Refusal.invalid("Invalid Parameter: reference");
            }
            needDate(in, "serviceDate");
        }
        if (!Json.missing(in, "expirationDate")) {
            needDate(in, "expirationDate");
        }
        for (String url : List.of("urlSuccess", "urlFailed", "urlNotification")) {
            Optional<String> address = Json.text(in, url);
            if (address.isPresent()
                    && (address.get().contains(" ") || !address.get().startsWith("http"))) {
                throw Refusal.invalid("Invalid Parameter: " + url);
            }
        }
        return Shop.shown(shop.addCard(account, in));
    }

    private static String needText(JsonObject in, String name) {
        JsonElement value = in.get(name);
        if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw Refusal.invalid("Invalid Parameter: " + name);
        }
        return value.getAsString();
    }

    private static long needWhole(JsonObject in, String name) {
        JsonElement value = in.get(name);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()
                || !value.getAsString().matches("-?\\d{1,15}")) {
            throw Refusal.invalid("Invalid Parameter: " + name);
        }
        return value.getAsLong();
    }

    private static boolean needFlag(JsonObject in, String name) {
        JsonElement value = in.get(name);
        if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw Refusal.invalid("Invalid Parameter: " + name);
        }
        return value.getAsBoolean();
    }

    private static void needDate(JsonObject in, String name) {
        try {
            LocalDate.parse(needText(in, name));
        } catch (DateTimeException wrong) {
            throw Refusal.invalid("Invalid Parameter: " + name);
        }
    }

    private JsonElement listCards(Call call, JsonObject account) {
        return page(shop.cards(account), call, 10, 100);
    }

    private JsonElement card(Call call, JsonObject account) {
        return Shop.shown(own(call, account));
    }

    private JsonObject own(Call call, JsonObject account) {
        return shop.card(call.var("id"))
                .filter(c -> Json.need(c, "userId").equals(Shop.id(account)))
                .filter(c -> !Json.flag(c, "_deleted"))
                .orElseThrow(Refusal::missing);
    }

    private JsonElement details(Call call, JsonObject account) {
        JsonObject card = own(call, account);
        JsonArray charges = new JsonArray();
        shop.movements(account).stream()
                .filter(m -> Json.text(m, "paymentcardId").equals(Json.text(card, "id")))
                .forEach(m -> Json.children(m, "charges").forEach(charges::add));
        JsonObject shown = Shop.shown(card);
        shown.add("charges", charges);
        return shown;
    }

    private JsonElement deleteCard(Call call, JsonObject account) {
        JsonObject card = own(call, account);
        shop.deleteCard(card);
        return Json.of("id", Json.need(card, "id"), "deleted", true);
    }

    // ---- movements ----

    private JsonElement movements(Call call, JsonObject account) {
        JsonObject query = Form.parse(call.query());
        List<JsonObject> all = shop.movements(account);
        List<JsonObject> wanted =
                shop.filtersIgnored()
                        ? all
                        : Filter.apply(all, Json.text(query, "query").orElse(""));
        return Json.of(
                "count", wanted.size(),
                "rows", page(wanted, call, 20, MOST_ROWS),
                "limit", limit(query, 20, MOST_ROWS),
                "offset", whole(query, "offset", 0));
    }

    private static JsonArray page(List<JsonObject> rows, Call call, int usual, int most) {
        JsonObject query = Form.parse(call.query());
        JsonArray page = new JsonArray();
        rows.stream()
                .skip(whole(query, "offset", 0))
                .limit(limit(query, usual, most))
                .map(Shop::shown)
                .forEach(page::add);
        return page;
    }

    private static long limit(JsonObject query, int usual, int most) {
        return Math.min(whole(query, "limit", usual), most);
    }

    private static long whole(JsonObject query, String name, int usual) {
        String text = Json.text(query, name).orElse("" + usual);
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.invalid("Invalid Parameter: " + name);
        }
        return Long.parseLong(text);
    }

    private JsonElement state(Call call, JsonObject account) {
        JsonObject movement =
                shop.movements(account).stream()
                        .filter(
                                m ->
                                        Json.need(m, "bankOrderCode").equals(call.var("code"))
                                                || Json.need(m, "reference")
                                                        .equals(call.var("code")))
                        .findFirst()
                        .orElseThrow(Refusal::missing);
        JsonObject state = new JsonObject();
        for (String name :
                List.of("id", "reference", "state", "createdAt", "updatedAt", "completedAt")) {
            state.add(name, movement.get(name));
        }
        return state;
    }

    private JsonElement refund(Call call, JsonObject account) {
        JsonObject in = call.json();
        return Shop.shown(
                shop.orderRefund(
                        account,
                        needText(in, "orderCode"),
                        needWhole(in, "amount"),
                        Json.text(in, "securityCode").orElse("")));
    }

    // ---- hooks ----

    private static JsonArray list(List<String> texts) {
        return Json.list(texts.toArray());
    }

    private JsonElement hooks(Call call, JsonObject account) {
        JsonArray rows = new JsonArray();
        Json.child(account, "_hooks")
                .entrySet()
                .forEach(
                        e ->
                                rows.add(
                                        Json.of(
                                                "event",
                                                e.getKey(),
                                                "target",
                                                "web",
                                                "value",
                                                e.getValue())));
        return rows;
    }

    private JsonElement setHook(Call call, JsonObject account) {
        JsonObject in = call.json();
        String event = needText(in, "event");
        if (!needText(in, "target").equals("web") || !needText(in, "value").startsWith("http")) {
            throw Refusal.invalid("Invalid Parameter: value");
        }
        Json.child(account, "_hooks").addProperty(event, needText(in, "value"));
        return Json.of(
                "action",
                call.method().equals("PUT") ? "update" : "subscribe",
                "status",
                "success",
                "details",
                event);
    }

    private JsonElement removeHook(Call call, JsonObject account) {
        if (Json.child(account, "_hooks").remove(call.var("event")) == null) {
            throw Refusal.missing();
        }
        return Json.of("action", "unsubscribe", "status", "success", "details", call.var("event"));
    }
}
