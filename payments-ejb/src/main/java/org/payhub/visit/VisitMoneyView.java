package org.payhub.visit;

import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/**
 * A visit as money sees it, read under its lock.
 *
 * @param due what is still to be paid; nothing when the visit is cancelled
 */
public record VisitMoneyView(
        VisitId id,
        MerchantId merchant,
        LocationId location,
        boolean livemode,
        boolean cancelled,
        Money price,
        Money captured,
        Money refunded,
        Money due) {}
