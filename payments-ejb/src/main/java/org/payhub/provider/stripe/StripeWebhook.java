package org.payhub.provider.stripe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/** A delivery of Stripe's as such: whose it may be, whether it is genuine, which event it is. */
final class StripeWebhook {

    private static final int LONGEST_TYPE = 120;
    private static final int LONGEST_ID = 255;

    private StripeWebhook() {}

    /** Where to look for the integration, from a body that nobody has verified. */
    static WebhookHints hints(RawWebhook raw) {
        try {
            Json object = Json.parse(raw.body()).get("data").get("object");
            List<Reference> keys = new ArrayList<>();
            String kind = object.text("object").orElse("");
            if (kind.equals("charge")) {
                keys.addAll(StripeObjects.ofCharge(object).keys());
            } else if (kind.equals("checkout.session")) {
                keys.addAll(StripeObjects.ofSession(object).keys());
            } else {
                keys.addAll(StripeObjects.ofChargesChild(object).keys());
            }
            Optional<UUID> ours =
                    kind.equals("checkout.session")
                            ? StripeObjects.ofSession(object).ours()
                            : StripeObjects.payment(object);
            return new WebhookHints(ours, keys);
        } catch (JsonMalformed e) {
            return WebhookHints.none();
        }
    }

    /**
     * Proves and reads a delivery. The proof comes first: a body that nobody signed is not parsed.
     */
    static VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        StripeSignature.verify(
                raw,
                credentials.all(StripeKeys.WEBHOOK_SECRET).stream()
                        .filter(secret -> !secret.reveal().isEmpty())
                        .toList());
        if (raw.body().length == 0) {
            throw new WebhookRejected(Cause.BODY_MISSING);
        }
        Json event = parse(raw);
        String id = word(event, "id", LONGEST_ID);
        String type = word(event, "type", LONGEST_TYPE);
        Json object = event.get("data").get("object");
        return new VerifiedWebhook(
                raw,
                id,
                type,
                StripeObjects.id(object, "id").filter(StripeWebhook::isPlain),
                fingerprint(type, object),
                event.flag("livemode"));
    }

    /** The event in a delivery that was verified before. */
    static Json event(VerifiedWebhook webhook) {
        return parse(webhook.raw());
    }

    private static Json parse(RawWebhook raw) {
        try {
            return Json.parse(raw.body());
        } catch (JsonMalformed e) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
    }

    private static String word(Json event, String name, int longest) {
        return event.text(name)
                .filter(w -> !w.isEmpty() && w.length() <= longest && isPlain(w))
                .orElseThrow(() -> new WebhookRejected(Cause.BODY_MALFORMED));
    }

    /** Printable ASCII: what Stripe's names and ids are made of, and every database keeps. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** What makes two deliveries of one event the same, whatever their version and bytes. */
    private static String fingerprint(String type, Json object) {
        return type
                + "|"
                + StripeObjects.id(object, "id").orElse("")
                + "|"
                + object.integer("amount").map(Object::toString).orElse("")
                + "|"
                + object.text("currency").orElse("");
    }

    /** A signed event of a type that changes nothing. */
    static RawWebhook sample(Credentials credentials, Instant at) {
        Secret secret = credentials.get(StripeKeys.WEBHOOK_SECRET);
        boolean live =
                credentials.find(StripeKeys.SECRET_KEY).map(StripeKeys::isLive).orElse(false);
        String seconds = Long.toString(at.getEpochSecond());
        String body =
                "{\"id\":\"evt_rehearsal_"
                        + Long.toString(at.toEpochMilli(), 36)
                        + "\",\"object\":\"event\",\"api_version\":\""
                        + StripeEndpoints.VERSION
                        + "\",\"created\":"
                        + seconds
                        + ",\"livemode\":"
                        + live
                        + ",\"type\":\"payhub.rehearsal\",\"data\":{\"object\":{\"object\":"
                        + "\"rehearsal\"}}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new RawWebhook(
                "POST",
                Optional.empty(),
                "",
                Map.of(
                        "Content-Type",
                        List.of("application/json; charset=utf-8"),
                        StripeSignature.HEADER,
                        List.of(StripeSignature.sign(secret, at, bytes))),
                bytes,
                at);
    }
}
