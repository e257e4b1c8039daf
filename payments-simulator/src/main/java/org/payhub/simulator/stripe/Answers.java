package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;

/** Shows kept objects to API callers: stripped, expanded, paged. */
final class Answers {

    /** Fields that hold the id of another object. */
    private static final Set<String> LINKS =
            Set.of(
                    "balance_transaction",
                    "charge",
                    "dispute",
                    "failure_balance_transaction",
                    "latest_charge",
                    "payment_intent",
                    "source");

    private final World world;

    Answers(World world) {
        this.world = world;
    }

    JsonObject one(JsonObject object, List<String> expand) {
        JsonObject shown = show(object);
        for (String path : expand) {
            expand(shown, Store.space(object), path, path);
        }
        return shown;
    }

    /** A page: {@code limit}, {@code starting_after}, {@code ending_before}, {@code created}. */
    JsonObject list(Request request, String type, Predicate<JsonObject> wanted) {
        JsonObject params = request.params();
        int limit = limit(params);
        List<JsonObject> all =
                world.store.all(
                        type,
                        request.space(),
                        world.moment(),
                        o -> wanted.test(o) && createdAsAsked(o, params));
        String after = Json.text(params, "starting_after").orElse(null);
        String before = Json.text(params, "ending_before").orElse(null);
        int from = 0;
        int to = all.size();
        if (after != null) {
            from = position(all, after, "starting_after", type) + 1;
        } else if (before != null) {
            to = position(all, before, "ending_before", type);
            from = Math.max(0, to - limit);
        }
        int end = Math.min(to, from + limit);
        boolean more = before == null || after != null ? end < to : from > 0;
        List<JsonElement> page = new ArrayList<>();
        for (JsonObject object : all.subList(Math.min(from, end), end)) {
            JsonObject shown = show(object);
            for (String path : request.expand()) {
                String inner = path.startsWith("data.") ? path.substring(5) : path;
                expand(shown, request.space(), inner, path);
            }
            page.add(shown);
        }
        return Render.list(request.call().path(), page, more);
    }

    private JsonObject show(JsonObject object) {
        return "balance_transaction".equals(Json.need(object, "object"))
                ? world.balances.present(object)
                : Render.strip(object);
    }

    private void expand(JsonObject shown, Space space, String path, String whole) {
        int dot = path.indexOf('.');
        String field = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (field.equals("refunds") && "charge".equals(Json.need(shown, "object"))) {
            shown.add("refunds", refundsOf(shown, space));
        } else if (field.equals("line_items")) {
            shown.add("line_items", lines(world.store.get(Json.need(shown, "id"))));
        } else if (LINKS.contains(field)) {
            Json.text(shown, field)
                    .flatMap(id -> world.read(space, id))
                    .ifPresent(target -> shown.add(field, show(target)));
        } else if (!shown.has(field)) {
            throw StripeError.invalid(
                    null, "expand", "This property cannot be expanded (" + whole + ").");
        }
        if (!rest.isEmpty() && shown.has(field) && shown.get(field).isJsonObject()) {
            JsonObject inner = shown.getAsJsonObject(field);
            if (inner.has("data") && rest.startsWith("data.")) {
                for (JsonElement e : inner.getAsJsonArray("data")) {
                    expand(e.getAsJsonObject(), space, rest.substring(5), whole);
                }
            } else if (inner.has("object")) {
                expand(inner, space, rest, whole);
            }
        }
    }

    private JsonObject refundsOf(JsonObject charge, Space space) {
        List<JsonElement> refunds = new ArrayList<>();
        world.read(space, Json.need(charge, "id"))
                .ifPresent(
                        c ->
                                world.refunds
                                        .of(c, world.moment())
                                        .forEach(r -> refunds.add(Render.strip(r))));
        return Render.list("/v1/charges/" + Json.need(charge, "id") + "/refunds", refunds, false);
    }

    JsonObject lines(JsonObject session) {
        List<JsonElement> lines = new ArrayList<>();
        int number = 0;
        for (JsonElement e : Json.children(session, "_lines")) {
            JsonObject line = e.getAsJsonObject();
            JsonObject price = Json.child(line, "price_data");
            long unit = Json.number(price, "unit_amount");
            long amount = Math.multiplyExact(unit, Json.number(line, "quantity"));
            lines.add(
                    Json.of(
                            "id",
                            "li_" + number++ + Json.need(session, "id"),
                            "object",
                            "item",
                            "amount_discount",
                            0,
                            "amount_subtotal",
                            amount,
                            "amount_tax",
                            0,
                            "amount_total",
                            amount,
                            "currency",
                            session.get("currency"),
                            "description",
                            Json.child(price, "product_data").get("name"),
                            "price",
                            null,
                            "quantity",
                            Json.number(line, "quantity")));
        }
        String url = "/v1/checkout/sessions/" + Json.need(session, "id") + "/line_items";
        return Render.list(url, lines, false);
    }

    private static int limit(JsonObject params) {
        if (Json.missing(params, "limit")) {
            return 10;
        }
        long limit = Amounts.whole(params, "limit", "limit");
        if (limit < 1 || limit > 100) {
            throw StripeError.invalid(
                    "parameter_invalid_integer", "limit", "Invalid limit: between 1 and 100.");
        }
        return (int) limit;
    }

    private static boolean createdAsAsked(JsonObject object, JsonObject params) {
        if (Json.missing(params, "created")) {
            return true;
        }
        long created = Json.number(object, "created");
        if (params.get("created").isJsonPrimitive()) {
            return created == Amounts.whole(params, "created", "created");
        }
        JsonObject range = Json.child(params, "created");
        return (!range.has("gt") || created > Amounts.whole(range, "gt", "created[gt]"))
                && (!range.has("gte") || created >= Amounts.whole(range, "gte", "created[gte]"))
                && (!range.has("lt") || created < Amounts.whole(range, "lt", "created[lt]"))
                && (!range.has("lte") || created <= Amounts.whole(range, "lte", "created[lte]"));
    }

    private static int position(List<JsonObject> all, String id, String param, String type) {
        for (int i = 0; i < all.size(); i++) {
            if (id.equals(Json.need(all.get(i), "id"))) {
                return i;
            }
        }
        throw StripeError.missing(type, id, param, null);
    }

    static JsonArray stripped(List<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(o -> array.add(Render.strip(o)));
        return array;
    }
}
