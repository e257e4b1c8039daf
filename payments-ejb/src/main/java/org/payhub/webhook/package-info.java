/**
 * The inbox: takes webhooks in, stores what is genuine before it answers, and works it off. Called
 * by the callback addresses, the inbox pages and the REST interface. Tables: webhook_delivery,
 * delivery_wait.
 *
 * <p>Invariant: what was answered with success is stored; nothing is stored that was not verified;
 * each event is applied at most once, however often it comes.
 */
package org.payhub.webhook;
