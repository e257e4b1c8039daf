/**
 * Tropipay: payment cards, reading of movements, refunds with a second factor, hooks, the day's
 * list. Everything that is particular to Tropipay stays in here; {@code MAPPING.md} says how its
 * words become ours.
 */
package org.payhub.provider.tropipay;
