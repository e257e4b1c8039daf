/**
 * Genuine money that waits for a person: it fits no payment, or a payment that wants none of it.
 * Payments put it here, finance resolves it. Table {@code unmatched_money}. It protects: such money
 * is in the books (suspense) and in a list, never dropped and never "paid".
 */
package org.payhub.unmatched;
