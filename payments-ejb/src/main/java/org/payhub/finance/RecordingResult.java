package org.payhub.finance;

import java.util.List;
import java.util.Optional;
import org.payhub.payment.PaymentId;
import org.payhub.provider.spi.Reference;

/**
 * What recording did.
 *
 * @param reason one sentence for people, where the outcome needs one
 * @param waitsFor the keys that would tell whose the events are, when {@link
 *     DeliveryOutcome#WAITING}
 */
public record RecordingResult(
        DeliveryOutcome outcome,
        Optional<PaymentId> payment,
        Optional<String> reason,
        List<Change> changes,
        List<Reference> waitsFor) {

    public RecordingResult {
        changes = List.copyOf(changes);
        waitsFor = List.copyOf(waitsFor);
    }
}
