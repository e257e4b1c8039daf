package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Parcel;

/** One notification on its way to the address that its kind has at this moment. */
final class Delivery implements Parcel {

    private final World world;
    private final JsonObject notice;
    private final String site;
    private final String type;
    private final Optional<byte[]> other;

    Delivery(World world, JsonObject notice) {
        this(world, notice, Optional.empty());
    }

    private Delivery(World world, JsonObject notice, Optional<byte[]> other) {
        this.world = world;
        this.notice = notice;
        this.other = other;
        this.site = Json.need(notice, "site");
        this.type = Json.need(notice, "type");
    }

    private JsonObject setting() {
        return world.notification(site, type);
    }

    @Override
    public String id() {
        return Json.need(notice, "id");
    }

    @Override
    public String type() {
        return type;
    }

    private boolean get() {
        return Json.need(setting(), "HttpMethod").equals("GET");
    }

    private String form() {
        return other.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseGet(() -> Fields.form(Json.child(notice, "fields")));
    }

    @Override
    public String method() {
        return get() ? "GET" : "POST";
    }

    @Override
    public URI address() {
        String address = Json.need(setting(), "Address");
        if (!get()) {
            return URI.create(address);
        }
        return URI.create(address + (address.contains("?") ? "&" : "?") + form());
    }

    @Override
    public Optional<Parcel> saying(byte[] content) {
        return Optional.of(new Delivery(world, notice, Optional.of(content.clone())));
    }

    @Override
    public byte[] body() {
        if (other.isPresent()) {
            return other.get().clone();
        }
        boolean json = Json.need(setting(), "body").equals("json");
        String text = json && !get() ? Fields.json(Json.child(notice, "fields")) : form();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> headers(Instant now) {
        String secret = Json.need(world.site(site), "apiSecret");
        byte[] message = body();
        boolean json = message.length > 0 && message[0] == '{';
        Map<String, String> headers = new LinkedHashMap<>();
        if (!get()) {
            headers.put(
                    "Content-Type",
                    json
                            ? "application/json; charset=utf-8"
                            : "application/x-www-form-urlencoded; charset=utf-8");
        }
        headers.put("Content-HMAC", sign(secret, message));
        headers.put("X-Content-HMAC", sign(secret, json ? message : decoded(message)));
        headers.put("User-Agent", "CloudPayments");
        return headers;
    }

    static String sign(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(message));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The body as it was before it was encoded. */
    static byte[] decoded(byte[] body) {
        ByteBuffer plain = ByteBuffer.allocate(body.length);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '%') {
                String hex = new String(body, i + 1, 2, StandardCharsets.US_ASCII);
                plain.put((byte) Integer.parseInt(hex, 16));
                i += 2;
            } else {
                plain.put(body[i] == '+' ? (byte) ' ' : body[i]);
            }
        }
        byte[] exact = new byte[plain.position()];
        plain.flip().get(exact);
        return exact;
    }

    @Override
    public boolean stillWanted() {
        return world.findSite(site).isPresent() && Json.flag(setting(), "IsEnabled");
    }

    /** Only {@code {"code":0}} ends the repeats. */
    @Override
    public boolean accepted(int status, String answer) {
        return status == 200 && code(answer) == 0;
    }

    /** The code of an answer; -1 where there is none. */
    static int code(String answer) {
        try {
            return Json.text(Json.parse(answer), "code").map(Integer::parseInt).orElse(-1);
        } catch (IllegalArgumentException broken) {
            return -1;
        }
    }
}
