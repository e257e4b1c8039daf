package org.payhub.web.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * A request's JSON object, read by name. What is missing or of the wrong kind is refused with the
 * path of the field ({@code client.phone}); what nobody asks for is left alone.
 *
 * <p>Duplicate names, nesting deeper than 64 and text after the object are refused: two readers of
 * one body must not see two different requests.
 */
final class JsonIn {

    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(
                    Map.of(
                            JsonConfig.KEY_STRATEGY,
                            JsonConfig.KeyStrategy.NONE,
                            "org.eclipse.parsson.maxDepth",
                            64));

    private final JsonObject object;
    private final String path;

    private JsonIn(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Reads a body; an absent one is an empty object. */
    static JsonIn parse(String body) {
        if (body == null || body.isBlank()) {
            return new JsonIn(JsonValue.EMPTY_JSON_OBJECT, "");
        }
        try (JsonReader reader = READERS.createReader(new StringReader(body))) {
            JsonValue value = reader.readValue();
            if (value instanceof JsonObject found) {
                return new JsonIn(found, "");
            }
            throw notReadable("The body must be one JSON object.");
        } catch (JsonException | IllegalStateException e) {
            throw notReadable("The body is not JSON that can be read without doubt.");
        }
    }

    private static HubException notReadable(String sentence) {
        return new HubException(Problem.INVALID, "request.json_invalid", sentence);
    }

    private String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    boolean has(String field) {
        JsonValue value = object.get(field);
        return value != null && value.getValueType() != JsonValue.ValueType.NULL;
    }

    /** Text that may be absent; numbers are taken as their digits. */
    Optional<String> text(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonValue value = object.get(field);
        if (value instanceof JsonString text) {
            return Optional.of(text.getString()).map(String::strip).filter(t -> !t.isEmpty());
        }
        if (value instanceof JsonNumber number && number.toString().length() <= 64) {
            return Optional.of(number.toString());
        }
        throw HubException.ofField(
                name(field), "request.not_a_text", name(field) + " must be a text.");
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    private HubException missing(String field) {
        return HubException.ofField(
                name(field), "request.field_missing", name(field) + " is needed.");
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        return switch (object.get(field).getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default ->
                    throw HubException.ofField(
                            name(field),
                            "request.not_a_boolean",
                            name(field) + " must be true or false.");
        };
    }

    Optional<Instant> instant(String field) {
        return text(field).map(text -> instant(name(field), text));
    }

    Instant requiredInstant(String field) {
        return instant(field).orElseThrow(() -> missing(field));
    }

    static Instant instant(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw HubException.ofField(
                    field,
                    "request.not_a_time",
                    field + " must be a time with its offset, for example 2026-03-08T14:00:00Z.");
        }
    }

    Optional<JsonIn> object(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (object.get(field) instanceof JsonObject inner) {
            return Optional.of(new JsonIn(inner, name(field)));
        }
        throw HubException.ofField(
                name(field), "request.not_an_object", name(field) + " must be an object.");
    }

    /** Money is an object with a decimal text and a currency. */
    Optional<Money> money(String field) {
        return object(field).map(JsonIn::asMoney);
    }

    private Money asMoney() {
        if (has("amount") && object.get("amount") instanceof JsonNumber) {
            throw HubException.ofField(
                    name("amount"),
                    "money.not_a_text",
                    "Amounts are decimal texts, for example \"25.00\": numbers lose digits on"
                            + " their way.");
        }
        String amount = requiredText("amount");
        String currency = requiredText("currency");
        try {
            return Money.parse(amount, Asset.of(currency));
        } catch (HubException e) {
            throw HubException.ofField(
                    e.code().equals("money.asset_unknown") ? name("currency") : path,
                    e.code(),
                    e.getMessage());
        }
    }

    /** The entries of a list: texts, or objects. */
    List<Entry> list(String field) {
        if (!has(field)) {
            return List.of();
        }
        if (!(object.get(field) instanceof JsonArray array)) {
            throw HubException.ofField(
                    name(field), "request.not_a_list", name(field) + " must be a list.");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String at = name(field) + "[" + i + "]";
            JsonValue value = array.get(i);
            if (value instanceof JsonString text) {
                entries.add(new Entry(Optional.of(text.getString().strip()), Optional.empty()));
            } else if (value instanceof JsonObject inner) {
                entries.add(new Entry(Optional.empty(), Optional.of(new JsonIn(inner, at))));
            } else {
                throw HubException.ofField(
                        at, "request.not_a_text", at + " must be a text or an object.");
            }
        }
        return List.copyOf(entries);
    }

    /** The texts of a list of texts. */
    List<String> texts(String field) {
        return list(field).stream()
                .map(
                        e ->
                                e.text()
                                        .orElseThrow(
                                                () ->
                                                        HubException.ofField(
                                                                name(field),
                                                                "request.not_a_text",
                                                                name(field) + " must hold texts.")))
                .toList();
    }

    /** Every text of an object whose names are data (credential fields). */
    Map<String, String> textsByName() {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        for (String field : object.keySet()) {
            text(field).ifPresent(value -> texts.put(field, value));
        }
        return texts;
    }

    /** One entry of a list: either a text or an object. */
    record Entry(Optional<String> text, Optional<JsonIn> object) {}
}
