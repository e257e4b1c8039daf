/**
 * Reconciliation by day: a provider's own list against what we know. Tables {@code compared_day}
 * and {@code day_difference}. What is missing is applied as a webhook's word would be; what differs
 * afterwards is kept for people. It protects: one comparison of a day at a time, and no difference
 * that goes unseen.
 */
package org.payhub.reconciliation;
