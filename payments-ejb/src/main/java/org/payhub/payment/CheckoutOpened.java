package org.payhub.payment;

import java.time.Instant;

/** The provider's page is open: where the client goes, and until when. */
public record CheckoutOpened(PaymentId payment, String redirectUrl, Instant expiresAt) {}
