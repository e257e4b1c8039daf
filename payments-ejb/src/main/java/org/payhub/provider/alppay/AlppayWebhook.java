package org.payhub.provider.alppay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * A delivery of ALPPAY's. Nothing in it says what it is: the address it came to does, and its shape
 * has to agree. On an address without a kind the shape alone decides.
 */
final class AlppayWebhook {

    /** What came to the address of the other kind: kept, and changes nothing. */
    static final String MISROUTED = "misrouted";

    /** What is neither a payment nor a withdrawal. */
    static final String UNKNOWN = "unknown";

    private AlppayWebhook() {}

    static WebhookHints hints(RawWebhook raw) {
        try {
            Json body = Json.parse(raw.body());
            String shape = shape(body);
            List<Reference> keys =
                    AlppayObjects.id(body)
                            .map(
                                    id ->
                                            new Reference(
                                                    shape.equals(AlppayObjects.WITHDRAWAL)
                                                            ? AlppayObjects.WITHDRAWAL
                                                            : AlppayObjects.PAYMENT,
                                                    id))
                            .stream()
                            .toList();
            return new WebhookHints(AlppayObjects.ourPayment(body), keys);
        } catch (JsonMalformed e) {
            return WebhookHints.none();
        }
    }

    /** Proves a delivery, then reads what identifies it: a body nobody signed is not parsed. */
    static VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        if (raw.body().length > AlppayProtocol.LARGEST_WEBHOOK) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
        AlppaySignature.verify(
                raw,
                credentials.all(AlppayKeys.HMAC_KEY).stream()
                        .filter(secret -> !secret.reveal().isEmpty())
                        .toList());
        if (raw.body().length == 0) {
            throw new WebhookRejected(Cause.BODY_MISSING);
        }
        String wanted = raw.kind().orElse("");
        boolean known =
                wanted.isEmpty()
                        || wanted.equals(AlppayProtocol.KIND_PAYMENT)
                        || wanted.equals(AlppayProtocol.KIND_WITHDRAWAL);
        if (!known) {
            throw new WebhookRejected(Cause.KIND_UNKNOWN);
        }
        Json body = parse(raw);
        String shape = shape(body);
        Optional<String> id = AlppayObjects.id(body);
        if (!shape.equals(UNKNOWN) && id.isEmpty()) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
        boolean misrouted = !wanted.isEmpty() && !shape.equals(UNKNOWN) && !wanted.equals(shape);
        return new VerifiedWebhook(
                raw,
                shape + ":" + sha256(raw.body()),
                misrouted ? MISROUTED : shape,
                id,
                fingerprint(shape, body),
                Optional.empty());
    }

    private static String shape(Json body) {
        if (body.names(AlppayProtocol.RECEIVED_TOTAL) || body.names(AlppayProtocol.TRANSACTIONS)) {
            return AlppayObjects.PAYMENT;
        }
        boolean withdrawal =
                body.names(AlppayProtocol.ADDRESS_FROM) && body.names(AlppayProtocol.RECEIVED);
        return withdrawal ? AlppayObjects.WITHDRAWAL : UNKNOWN;
    }

    /** What the delivery says, or what has to be read before it may be believed. */
    static List<ProviderEvent> translate(VerifiedWebhook webhook) {
        Json body = parse(webhook.raw());
        Instant now = webhook.raw().receivedAt();
        return switch (webhook.eventType()) {
            case AlppayObjects.PAYMENT -> List.of(payment(body, now));
            case AlppayObjects.WITHDRAWAL -> List.of(withdrawal(body, now));
            case MISROUTED ->
                    List.of(
                            new Ignored(
                                    "It came to the address of another kind: the two webhook"
                                            + " addresses are mixed up at the provider."));
            default -> List.of(new Ignored("It is neither a payment nor a withdrawal."));
        };
    }

    private static ProviderEvent payment(Json body, Instant now) {
        ProviderEvent told = AlppayObjects.payment(body, false, AlppayObjects.Terms.NONE, now);
        if (told instanceof InvoiceReported invoice && !AlppayObjects.standsAlone(invoice)) {
            return new ReadFirst(
                    invoice.references(), AlppayObjects.PAYMENT, invoice.invoiceKey(), true);
        }
        return told;
    }

    private static ProviderEvent withdrawal(Json body, Instant now) {
        Optional<WithdrawalReported> told = AlppayObjects.withdrawal(body, now);
        if (told.isPresent() && told.get().outcome() == WithdrawalOutcome.PENDING) {
            return told.get();
        }
        return new ReadFirst(
                AlppayObjects.ofWithdrawal(body),
                AlppayObjects.WITHDRAWAL,
                AlppayObjects.id(body).orElseThrow(),
                true);
    }

    /** A signed body that is neither of the two things. */
    static RawWebhook sample(Credentials credentials, Instant at) {
        Secret key = credentials.get(AlppayKeys.HMAC_KEY);
        byte[] body = ("{\"rehearsal\":\"" + at + "\"}").getBytes(StandardCharsets.UTF_8);
        return new RawWebhook(
                "POST",
                Optional.empty(),
                "",
                Map.of(
                        "Content-Type",
                        List.of("application/json"),
                        AlppayProtocol.SIGNATURE,
                        List.of(AlppaySignature.sign(key, body))),
                body,
                at);
    }

    private static Json parse(RawWebhook raw) {
        try {
            return Json.parse(raw.body());
        } catch (JsonMalformed e) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
    }

    private static String fingerprint(String shape, Json body) {
        Json asset = body.get(AlppayProtocol.ASSET);
        return String.join(
                "|",
                shape,
                AlppayObjects.id(body).orElse(""),
                body.text(AlppayProtocol.STATUS).orElse(""),
                body.text(AlppayProtocol.DISPLAY_STATUS).orElse(""),
                body.text(AlppayProtocol.AMOUNT).orElse(""),
                body.text(AlppayProtocol.RECEIVED_TOTAL).orElse(""),
                asset.text(AlppayProtocol.SHORT).orElse(""),
                asset.text(AlppayProtocol.NETWORK).orElse(""));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks SHA-256", e);
        }
    }
}
