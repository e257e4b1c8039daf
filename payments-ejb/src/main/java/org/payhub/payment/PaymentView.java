package org.payhub.payment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Books;
import org.payhub.money.Money;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/**
 * A payment as refunds, disputes and finance see it, read under its lock.
 *
 * @param returnable what may still be ordered to be returned: captured, less what was returned, is
 *     on its way back, or waits for a second person
 * @param held how much of it is in suspense now
 * @param asking something was ordered and is not answered
 * @param checkout the key of the provider's page
 */
public record PaymentView(
        PaymentId id,
        MerchantId merchant,
        IntegrationId integration,
        String provider,
        Optional<LocationId> location,
        boolean livemode,
        PaymentPurpose purpose,
        PaymentStatus status,
        Money captured,
        Money refunded,
        Money returnable,
        Money held,
        boolean asking,
        Optional<String> checkout,
        List<Reference> references,
        Books books) {

    public UUID uuid() {
        return id.value();
    }
}
