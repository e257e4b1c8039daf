package org.payhub.provider.tropipay;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Reference;

/**
 * Payment cards: what is ordered with one, and what one that was made says. Each is for one use and
 * one payment of ours.
 */
final class TropipayCards {

    /** The latest cards, among which one is looked for by our reference. */
    private static final int LOOKED_THROUGH = 50;

    private static final int MOST_PAGES = 4;

    /** Where a card says no end. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private TropipayCards() {}

    static Optional<Money> minimum(Asset charged) {
        return TropipayProtocol.ASSETS.contains(charged.code())
                ? Optional.of(Money.ofMinor(TropipayProtocol.SMALLEST, charged))
                : Optional.empty();
    }

    /** What is asked of Tropipay: typed values, since texts for numbers are refused there. */
    static JsonObject body(CheckoutOrder order) {
        Money amount = order.amount();
        if (!TropipayProtocol.ASSETS.contains(amount.asset().code())) {
            throw ProviderRefused.ofField(
                    "amount",
                    "checkout.currency_not_supported",
                    "Tropipay charges " + String.join(", ", TropipayProtocol.ASSETS) + ".");
        }
        if (order.holdOnly()) {
            throw ProviderRefused.ofField(
                    "holdOnly",
                    "checkout.hold_not_supported",
                    "Tropipay takes money at once and cannot hold it.");
        }
        minimum(amount.asset())
                .filter(least -> amount.compareTo(least) < 0)
                .ifPresent(
                        least -> {
                            throw ProviderRefused.ofField(
                                    "amount",
                                    "checkout.amount_too_small",
                                    "Tropipay takes no less than " + least + ".");
                        });
        JsonObjectBuilder card =
                TropipayCalls.JSON
                        .createObjectBuilder()
                        .add(
                                TropipayProtocol.REFERENCE,
                                TropipayMovement.reference(order.payment()))
                        .add(TropipayProtocol.CONCEPT, concept(order.description()))
                        .add(TropipayProtocol.DESCRIPTION, concept(order.description()))
                        .add(TropipayProtocol.AMOUNT, amount.minor())
                        .add(TropipayProtocol.CURRENCY, amount.asset().code())
                        .add(TropipayProtocol.SINGLE_USE, true)
                        .add(TropipayProtocol.FAVORITE, false)
                        .add(TropipayProtocol.REASON_ID, TropipayProtocol.REASON_SERVICES)
                        // Days in which the client could take the money back; not the card's life.
                        .add(TropipayProtocol.EXPIRATION_DAYS, 0)
                        .add(
                                TropipayProtocol.EXPIRATION_DATE,
                                lastDay(order.expiresAt()).toString())
                        .add(TropipayProtocol.SERVICE_DATE, day(order.expiresAt()).toString())
                        .add(TropipayProtocol.LANG, language(order.locale()))
                        .add(TropipayProtocol.URL_SUCCESS, order.successUrl())
                        .add(TropipayProtocol.URL_FAILED, order.cancelUrl())
                        .add(TropipayProtocol.DIRECT_PAYMENT, false)
                        .addNull(TropipayProtocol.CLIENT);
        order.notificationUrl().ifPresent(u -> card.add(TropipayProtocol.URL_NOTIFICATION, u));
        if (!order.allMethods()) {
            JsonArrayBuilder methods = TropipayCalls.JSON.createArrayBuilder();
            methods.add(TropipayProtocol.METHOD_CARD).add(TropipayProtocol.METHOD_BALANCE);
            card.add(TropipayProtocol.PAYMENT_METHODS, methods);
        }
        return card.build();
    }

    private static String concept(String description) {
        String clean = description.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) {
            return "-";
        }
        int length = clean.codePointCount(0, clean.length());
        return length <= TropipayProtocol.LONGEST_CONCEPT
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, TropipayProtocol.LONGEST_CONCEPT));
    }

    private static String language(Locale locale) {
        return TropipayProtocol.LANGUAGES.contains(locale.getLanguage())
                ? locale.getLanguage()
                : "en";
    }

    /** A card ends with a day, at the earliest when ours ends. */
    private static LocalDate lastDay(Instant end) {
        return day(end).plusDays(1);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    // --- one that was made ---

    static boolean isActive(Json card) {
        return TropipayMovement.asReceived(card, TropipayProtocol.STATE)
                .filter(TropipayProtocol.CARD_ACTIVE::equals)
                .isPresent();
    }

    /** The page of a card: the short address, which lives and dies with it. */
    static Optional<CheckoutAnswer> page(Json card) {
        Optional<String> id = card.filled(TropipayProtocol.ID).filter(i -> i.length() <= 255);
        Optional<String> address =
                card.filled(TropipayProtocol.SHORT_URL)
                        .or(() -> card.filled(TropipayProtocol.PAYMENT_URL))
                        .filter(a -> a.startsWith("https://") || a.startsWith("http://"));
        return id.flatMap(
                key ->
                        address.map(
                                url ->
                                        new CheckoutAnswer(
                                                new Reference(TropipayMovement.CARD, key),
                                                url,
                                                end(card))));
    }

    private static Instant end(Json card) {
        try {
            return card.filled(TropipayProtocol.EXPIRATION_DATE)
                    .map(d -> LocalDate.parse(d.length() > 10 ? d.substring(0, 10) : d))
                    .map(d -> d.atStartOfDay(ZoneOffset.UTC).toInstant())
                    .orElse(NEVER);
        } catch (DateTimeParseException e) {
            return NEVER;
        }
    }

    /** The card that bears our payment's id, among the latest. */
    static Optional<Json> search(TropipayCalls.Line line, UUID payment) {
        String ours = TropipayMovement.reference(payment);
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Json> cards =
                    TropipayList.rows(
                            line.get(
                                    TropipayProtocol.CARDS
                                            + "?"
                                            + TropipayProtocol.LIMIT
                                            + "="
                                            + LOOKED_THROUGH
                                            + "&"
                                            + TropipayProtocol.OFFSET
                                            + "="
                                            + page * LOOKED_THROUGH));
            Optional<Json> found =
                    cards.stream()
                            .filter(
                                    c ->
                                            c.text(TropipayProtocol.REFERENCE)
                                                    .filter(ours::equals)
                                                    .isPresent())
                            .findFirst();
            if (found.isPresent() || cards.size() < LOOKED_THROUGH) {
                return found;
            }
        }
        return Optional.empty();
    }
}
