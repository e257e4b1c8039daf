/**
 * Stripe imitated: the part of its API that the hub calls, the hosted pay page, the cabinet, signed
 * webhooks and the books behind them. Written from Stripe's documentation and from recorded events,
 * never from the connector. Every change of an object is kept as a new version, so that reads can
 * be frozen at the moment of any event; every amount is a whole number of the currency's smallest
 * unit as Stripe counts it.
 */
package org.payhub.simulator.stripe;
