/**
 * ALPPAY: invoices in coins, paid in parts, too much or too late; withdrawals to an address. Every
 * word of its protocol stands in {@code AlppayProtocol}; {@code MAPPING.md} says how its words
 * become ours.
 */
package org.payhub.provider.alppay;
