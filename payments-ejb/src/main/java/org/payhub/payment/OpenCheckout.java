package org.payhub.payment;

import jakarta.ejb.Stateless;
import java.util.Locale;
import org.payhub.integration.IntegrationId;
import org.payhub.tenancy.Scope;

/** Opens a provider's page on which a client pays once. */
@Stateless
public class OpenCheckout {

    /** For the container. */
    public OpenCheckout() {}

    public CheckoutOpened open(OpenCheckoutCommand command) {
        throw new UnsupportedOperationException();
    }

    /** Opens the payment by which the merchant tries an integration. */
    public CheckoutOpened openProof(Scope scope, IntegrationId integration, Locale locale) {
        throw new UnsupportedOperationException();
    }
}
