package org.payhub.simulator.alppay;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.simulator.kit.Parcel;

/** One webhook on its way to one of the merchant's two addresses. */
final class Delivery implements Parcel {

    private final World world;
    private final World.Event event;
    private final URI address;
    private final byte[] body;

    Delivery(World world, World.Event event, String address) {
        this(world, event, URI.create(address), event.body().getBytes(StandardCharsets.UTF_8));
    }

    private Delivery(World world, World.Event event, URI address, byte[] body) {
        this.world = world;
        this.event = event;
        this.address = address;
        this.body = body.clone();
    }

    @Override
    public String id() {
        return event.id();
    }

    /** Kind and status, such as {@code payment.completed}. */
    @Override
    public String type() {
        return event.kind() + "." + event.status().toLowerCase(Locale.ROOT);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public Map<String, String> headers(Instant now) {
        return Map.of(
                "Content-Type",
                "application/json",
                "X-HMAC",
                sign(world.hmacKeys(event.merchant()).get(0), body()));
    }

    /** HMAC-SHA256 over the bytes, in hexadecimal digits. */
    static String sign(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<Parcel> saying(byte[] other) {
        return Optional.of(new Delivery(world, event, address, other));
    }

    @Override
    public boolean stillWanted() {
        return world.merchants().stream()
                .anyMatch(m -> m.get("id").getAsString().equals(event.merchant()));
    }

    @Override
    public boolean accepted(int status, String answer) {
        return status == 200;
    }
}
