package org.payhub.webhook;

import java.time.Instant;

/**
 * The right to work one delivery off, until {@code until}. Its end is fenced: whoever finishes must
 * still be the row's owner with the same number of attempts.
 */
record Claim(DeliveryId delivery, String owner, int attempts, Instant until) {}
