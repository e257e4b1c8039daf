package org.payhub.link;

import java.time.Instant;
import java.util.List;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;

/** A usable link, read under its lock, as opening a checkout needs it. */
public record LinkForCheckout(
        LinkId id,
        MerchantId merchant,
        LocationId location,
        VisitId visit,
        String token,
        Money amount,
        boolean livemode,
        List<String> providers,
        Instant expiresAt) {

    /** Whether the link lets this provider be used. */
    public boolean allows(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }
}
