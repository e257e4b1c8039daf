package org.payhub.rate;

import java.time.Instant;
import org.payhub.money.Asset;
import org.payhub.money.Rate;

/**
 * A rate to be entered.
 *
 * @param rate so many of {@code to} for one of {@code from}
 * @param source where the person took it from, in words
 * @param validUntil from then on it counts for nothing
 */
public record EnterRate(Asset from, Asset to, Rate rate, String source, Instant validUntil) {}
