package org.payhub.simulator.tropipay;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Mac;
import org.payhub.simulator.kit.Parcel;

/** One notification on its way to one address. */
final class Notice implements Parcel {

    private final Shop shop;
    private final JsonObject notice;
    private final byte[] body;

    Notice(Shop shop, JsonObject notice) {
        this.shop = shop;
        this.notice = notice;
        this.body = Json.need(notice, "body").getBytes(StandardCharsets.UTF_8);
    }

    private Notice(Notice like, byte[] body) {
        this.shop = like.shop;
        this.notice = like.notice;
        this.body = body;
    }

    @Override
    public String id() {
        return Json.need(notice, "id");
    }

    @Override
    public String type() {
        return Json.need(notice, "type");
    }

    @Override
    public URI address() {
        return URI.create(Json.need(notice, "address"));
    }

    @Override
    public byte[] body() {
        return body;
    }

    /** Hooks of an account with a hook secret bear a header; a card's own address never does. */
    @Override
    public Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "axios/1.7.2");
        if (Json.need(notice, "from").equals("hook")) {
            shop.look(() -> Json.text(shop.account(Json.need(notice, "account")), "_hookSecret"))
                    .ifPresent(
                            secret ->
                                    headers.put(
                                            "X-Tropipay-Signature", Mac.sha256Hex(secret, body)));
        }
        return headers;
    }

    @Override
    public Optional<Parcel> saying(byte[] other) {
        byte[] signed =
                shop.look(() -> shop.signed(shop.account(Json.need(notice, "account")), other));
        return Optional.of(new Notice(this, signed));
    }

    /** Whoever was told once is told until it hears: a removed hook changes nothing about that. */
    @Override
    public boolean stillWanted() {
        return true;
    }

    /** Exactly 200; nothing else will do. */
    @Override
    public boolean accepted(int status, String answer) {
        return status == 200;
    }
}
