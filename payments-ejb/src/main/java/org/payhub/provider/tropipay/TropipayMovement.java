package org.payhub.provider.tropipay;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/**
 * One line of Tropipay's books, in our words. A payment and a refund are both lines; a refund names
 * the order that it returns in its own code.
 */
final class TropipayMovement {

    /** A payment card: the page on which a client pays. */
    static final String CARD = "card";

    /** One attempt to pay, by Tropipay's own code of it. */
    static final String ORDER = "order";

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final int LONGEST_KEY = 255;

    /** Tropipay counts in hundredths, whatever the currency. */
    private static final int DIGITS = 2;

    private final Json row;

    TropipayMovement(Json row) {
        this.row = row;
    }

    // --- what is read before anything is believed ---

    /** A text, or the digits of a number, exactly as they were received. */
    static Optional<String> asReceived(Json json, String name) {
        return json.text(name).or(() -> json.decimal(name).map(Object::toString));
    }

    private static Optional<String> key(Json json, String name) {
        return asReceived(json, name)
                .map(String::strip)
                .filter(k -> !k.isEmpty() && k.length() <= LONGEST_KEY);
    }

    /** The order that a refund's code returns. */
    static Optional<String> returned(String code) {
        return code.startsWith(TropipayProtocol.REFUND_PREFIX)
                ? Optional.of(code.substring(TropipayProtocol.REFUND_PREFIX.length()).strip())
                        .filter(c -> !c.isEmpty())
                : Optional.empty();
    }

    /**
     * Our payment: the card's reference, else the line's own, which a card of many uses makes up.
     */
    static Optional<UUID> ours(Json row) {
        return row.get(TropipayProtocol.PAYMENTCARD)
                .text(TropipayProtocol.REFERENCE)
                .flatMap(TropipayMovement::payment)
                .or(() -> row.text(TropipayProtocol.REFERENCE).flatMap(TropipayMovement::payment));
    }

    static Optional<UUID> payment(String reference) {
        return Ids.parse("pay", reference);
    }

    /** The text that goes out as our reference. */
    static String reference(UUID payment) {
        return Ids.text("pay", payment);
    }

    /** By what it is tied to a payment of ours: the card first, which is the only sure key. */
    static References references(Json row) {
        List<Reference> keys = new ArrayList<>();
        key(row, TropipayProtocol.PAYMENTCARD_ID)
                .or(() -> key(row.get(TropipayProtocol.PAYMENTCARD), TropipayProtocol.ID))
                .ifPresent(k -> keys.add(new Reference(CARD, k)));
        key(row, TropipayProtocol.BANK_ORDER_CODE)
                .map(c -> returned(c).orElse(c))
                .ifPresent(k -> keys.add(new Reference(ORDER, k)));
        Optional<UUID> ours = ours(row);
        return new References(ours, keys, ours.isPresent());
    }

    // --- the line itself ---

    Optional<String> code() {
        return key(row, TropipayProtocol.BANK_ORDER_CODE);
    }

    Optional<String> card() {
        return references(row).keys().stream()
                .filter(k -> k.kind().equals(CARD))
                .map(Reference::key)
                .findFirst();
    }

    References references() {
        return references(row);
    }

    boolean isRefund() {
        return code().flatMap(TropipayMovement::returned).isPresent()
                || asReceived(row, TropipayProtocol.MOVEMENT_TYPE)
                        .filter(TropipayProtocol.REFUND_TYPES::contains)
                        .isPresent();
    }

    /** The order that it is, or that it returns. */
    Optional<String> order() {
        return code().map(c -> returned(c).orElse(c));
    }

    /** When it was made; the same at every reading. */
    Instant at() {
        return row.text(TropipayProtocol.CREATED_AT)
                .flatMap(TropipayMovement::instant)
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String state() {
        return asReceived(row, TropipayProtocol.STATE).orElse("").toLowerCase(Locale.ROOT);
    }

    boolean isTaken() {
        return TropipayProtocol.TAKEN.contains(state());
    }

    boolean isReturned() {
        return TropipayProtocol.RETURNED.contains(state());
    }

    /**
     * The amount in the currency in which it was asked for. Movements of refunds have been seen
     * with a sign; direction is a word with us.
     */
    Optional<Money> amount() {
        Json card = row.get(TropipayProtocol.PAYMENTCARD);
        Optional<String> currency =
                card.text(TropipayProtocol.CURRENCY).or(() -> row.text(TropipayProtocol.CURRENCY));
        return money(
                asReceived(row, TropipayProtocol.ORIGINAL_AMOUNT)
                        .or(() -> asReceived(row, TropipayProtocol.AMOUNT)),
                currency);
    }

    private static Optional<Money> money(Optional<String> digits, Optional<String> currency) {
        Optional<Asset> asset = currency.flatMap(Assets::find).filter(a -> a.exponent() == DIGITS);
        return digits.filter(d -> WHOLE.matcher(d).matches())
                .map(d -> new BigInteger(d).abs())
                .filter(n -> n.signum() > 0)
                .flatMap(n -> asset.map(a -> Money.ofMinor(n, a)));
    }

    /** The line in our words; none where it lacks its code or its amount. */
    List<ProviderEvent> events() {
        Optional<String> code = code();
        Optional<Money> amount = amount();
        if (code.isEmpty() || amount.isEmpty()) {
            return List.of();
        }
        if (isRefund()) {
            return List.of(refund(code.get(), amount.get()));
        }
        List<ProviderEvent> events = new ArrayList<>();
        events.add(
                new PaymentReported(
                        references(), code.get(), outcome(), amount.get(), at(), details()));
        if (isTaken()) {
            booked(code.get(), amount.get()).ifPresent(events::add);
        }
        return events;
    }

    private PaymentOutcome outcome() {
        if (isTaken()) {
            return PaymentOutcome.CAPTURED;
        }
        return TropipayProtocol.FAILED.contains(state())
                        || TropipayProtocol.CANCELLED.contains(state())
                ? PaymentOutcome.DECLINED
                : PaymentOutcome.PENDING;
    }

    private PaymentDetails details() {
        List<Json> charges = row.list(TropipayProtocol.CHARGES);
        Optional<Json> last =
                charges.isEmpty() ? Optional.empty() : Optional.of(charges.get(charges.size() - 1));
        boolean declined = outcome() == PaymentOutcome.DECLINED;
        return new PaymentDetails(
                Optional.of(row.isTrue(TropipayProtocol.IS_INTERNAL) ? "balance" : "card"),
                last.flatMap(c -> c.filled(TropipayProtocol.CARD_BRAND))
                        .map(b -> b.toLowerCase(Locale.ROOT)),
                last.flatMap(c -> asReceived(c, TropipayProtocol.CARD_PAN))
                        .filter(p -> p.matches("\\d{4}")),
                Optional.empty(),
                Optional.empty(),
                reason(row).or(() -> last.flatMap(TropipayMovement::reason)).filter(r -> declined));
    }

    /**
     * Why it failed. A charge that failed has been seen to say {@code 0:Ok}, which is no reason.
     */
    private static Optional<String> reason(Json json) {
        return json.filled(TropipayProtocol.ERROR_REASON)
                .filter(r -> !r.startsWith("0:"))
                .map(r -> r.length() <= LONGEST_KEY ? r : r.substring(0, LONGEST_KEY));
    }

    /**
     * What arrives at the merchant, as Tropipay says it. The fee is the rest in one currency; no
     * percentage is ever reckoned. Where the currency changes, what is told cannot be parted into
     * exchange and fee, so the sum that arrives is booked whole.
     */
    private Optional<ProviderEvent> booked(String code, Money amount) {
        Optional<Money> net =
                money(
                        asReceived(row, TropipayProtocol.DESTINATION_AMOUNT),
                        row.text(TropipayProtocol.DESTINATION_CURRENCY));
        Optional<String> id = key(row, TropipayProtocol.ID);
        if (net.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        boolean converted = !net.get().asset().equals(amount.asset());
        return Optional.of(
                new FeeReported(
                        references(),
                        id.get(),
                        BookingCategory.CHARGE,
                        code,
                        converted ? net.get() : amount,
                        converted ? Money.zero(net.get().asset()) : amount.minus(net.get()),
                        row.decimal(TropipayProtocol.CONVERSION_RATE).filter(r -> converted),
                        Optional.empty(),
                        at()));
    }

    private RefundReported refund(String code, Money amount) {
        RefundOutcome outcome = RefundOutcome.PENDING;
        if (isReturned()) {
            outcome = RefundOutcome.SUCCEEDED;
        } else if (TropipayProtocol.FAILED.contains(state())) {
            outcome = RefundOutcome.FAILED;
        } else if (TropipayProtocol.CANCELLED.contains(state())) {
            outcome = RefundOutcome.CANCELLED;
        }
        return new RefundReported(
                references(),
                Optional.empty(),
                key(row, TropipayProtocol.ID).orElse(code),
                outcome,
                amount,
                reason(row).filter(r -> state().equals("4") || state().equals("failed")),
                at());
    }
}
