package org.payhub.rate;

import java.io.Serializable;
import java.time.Instant;
import org.payhub.money.Asset;
import org.payhub.money.Rate;

/**
 * The newest rate of a pair.
 *
 * @param rate so many of {@code to} for one of {@code from}
 * @param valid whether it counts now
 */
public record RateRow(
        RateId id,
        Asset from,
        Asset to,
        Rate rate,
        String source,
        Instant validUntil,
        String enteredBy,
        Instant enteredAt,
        boolean valid)
        implements Serializable {}
