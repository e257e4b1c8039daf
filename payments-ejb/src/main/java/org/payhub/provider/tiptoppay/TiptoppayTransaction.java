package org.payhub.provider.tiptoppay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/**
 * An operation as the provider's interface shows it: a payment, or a refund, which is an operation
 * of its own that names its payment. What it lacks is an answer that cannot be used, never a guess.
 */
final class TiptoppayTransaction {

    /** In the data of a refund: our refund's id. */
    static final String REFUND_KEY = "payhub_refund";

    private final Json json;
    private final String key;
    private final Instant askedAt;

    TiptoppayTransaction(Json json, Instant askedAt) {
        this.json = json;
        this.key =
                json.integer("TransactionId")
                        .filter(n -> n.signum() > 0)
                        .map(BigInteger::toString)
                        .orElseThrow(TiptoppayTransaction::incomplete);
        this.askedAt = askedAt;
    }

    private static ProviderUnavailable incomplete() {
        return new ProviderUnavailable("TipTop Pay's answer lacks what it must say.", true, null);
    }

    String key() {
        return key;
    }

    Reference reference() {
        return reference(key);
    }

    static Reference reference(String key) {
        return new Reference(TiptoppayNotification.TRANSACTION, key);
    }

    boolean isRefund() {
        return !isPayout() && original().isPresent();
    }

    private boolean isPayout() {
        return json.integer("Type").filter(BigInteger.TWO::equals).isPresent();
    }

    /** The payment that a refund belongs to. */
    Optional<String> original() {
        return json.integer("OriginalTransactionId")
                .filter(n -> n.signum() > 0)
                .map(BigInteger::toString);
    }

    String status() {
        return json.text("Status").orElse("");
    }

    Optional<Boolean> livemode() {
        return json.flag("TestMode").map(test -> !test);
    }

    static Optional<UUID> payment(String invoice) {
        return Ids.parse("pay", invoice);
    }

    Optional<UUID> ours() {
        return json.filled("InvoiceId").flatMap(TiptoppayTransaction::payment);
    }

    /** Our refund's id, which we sent along as data. */
    Optional<UUID> ourRefund() {
        return json.filled("JsonData")
                .flatMap(
                        data -> {
                            try {
                                return Json.parse(data).text(REFUND_KEY);
                            } catch (JsonMalformed e) {
                                return Optional.empty();
                            }
                        })
                .flatMap(text -> Ids.parse("ref", text));
    }

    References references() {
        return new References(
                ours(), List.of(reference(original().orElse(key))), ours().isPresent());
    }

    /**
     * What was ordered, in the currency of the order; a conversion is the bank's affair.
     *
     * <p><b>Errors</b>: {@link ProviderUnavailable} when it cannot be read: nothing is rounded.
     */
    Money amount() {
        Asset asset =
                json.text("Currency")
                        .flatMap(Assets::find)
                        .orElseThrow(TiptoppayTransaction::incomplete);
        BigDecimal amount = json.decimal("Amount").orElseThrow(TiptoppayTransaction::incomplete);
        try {
            return Money.ofMajor(amount, asset);
        } catch (HubException e) {
            throw new ProviderUnavailable(
                    "TipTop Pay tells an amount that its currency cannot have.", true, e);
        }
    }

    private Instant at(String... names) {
        for (String name : names) {
            Optional<Instant> told = json.filled(name).flatMap(TiptoppayNotification::instant);
            if (told.isPresent()) {
                return told.get();
            }
        }
        return askedAt;
    }

    Instant createdAt() {
        return at("CreatedDateIso");
    }

    /** What it says, in our words; nothing while the client's bank still asks the client. */
    List<ProviderEvent> events() {
        if (isPayout()) {
            return List.of();
        }
        if (isRefund()) {
            return List.of(refund());
        }
        return switch (status()) {
            case "Completed" -> captured();
            case "Authorized" ->
                    List.of(
                            payment(
                                    PaymentOutcome.AUTHORIZED,
                                    at("AuthDateIso", "CreatedDateIso")));
            case "Cancelled" -> List.of(payment(PaymentOutcome.VOIDED, askedAt));
            case "Declined" -> List.of(payment(PaymentOutcome.DECLINED, createdAt()));
            default -> List.of();
        };
    }

    private List<ProviderEvent> captured() {
        Instant at = at("ConfirmDateIso", "AuthDateIso", "CreatedDateIso");
        List<ProviderEvent> events = new ArrayList<>();
        events.add(payment(PaymentOutcome.CAPTURED, at));
        fee().ifPresent(
                        fee ->
                                events.add(
                                        new FeeReported(
                                                references(),
                                                "fee:" + key,
                                                BookingCategory.CHARGE,
                                                key,
                                                amount(),
                                                fee,
                                                Optional.empty(),
                                                Optional.empty(),
                                                at)));
        return events;
    }

    private PaymentReported payment(PaymentOutcome outcome, Instant at) {
        return new PaymentReported(references(), key, outcome, amount(), at, details(outcome));
    }

    /** Only where it is told, and where what was charged is what was ordered. */
    private Optional<Money> fee() {
        Money amount = amount();
        boolean sameCurrency =
                json.text("PaymentCurrency").map(amount.asset().code()::equals).orElse(true);
        try {
            return json.decimal("TotalFee")
                    .filter(fee -> sameCurrency && fee.signum() >= 0)
                    .map(fee -> Money.ofMajor(fee, amount.asset()));
        } catch (HubException e) {
            return Optional.empty();
        }
    }

    RefundReported refund() {
        RefundOutcome outcome =
                switch (status()) {
                    case "Completed" -> RefundOutcome.SUCCEEDED;
                    case "Declined" -> RefundOutcome.FAILED;
                    case "Cancelled" -> RefundOutcome.CANCELLED;
                    default -> RefundOutcome.PENDING;
                };
        return new RefundReported(
                references(),
                ourRefund(),
                key,
                outcome,
                amount(),
                outcome == RefundOutcome.FAILED ? json.filled("Reason") : Optional.empty(),
                at("ConfirmDateIso", "AuthDateIso", "CreatedDateIso"));
    }

    /** For the list of a day. */
    Optional<DayListing.Listed> listed() {
        if (isPayout()) {
            return Optional.empty();
        }
        return Optional.of(
                new DayListing.Listed(
                        reference(),
                        isRefund() ? DayListing.Kind.REFUND : DayListing.Kind.PAYMENT,
                        references(),
                        amount(),
                        status().equals("Completed"),
                        livemode(),
                        createdAt(),
                        events()));
    }

    private PaymentDetails details(PaymentOutcome outcome) {
        boolean declined = outcome == PaymentOutcome.DECLINED;
        return details(
                json.filled("PaymentMethod"),
                json.filled("CardType"),
                json.filled("CardLastFour"),
                declined ? json.integer("ReasonCode").map(BigInteger::toString) : Optional.empty(),
                declined
                        ? json.filled("CardHolderMessage").or(() -> json.filled("Reason"))
                        : Optional.empty());
    }

    /** For people. */
    static PaymentDetails details(
            Optional<String> method,
            Optional<String> cardType,
            Optional<String> lastFour,
            Optional<String> code,
            Optional<String> message) {
        return new PaymentDetails(
                Optional.of(method.map(TiptoppayTransaction::word).orElse("card")),
                cardType.map(TiptoppayTransaction::word),
                lastFour.filter(l -> l.matches("[0-9]{4}")),
                Optional.empty(),
                code,
                message);
    }

    private static String word(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "TiptoppayTransaction[" + key + "]";
    }
}
