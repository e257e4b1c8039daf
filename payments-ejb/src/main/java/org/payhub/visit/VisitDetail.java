package org.payhub.visit;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.client.ClientRow;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;

/** A visit in full, without its payments (those belong to {@code Payments.ofVisit}). */
public record VisitDetail(
        VisitId id,
        Optional<String> externalId,
        LocationId location,
        ClientRow client,
        List<VisitLineRow> lines,
        Instant startsAt,
        Instant endsAt,
        VisitStatus status,
        Money price,
        Money captured,
        Money refunded,
        Money due,
        VisitPaymentStatus paymentStatus,
        boolean livemode,
        Optional<String> note,
        Instant createdAt,
        Optional<Instant> cancelledAt)
        implements Serializable {

    /** What the client has paid and not been given back. */
    public Money paid() {
        return captured.minus(refunded);
    }
}
