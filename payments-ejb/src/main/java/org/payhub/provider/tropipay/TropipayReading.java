package org.payhub.provider.tropipay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.tropipay.TropipayList.Condition;

/** What Tropipay says now: of an order, or of a payment card with all its orders and refunds. */
final class TropipayReading {

    /** How far Tropipay's clock may be behind ours. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final TropipayCalls.Line line;

    TropipayReading(TropipayCalls.Line line) {
        this.line = line;
    }

    Reading read(Reference thing) {
        return switch (thing.kind()) {
            case TropipayMovement.ORDER -> order(thing.key());
            case TropipayMovement.CARD -> card(thing.key());
            default -> Reading.nothing();
        };
    }

    // --- orders ---

    /**
     * An order with its refunds.
     *
     * <p><b>Errors</b>: {@code provider.not_listed_yet}. Orders are known from signed notifications
     * alone, so one that is missing in the list is late there and not invented: it is asked for
     * again, and never taken for nothing.
     */
    private Reading order(String code) {
        List<TropipayMovement> movements = ofOrder(code);
        if (movements.stream().allMatch(TropipayMovement::isRefund)) {
            throw new ProviderRefused(
                    "provider.not_listed_yet",
                    "Tropipay does not list this order yet.",
                    null,
                    null);
        }
        return new Reading(true, events(movements));
    }

    /** The lines of an order: the payment, and what was returned of it. */
    List<TropipayMovement> ofOrder(String code) {
        return TropipayList.search(
                line,
                new Condition(
                        TropipayProtocol.BANK_ORDER_CODE, TropipayProtocol.LIKE, "%" + code + "%"),
                m -> m.order().filter(code::equals).isPresent());
    }

    private static List<ProviderEvent> events(List<TropipayMovement> movements) {
        List<ProviderEvent> events = new ArrayList<>();
        for (TropipayMovement movement : inOrder(movements)) {
            List<ProviderEvent> said = movement.events();
            if (said.isEmpty()) {
                throw new ProviderRefused(
                        "provider.answer_unreadable",
                        "Tropipay lists an order without a readable amount and currency.",
                        null,
                        null);
            }
            events.addAll(said);
        }
        return events;
    }

    private static List<TropipayMovement> inOrder(List<TropipayMovement> movements) {
        return movements.stream()
                .sorted(
                        Comparator.comparing(TropipayMovement::isRefund)
                                .thenComparing(TropipayMovement::at))
                .toList();
    }

    // --- payment cards ---

    private Reading card(String key) {
        Optional<Json> card = line.find(TropipayProtocol.CARDS + "/" + TropipayCalls.encoded(key));
        List<TropipayMovement> movements = new ArrayList<>();
        for (TropipayMovement movement : ofCard(key)) {
            if (movement.isTaken() && movement.code().isPresent()) {
                movements.addAll(ofOrder(movement.code().get()));
            } else if (!movement.isRefund()) {
                movements.add(movement);
            }
        }
        if (card.isEmpty() && movements.isEmpty()) {
            return Reading.nothing();
        }
        List<ProviderEvent> events = new ArrayList<>();
        boolean paid = movements.stream().anyMatch(m -> !m.isRefund() && m.isTaken());
        boolean active = card.filter(TropipayCards::isActive).isPresent();
        if (paid || !active) {
            events.add(
                    new CheckoutReported(
                            of(key, card),
                            paid ? CheckoutOutcome.COMPLETED : CheckoutOutcome.EXPIRED,
                            card.map(c -> new TropipayMovement(c).at()).orElse(Instant.EPOCH)));
        }
        events.addAll(events(movements));
        return new Reading(
                true,
                events,
                paid || !active ? Optional.empty() : card.flatMap(TropipayCards::page));
    }

    private static References of(String key, Optional<Json> card) {
        Optional<UUID> ours =
                card.flatMap(c -> c.text(TropipayProtocol.REFERENCE))
                        .flatMap(TropipayMovement::payment);
        return new References(
                ours, List.of(new Reference(TropipayMovement.CARD, key)), ours.isPresent());
    }

    List<TropipayMovement> ofCard(String key) {
        return TropipayList.search(
                line,
                new Condition(TropipayProtocol.PAYMENTCARD_ID, TropipayProtocol.EQUAL, key),
                m -> m.card().filter(key::equals).isPresent());
    }

    // --- what was ordered and never answered ---

    /** The payment's card, by its key or by our reference among the latest cards. */
    Reading findPayment(UUID payment, List<Reference> references) {
        Optional<Reference> card = ofKind(references, TropipayMovement.CARD);
        if (card.isPresent()) {
            return card(card.get().key());
        }
        Optional<Reference> order = ofKind(references, TropipayMovement.ORDER);
        if (order.isPresent()) {
            return order(order.get().key());
        }
        Optional<String> made =
                TropipayCards.search(line, payment).flatMap(c -> c.filled(TropipayProtocol.ID));
        return made.map(this::card).orElseGet(Reading::nothing);
    }

    /**
     * A refund of the payment that is no older than the order of ours. Tropipay keeps no word of
     * ours with a refund: which one it is shows in its amount.
     */
    Reading findRefund(UUID payment, UUID refund, List<Reference> references) {
        Reading all = findPayment(payment, references);
        Instant ordered = Ids.madeAt(refund).map(at -> at.minus(CLOCKS)).orElse(Instant.EPOCH);
        boolean found =
                all.events().stream()
                        .filter(ProviderEvent.RefundReported.class::isInstance)
                        .map(ProviderEvent.RefundReported.class::cast)
                        .anyMatch(r -> !r.occurredAt().isBefore(ordered));
        return new Reading(found, all.events());
    }

    /** The order by which money came, for returning it. */
    String paidOrder(List<Reference> references) {
        Optional<String> paid =
                ofKind(references, TropipayMovement.CARD).stream()
                        .flatMap(card -> ofCard(card.key()).stream())
                        .filter(m -> m.isTaken() && !m.isRefund())
                        .flatMap(m -> m.code().stream())
                        .findFirst();
        return paid.or(() -> ofKind(references, TropipayMovement.ORDER).map(Reference::key))
                .orElseThrow(
                        () ->
                                new ProviderRefused(
                                        "payment.no_charge",
                                        "Tropipay knows no payment for this yet.",
                                        null,
                                        null));
    }

    static Optional<Reference> ofKind(List<Reference> references, String kind) {
        return references.stream().filter(r -> r.kind().equals(kind)).findFirst();
    }
}
