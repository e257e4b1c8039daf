package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.simulator.kit.Json;

/**
 * Merchant accounts and their keys. An account is kept in the test space of itself, because both
 * modes share it.
 *
 * <p>Guarantee: no key is written in the source; each is made at random when the account is.
 */
final class Accounts {

    /** Version that new accounts get for their events unless they say otherwise. */
    static final String NEWEST = "2026-07-29.dahlia";

    /** The kinds of keys, by their prefix. */
    enum Kind {
        PUBLISHABLE("pk"),
        SECRET("sk"),
        RESTRICTED("rk");

        final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** A key found by its text. */
    record Key(Space space, Kind kind, String value, boolean expired, JsonObject json) {}

    private final World world;
    private String baseUrl = "http://127.0.0.1";

    Accounts(World world) {
        this.world = world;
    }

    void baseUrl(String url) {
        baseUrl = url;
    }

    String baseUrl() {
        return baseUrl;
    }

    JsonObject create(String name, String country, String currency, String version) {
        if (!Currencies.known(currency)) {
            throw new IllegalArgumentException("The currency " + currency + " is not known here");
        }
        String id = world.ids.next("acct_1", 15);
        JsonObject account =
                Json.of(
                        "id",
                        id,
                        "object",
                        "account",
                        "business_profile",
                        Json.of("name", name, "url", null),
                        "business_type",
                        "company",
                        "capabilities",
                        Json.of("card_payments", "active", "transfers", "active"),
                        "charges_enabled",
                        true,
                        "country",
                        country.toUpperCase(Locale.ROOT),
                        "created",
                        world.seconds(),
                        "default_currency",
                        currency,
                        "details_submitted",
                        true,
                        "email",
                        "owner@example.com",
                        "metadata",
                        new JsonObject(),
                        "payouts_enabled",
                        true,
                        "settings",
                        Json.of(
                                "dashboard",
                                Json.of("display_name", name, "timezone", "Etc/UTC"),
                                "payments",
                                Json.of("statement_descriptor", descriptorOf(name))),
                        "type",
                        "standard",
                        "_version",
                        version);
        JsonArray keys = new JsonArray();
        for (boolean live : new boolean[] {false, true}) {
            for (Kind kind : Kind.values()) {
                keys.add(newKey(kind, live));
            }
        }
        account.add("_keys", keys);
        return world.store.add(new Space(id, false), account);
    }

    private JsonObject newKey(Kind kind, boolean live) {
        String mode = live ? "live" : "test";
        JsonObject key =
                Json.of(
                        "kind", kind.name(),
                        "live", live,
                        "value", world.ids.next(kind.prefix + "_" + mode + "_51", 97));
        if (kind == Kind.RESTRICTED) {
            JsonArray rights = new JsonArray();
            Rights.usual().forEach(rights::add);
            key.add("rights", rights);
        }
        return key;
    }

    /** Newest last, so that the first account made stays the first in lists. */
    List<JsonObject> all() {
        List<JsonObject> accounts = new ArrayList<>();
        world.store.everyAccount().forEach(id -> world.store.find(id).ifPresent(accounts::add));
        return accounts;
    }

    JsonObject get(String id) {
        return world.store
                .find(id)
                .filter(a -> "account".equals(Json.need(a, "object")))
                .orElseThrow(() -> new IllegalArgumentException("There is no account " + id));
    }

    String currency(String account) {
        return Json.need(get(account), "default_currency");
    }

    String version(String account) {
        return Json.text(get(account), "_version").orElse(null);
    }

    String name(String account) {
        return Json.need(Json.child(get(account), "business_profile"), "name");
    }

    String descriptor(String account) {
        return descriptorOf(name(account));
    }

    /** The key that signs requests of one kind and mode now. */
    String key(Space space, Kind kind) {
        for (JsonElement e : Json.children(get(space.account()), "_keys")) {
            JsonObject key = e.getAsJsonObject();
            if (is(key, kind, space.live()) && Json.missing(key, "expired")) {
                return Json.need(key, "value");
            }
        }
        throw new IllegalStateException("The account has no such key");
    }

    /** Looks a key up by its text, also among expired ones. */
    Optional<Key> find(String value) {
        for (JsonObject account : all()) {
            for (JsonElement e : Json.children(account, "_keys")) {
                JsonObject key = e.getAsJsonObject();
                if (value.equals(Json.need(key, "value"))) {
                    Space space = new Space(Json.need(account, "id"), Json.flag(key, "live"));
                    Kind kind = Kind.valueOf(Json.need(key, "kind"));
                    return Optional.of(
                            new Key(space, kind, value, !Json.missing(key, "expired"), key));
                }
            }
        }
        return Optional.empty();
    }

    /** Makes a new key; the old one stops at once. Answers the new one. */
    String roll(Space space, Kind kind) {
        JsonObject fresh = newKey(kind, space.live());
        world.store.edit(
                space.account(),
                a -> {
                    JsonArray keys = Json.children(a, "_keys");
                    for (JsonElement e : keys) {
                        JsonObject key = e.getAsJsonObject();
                        if (is(key, kind, space.live()) && Json.missing(key, "expired")) {
                            key.addProperty("expired", world.seconds());
                            if (key.has("rights")) {
                                fresh.add("rights", key.get("rights").deepCopy());
                            }
                        }
                    }
                    keys.add(fresh);
                });
        return Json.need(fresh, "value");
    }

    void rights(Space space, List<String> rights) {
        world.store.edit(
                space.account(),
                a -> {
                    for (JsonElement e : Json.children(a, "_keys")) {
                        JsonObject key = e.getAsJsonObject();
                        if (is(key, Kind.RESTRICTED, space.live())) {
                            key.add("rights", Json.list(rights.toArray()));
                        }
                    }
                });
    }

    /** Version of the events that endpoints without an own version get; null gives none at all. */
    void version(String account, String version) {
        world.store.edit(account, a -> a.add("_version", Json.element(version)));
    }

    private static boolean is(JsonObject key, Kind kind, boolean live) {
        return kind.name().equals(Json.need(key, "kind")) && live == Json.flag(key, "live");
    }

    private static String descriptorOf(String name) {
        StringBuilder letters = new StringBuilder();
        for (char c : name.toUpperCase(Locale.ROOT).toCharArray()) {
            if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ') {
                letters.append(c);
            }
        }
        String text = letters.toString().strip();
        return text.length() > 22 ? text.substring(0, 22).strip() : text;
    }
}
