package org.payhub.provider.tropipay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * A notification as such: whose it may be, whether it is genuine, which event it is. What happened
 * is never taken from it: its signature leaves out the status, so the movement is read first.
 */
final class TropipayWebhook {

    /** Nothing but these may be hashed as an amount. */
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,15}");

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_CURRENCY = 12;

    private TropipayWebhook() {}

    /** Where to look for the integration, from a body that nobody has verified. */
    static WebhookHints hints(RawWebhook raw) {
        try {
            Json data = Json.parse(raw.body()).get(TropipayProtocol.DATA);
            return new WebhookHints(
                    TropipayMovement.ours(data), TropipayMovement.references(data).keys());
        } catch (JsonMalformed e) {
            return WebhookHints.none();
        }
    }

    /** Proves and reads a notification. */
    static VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        if (raw.body().length == 0) {
            throw new WebhookRejected(Cause.BODY_MISSING);
        }
        List<String> header = raw.header(TropipayProtocol.HOOK_HEADER);
        List<Secret> hookSecrets = filled(credentials, TropipayKeys.HOOK_SECRET);
        boolean headerDecides = !header.isEmpty() && !hookSecrets.isEmpty();
        if (headerDecides) {
            TropipaySignature.verifyHeader(header, raw.body(), hookSecrets);
        }
        Json envelope = parse(raw);
        Json data = envelope.get(TropipayProtocol.DATA);
        Optional<String> code = code(data);
        Optional<String> amount = amount(data);
        if (!headerDecides) {
            TropipaySignature.verify(
                    data,
                    code.orElseThrow(() -> new WebhookRejected(Cause.BODY_MALFORMED)),
                    amount.orElseThrow(() -> new WebhookRejected(Cause.BODY_MALFORMED)),
                    filled(credentials, TropipayKeys.CLIENT_ID),
                    filled(credentials, TropipayKeys.CLIENT_SECRET),
                    TropipayKeys.takesSecondVersion(credentials));
        }
        String type = type(envelope);
        Optional<String> card = word(data, TropipayProtocol.PAYMENTCARD_ID, LONGEST_CODE);
        String currency = word(data, TropipayProtocol.CURRENCY, LONGEST_CURRENCY).orElse("");
        Optional<String> object = card.or(() -> code);
        // All that could be edited without breaking the signature is part of the key: an edited
        // notification is another event, and can take no genuine one's place.
        String key =
                String.join(
                        ":",
                        code.orElse(""),
                        type,
                        card.orElse(""),
                        amount.orElse(""),
                        currency,
                        code.isPresent() ? "" : id(data));
        return new VerifiedWebhook(
                raw,
                key,
                type,
                object,
                String.join("|", type, object.orElse(""), amount.orElse(""), currency),
                Optional.empty());
    }

    /** What is to be done about a notification: the order that it names is read. */
    static List<ProviderEvent> translate(VerifiedWebhook webhook) {
        Json envelope = parse(webhook.raw());
        Json data = envelope.get(TropipayProtocol.DATA);
        String status = envelope.text(TropipayProtocol.STATUS).orElse("");
        boolean told = status.equals(TropipayProtocol.OK) || status.equals(TropipayProtocol.KO);
        boolean hooked =
                envelope.text(TropipayProtocol.EVENT)
                        .filter(
                                e ->
                                        TropipayProtocol.REQUIRED_EVENTS.contains(e)
                                                || TropipayProtocol.USEFUL_EVENTS.contains(e))
                        .isPresent();
        if (!told && !hooked) {
            return ignored("Notifications of this kind are not used: " + webhook.eventType());
        }
        Optional<String> code = code(data);
        if (code.isEmpty()) {
            return ignored("It names no order.");
        }
        List<ProviderEvent> events = new ArrayList<>();
        events.add(
                new ProviderEvent.ReadFirst(
                        TropipayMovement.references(data),
                        TropipayMovement.ORDER,
                        TropipayMovement.returned(code.get()).orElse(code.get()),
                        true));
        return events;
    }

    private static List<ProviderEvent> ignored(String reason) {
        return List.of(new ProviderEvent.Ignored(reason));
    }

    private static List<Secret> filled(Credentials credentials, String field) {
        return credentials.all(field).stream().filter(s -> !s.reveal().isEmpty()).toList();
    }

    private static Json parse(RawWebhook raw) {
        try {
            return Json.parse(raw.body());
        } catch (JsonMalformed e) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
    }

    /** The status in the words of the events that are subscribed to; else as it is. */
    private static String type(Json envelope) {
        String status =
                word(envelope, TropipayProtocol.STATUS, LONGEST_WORD)
                        .or(() -> word(envelope, TropipayProtocol.EVENT, LONGEST_WORD))
                        .orElseThrow(() -> new WebhookRejected(Cause.BODY_MALFORMED));
        return switch (status) {
            case TropipayProtocol.OK -> TropipayProtocol.COMPLETED;
            case TropipayProtocol.KO -> TropipayProtocol.NOT_COMPLETED;
            default -> status;
        };
    }

    private static Optional<String> code(Json data) {
        return TropipayMovement.asReceived(data, TropipayProtocol.BANK_ORDER_CODE)
                .filter(c -> isPlain(c, LONGEST_CODE));
    }

    private static Optional<String> amount(Json data) {
        return TropipayMovement.asReceived(data, TropipayProtocol.ORIGINAL_AMOUNT)
                .filter(a -> AMOUNT.matcher(a).matches());
    }

    private static String id(Json data) {
        return TropipayMovement.asReceived(data, TropipayProtocol.ID)
                .filter(i -> isPlain(i, LONGEST_CODE))
                .orElse("");
    }

    private static Optional<String> word(Json json, String name, int longest) {
        Optional<String> text = json.text(name);
        if (text.isPresent() && !isPlain(text.get(), longest)) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
        return text;
    }

    /** Printable ASCII: what Tropipay's names and ids are made of, and every database keeps. */
    private static boolean isPlain(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
