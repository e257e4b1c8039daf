package org.payhub.payment;

import java.util.List;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;

/** What is to be done next on the way to the provider's page. */
public sealed interface CheckoutStep {

    /** A page is open already that asks for the same: the client is sent there again. */
    record Reuse(CheckoutOpened opened) implements CheckoutStep {}

    /**
     * Earlier pages have to be closed first, so that nobody pays twice.
     *
     * @param next the provider whose page is wanted instead
     */
    record Close(List<OpenPage> pages, String next) implements CheckoutStep {}

    /** Another call is opening one at this moment. */
    record Wait() implements CheckoutStep {}

    /** The payment is written down; now the provider is asked. */
    record Order(PaymentId payment, ActiveIntegration at, CheckoutOrder order)
            implements CheckoutStep {}

    /** A page that can still be paid. */
    record OpenPage(PaymentId payment, IntegrationId integration, String provider, String key) {}
}
