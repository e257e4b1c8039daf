package org.payhub.finance;

/**
 * One thing that a delivery changed, for people.
 *
 * @param subject what changed: {@code payment}, {@code refund}, {@code dispute}, {@code visit}, …
 * @param id the outside id of it
 * @param before empty when it is new
 */
public record Change(String subject, String id, String what, String before, String after) {}
