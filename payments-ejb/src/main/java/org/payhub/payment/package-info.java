/**
 * Payments: what a client was asked for at one provider and what became of it. The pay page and
 * booking systems open checkouts, people settle holds, and the recorder of finance applies what
 * providers report. Tables {@code payment} and {@code payment_reference}. It protects: a reported
 * amount that differs from what was ordered is never "paid", a status never falls back, and one
 * order is never placed twice at a provider.
 */
package org.payhub.payment;
