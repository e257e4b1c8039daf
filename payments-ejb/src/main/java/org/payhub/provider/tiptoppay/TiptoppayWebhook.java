package org.payhub.provider.tiptoppay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRejected;

/** TipTop Pay's notifications: whose they are, whether they are genuine, and what they say. */
final class TiptoppayWebhook {

    private TiptoppayWebhook() {}

    static WebhookHints hints(RawWebhook raw) {
        try {
            TiptoppayNotification told = TiptoppayNotification.of(raw);
            return new WebhookHints(told.ours(), told.references().keys());
        } catch (WebhookRejected e) {
            return WebhookHints.none();
        }
    }

    /** The proof comes first: a body that nobody signed is not parsed. */
    static VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        TiptoppaySignature.verify(
                raw,
                credentials.all(TiptoppayKeys.API_SECRET).stream()
                        .filter(secret -> !secret.reveal().isEmpty())
                        .toList());
        TiptoppayNotification told = TiptoppayNotification.of(raw);
        return new VerifiedWebhook(
                raw,
                told.eventKey(),
                told.kind().word(),
                told.subject(),
                told.fingerprint(),
                told.livemode());
    }

    static List<ProviderEvent> translate(VerifiedWebhook webhook) {
        TiptoppayNotification told = TiptoppayNotification.of(webhook.raw());
        return switch (told.kind()) {
            case CHECK -> ignored("A question before a payment: no money has moved.");
            case RECURRENT -> ignored("Subscriptions are not used.");
            case RECEIPT -> ignored("Fiscal receipts are not used.");
            case PAYOUT -> ignored("Payouts to cards are not used.");
            case UNKNOWN -> ignored("It is of no kind that is known.");
            case FAIL -> failed(told, webhook.raw().receivedAt());
            // The body says that money moved, and a body is not enough: the provider is asked.
            case PAY, CONFIRM, REFUND, CANCEL, UNCLEAR -> read(told);
        };
    }

    private static List<ProviderEvent> ignored(String reason) {
        return List.of(new Ignored(reason));
    }

    private static List<ProviderEvent> read(TiptoppayNotification told) {
        return told.transaction()
                .<List<ProviderEvent>>map(
                        key ->
                                List.of(
                                        new ReadFirst(
                                                told.references(),
                                                TiptoppayNotification.TRANSACTION,
                                                key,
                                                true)))
                .orElseGet(() -> ignored("It names no operation."));
    }

    /** One attempt failed, which moves nothing; the client may try again. */
    private static List<ProviderEvent> failed(TiptoppayNotification told, Instant receivedAt) {
        Optional<Money> amount = told.amount();
        boolean payment = told.filled("OperationType").isEmpty() || told.isOf("Payment");
        if (!payment || amount.isEmpty() || told.transaction().isEmpty()) {
            return read(told);
        }
        return List.of(
                new PaymentReported(
                        told.references(),
                        told.transaction().get(),
                        PaymentOutcome.DECLINED,
                        amount.get(),
                        told.toldAt().orElse(receivedAt),
                        TiptoppayTransaction.details(
                                told.filled("PaymentMethod"),
                                told.filled("CardType"),
                                told.filled("CardLastFour"),
                                told.filled("ReasonCode"),
                                told.filled("Reason"))));
    }

    /** A subscription's change: kept, answered, and without effect. */
    static RawWebhook sample(Credentials credentials, Instant at) {
        String body =
                "Id=sc_rehearsal_"
                        + Long.toString(at.toEpochMilli(), 36)
                        + "&AccountId=payhub&Description=Rehearsal&Interval=Month&Period=1"
                        + "&Status=Active&SuccessfulTransactionsNumber=0"
                        + "&FailedTransactionsNumber=0";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String proof = TiptoppaySignature.sign(credentials.get(TiptoppayKeys.API_SECRET), bytes);
        return new RawWebhook(
                "POST",
                Optional.empty(),
                "",
                Map.of(
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded"),
                        TiptoppaySignature.RAW,
                        List.of(proof)),
                bytes,
                at);
    }
}
