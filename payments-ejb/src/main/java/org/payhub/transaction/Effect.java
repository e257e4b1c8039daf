package org.payhub.transaction;

import java.io.Serializable;

/**
 * One thing that a report changed, in words for people.
 *
 * @param subject {@code payment}, {@code refund}, {@code dispute}, {@code payout}, {@code visit},
 *     {@code unmatched}
 * @param id the outside id of it
 * @param what what of it: {@code status}, {@code captured}, …
 * @param before empty when it is new
 */
public record Effect(String subject, String id, String what, String before, String after)
        implements Serializable {}
