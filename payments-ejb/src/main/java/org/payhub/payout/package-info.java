/**
 * What providers pay out to the merchant's bank, stored and shown. Table {@code payout}. It
 * protects: one row for one payout of a provider, whose status never falls back.
 */
package org.payhub.payout;
