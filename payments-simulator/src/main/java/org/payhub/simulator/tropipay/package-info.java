/**
 * The imitated Tropipay: tokens, payment cards, movements, refunds with a second factor, hooks and
 * signed notifications, a payer's page, the merchant's cabinet and the provider's own books.
 * Written apart from the hub's connector: nothing is shared, signing least of all.
 */
package org.payhub.simulator.tropipay;
