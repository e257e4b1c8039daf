package org.payhub.webhook;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;

/**
 * Which webhooks of the inbox are wanted.
 *
 * @param type a kind of event, or its beginning
 * @param search an event's id, an object's id, a payment's id or a kind of event
 */
public record DeliveryFilter(
        Optional<DeliveryStatus> status,
        Optional<String> provider,
        Optional<IntegrationId> integration,
        Optional<PaymentId> payment,
        Optional<String> type,
        Optional<String> search,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Boolean> livemode) {

    public static DeliveryFilter all() {
        return new DeliveryFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static DeliveryFilter ofPayment(PaymentId payment) {
        return new DeliveryFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(payment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static DeliveryFilter ofIntegration(IntegrationId integration) {
        return new DeliveryFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(integration),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
