package org.payhub.visit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;

/**
 * A visit in a list.
 *
 * @param services the names of its lines, joined for reading
 * @param staff who works on it, joined for reading
 */
public record VisitRow(
        VisitId id,
        Optional<String> externalId,
        LocationId location,
        Instant startsAt,
        Instant endsAt,
        VisitStatus status,
        String clientName,
        Optional<String> clientPhone,
        String services,
        String staff,
        Money price,
        Money captured,
        Money refunded,
        Money due,
        VisitPaymentStatus paymentStatus,
        boolean livemode)
        implements Serializable {

    /** What the client has paid and not been given back. */
    public Money paid() {
        return captured.minus(refunded);
    }
}
