package org.payhub.finance;

import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;

/**
 * Where events come from.
 *
 * @param delivery the claimed delivery that told them; empty when we asked the provider ourselves
 * @param providerWasRead whether the provider itself was asked about them, so that "no trace of us"
 *     is final
 */
public record RecordingContext(
        IntegrationId integration,
        MerchantId merchant,
        boolean livemode,
        Optional<DeliveryClaim> delivery,
        boolean providerWasRead,
        Actor actor) {}
