/**
 * Payments: what a client was asked for at one provider and what became of it. The pay page and
 * booking systems open checkouts, people settle holds, and the recorder of finance applies what
 * providers report. Tables {@code payment} and {@code payment_reference}. It protects: a reported
 * amount that differs from what was ordered is never "paid", a status never falls back, and one
 * order is never placed twice at a provider.
 *
 * <pre>
 *  created ──▶ unknown        the provider was asked and did not answer; asking resolves it
 *     │           │
 *     ▼           ▼
 *  pending ──▶ failed ──▶ authorized ──▶ expired ──▶ cancelled ──▶ part_paid ──▶ paid
 *
 *  A report moves to the right only, over as many steps as it says; what comes late changes nothing.
 *  review: reached from anywhere when money does not fit, left only by a person, or by the return
 *  of all the money that is held.
 * </pre>
 */
package org.payhub.payment;
