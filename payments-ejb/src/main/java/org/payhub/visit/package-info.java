/**
 * The appointment: who comes, for what, when, where, for how much, and what of it is already paid.
 * Tables: {@code visit}, {@code visit_line}. Invariant: refunded ≤ captured, and the payment status
 * follows from the sums by one rule ({@link VisitPaymentStatus}); the row is locked while money is
 * applied, so that two payments cannot both find something due.
 */
package org.payhub.visit;
