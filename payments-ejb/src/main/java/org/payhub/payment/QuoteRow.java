package org.payhub.payment;

import java.io.Serializable;
import java.time.Instant;

/**
 * The quote that a client was given: so many of the paid asset for one unit of the asked currency.
 *
 * @param rate exact digits
 * @param source where the rate was taken from, in words
 */
public record QuoteRow(String rate, String source, Instant lockedAt, Instant validUntil)
        implements Serializable {}
