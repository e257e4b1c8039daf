/**
 * Rates at which a visit's currency is turned into what a provider charges, where the provider
 * quotes none itself. Used by the checkout; owns {@code exchange_rate}. Invariant: an entry never
 * changes, the newest of a pair counts, and one whose time is over counts for nothing.
 */
package org.payhub.rate;
