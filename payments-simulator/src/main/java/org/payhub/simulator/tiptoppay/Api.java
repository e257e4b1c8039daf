package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.RequestLog;
import org.payhub.simulator.kit.Router;

/** The interface below {@code /tiptoppay}: always POST, keys in Basic, one envelope. */
final class Api {

    private static final String BASE = "/tiptoppay";
    private static final int PAGE = 100;

    private final World world;
    private final ApiFaults faults;
    private final RequestLog log;

    Api(World world, ApiFaults faults, RequestLog log) {
        this.world = world;
        this.faults = faults;
        this.log = log;
    }

    void mount(Router r) {
        call(r, "/test", false, (site, in) -> Json.of("Success", true, "Message", guid()));
        call(r, "/orders/create", true, this::createOrder);
        call(r, "/orders/cancel", true, this::cancelOrder);
        call(r, "/payments/get", false, this::get);
        call(r, "/payments/find", false, (site, in) -> find(site, in, true));
        call(r, "/v2/payments/find", false, (site, in) -> find(site, in, false));
        call(r, "/payments/list", false, this::listDay);
        call(r, "/v2/payments/list", false, this::list);
        call(r, "/payments/confirm", true, this::confirm);
        call(r, "/payments/void", true, this::release);
        call(r, "/payments/refund", true, this::refund);
        for (String type : World.TYPES) {
            String path = "/site/notifications/" + type;
            call(r, path + "/get", false, (site, in) -> setting(site, type));
            call(r, path + "/update", false, (site, in) -> update(site, type, in));
        }
        r.add("*", BASE + "/{rest...}", c -> Answer.text(404, "text/plain", "Not found"));
    }

    private static String guid() {
        return UUID.randomUUID().toString();
    }

    private void call(
            Router router,
            String path,
            boolean remembered,
            BiFunction<String, JsonObject, JsonObject> work) {
        router.post(BASE + path, c -> answer(c, remembered, work));
    }

    private Answer answer(
            Call call, boolean remembered, BiFunction<String, JsonObject, JsonObject> work) {
        JsonObject entry =
                Json.of(
                        "at", java.time.Instant.now().toString(),
                        "method", call.method(),
                        "path", call.path(),
                        "idempotencyKey", call.header("x-request-id").orElse(null),
                        "params", input(call).orElse(null),
                        "status", null);
        log.add(entry);
        Answer answer =
                faults.around(
                        call,
                        status -> Answer.json(status, failure("An error has occurred.")),
                        () -> run(call, remembered, work));
        entry.addProperty("status", answer.status());
        return answer;
    }

    private Answer run(
            Call call, boolean remembered, BiFunction<String, JsonObject, JsonObject> work) {
        Optional<String> site = authenticate(call);
        if (site.isEmpty()) {
            return Answer.text(401, "text/plain", "").with("WWW-Authenticate", "Basic");
        }
        Optional<JsonObject> in = input(call);
        if (in.isEmpty()) {
            return Answer.json(200, failure("The request could not be read"));
        }
        String requestId = remembered ? call.header("x-request-id").orElse("") : "";
        // One at a time for each key, or two copies of a request would both be carried out.
        synchronized ((site.get() + "/" + requestId).intern()) {
            if (!requestId.isEmpty()) {
                Optional<JsonObject> before = world.answered(site.get(), requestId);
                if (before.isPresent()) {
                    return Answer.json(200, before.get());
                }
            }
            try {
                JsonObject said = work.apply(site.get(), in.get());
                if (!requestId.isEmpty()) {
                    world.answered(site.get(), requestId, said);
                }
                return Answer.json(200, said);
            } catch (IllegalArgumentException refused) {
                return Answer.json(200, failure(refused.getMessage()));
            }
        }
    }

    private static JsonObject failure(String message) {
        return Json.of("Success", false, "Message", message);
    }

    private static JsonObject success(Object model) {
        return Json.of("Model", model, "Success", true, "Message", null);
    }

    private static Optional<JsonObject> input(Call call) {
        try {
            return Optional.of(call.isJson() ? call.json() : call.params());
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private Optional<String> authenticate(Call call) {
        String header = call.header("authorization").orElse("");
        if (!header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(
                            Base64.getDecoder().decode(header.substring(6).strip()),
                            StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            String publicId = colon < 0 ? pair : pair.substring(0, colon);
            String secret = colon < 0 ? "" : pair.substring(colon + 1);
            return world.findSite(publicId)
                    .filter(site -> Json.need(site, "apiSecret").equals(secret))
                    .map(site -> publicId);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    // ---- orders ----

    private JsonObject createOrder(String site, JsonObject in) {
        return success(world.shown(world.createOrder(site, in)));
    }

    private JsonObject cancelOrder(String site, JsonObject in) {
        world.cancelOrder(site, Json.text(in, "Id").orElse(""));
        return Json.of("Success", true, "Message", null);
    }

    // ---- operations ----

    private static long number(JsonObject in) {
        String text = Json.text(in, "TransactionId").orElse("");
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("TransactionId is required");
        }
        return Long.parseLong(text);
    }

    private static String amount(JsonObject in) {
        return Json.text(in, "Amount").orElse("");
    }

    private JsonObject get(String site, JsonObject in) {
        return world.findTransaction(number(in))
                .filter(t -> site.equals(Json.need(t, "site")))
                .map(t -> success(World.operation(t)))
                .orElseGet(() -> failure("Not found"));
    }

    /** The last one of that number alone: an earlier success may hide behind a later refusal. */
    private JsonObject find(String site, JsonObject in, boolean paymentsOnly) {
        String invoice = Json.text(in, "InvoiceId").orElse("");
        List<JsonObject> all =
                world.transactions(
                        site,
                        t ->
                                invoice.equals(Json.need(t, "InvoiceId"))
                                        && (!paymentsOnly || Json.number(t, "Type") == 0));
        if (invoice.isEmpty() || all.isEmpty()) {
            return failure("Not found");
        }
        JsonObject last = all.get(all.size() - 1);
        JsonObject answer = success(World.operation(last));
        // Declined is answered as no success, with all that is known.
        answer.addProperty("Success", !"Declined".equals(Json.need(last, "Status")));
        return answer;
    }

    private JsonObject listDay(String site, JsonObject in) {
        String day = Json.text(in, "Date").orElse("");
        if (!day.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            throw new IllegalArgumentException("Date is required");
        }
        return success(
                shown(
                        world.transactions(
                                site, t -> Json.need(t, "CreatedDateIso").startsWith(day))));
    }

    private JsonObject list(String site, JsonObject in) {
        String from = utc(in, "CreatedDateGte");
        String to = utc(in, "CreatedDateLte");
        int page = (int) Json.number(in, "PageNumber");
        if (page < 1) {
            throw new IllegalArgumentException("PageNumber is required");
        }
        List<JsonObject> all =
                world.transactions(
                        site,
                        t ->
                                Json.need(t, "CreatedDateIso").compareTo(from) >= 0
                                        && Json.need(t, "CreatedDateIso").compareTo(to) <= 0);
        int first = Math.min(all.size(), (page - 1) * PAGE);
        return success(shown(all.subList(first, Math.min(all.size(), first + PAGE))));
    }

    private static String utc(JsonObject in, String name) {
        try {
            String text =
                    OffsetDateTime.parse(Json.text(in, name).orElse("")).toInstant().toString();
            return text.substring(0, 19);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(name + " is required", wrong);
        }
    }

    private static JsonArray shown(List<JsonObject> transactions) {
        JsonArray array = new JsonArray();
        transactions.forEach(t -> array.add(World.operation(t)));
        return array;
    }

    private JsonObject confirm(String site, JsonObject in) {
        world.confirm(site, number(in), amount(in));
        return Json.of("Success", true, "Message", null);
    }

    private JsonObject release(String site, JsonObject in) {
        world.release(site, number(in));
        return Json.of("Success", true, "Message", null);
    }

    private JsonObject refund(String site, JsonObject in) {
        long id = world.refund(site, number(in), amount(in), Json.text(in, "JsonData").orElse(""));
        return success(Json.of("TransactionId", id));
    }

    // ---- notification addresses ----

    private JsonObject setting(String site, String type) {
        JsonObject setting = world.notification(site, type);
        setting.remove("body");
        return success(setting);
    }

    /** What is left out falls back to off and GET, as the original does. */
    private JsonObject update(String site, String type, JsonObject in) {
        if (type.equals("check")) {
            return failure("Check notifications are set in the personal account");
        }
        world.notification(
                site,
                type,
                Json.of(
                        "IsEnabled", Json.flag(in, "IsEnabled"),
                        "Address", Json.text(in, "Address").orElse(""),
                        "HttpMethod", Json.text(in, "HttpMethod").orElse("GET"),
                        "Encoding", Json.text(in, "Encoding").orElse("UTF8"),
                        "Format", Json.text(in, "Format").orElse("CloudPayments")));
        return Json.of("Success", true, "Message", null);
    }
}
