/**
 * Stripe: checkout pages, refunds, holds, reading of state, registration of webhooks. Everything
 * that is particular to Stripe stays in here; {@code MAPPING.md} says how its words become ours.
 */
package org.payhub.provider.stripe;
