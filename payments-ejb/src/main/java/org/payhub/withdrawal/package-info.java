/**
 * Money that leaves the balance at a provider for an address. Asked for by one person, approved by
 * another, ordered once and never again by itself; an order without an answer is looked for. Owns
 * {@code withdrawal} and {@code withdrawal_address}. Invariant: what left is posted once.
 */
package org.payhub.withdrawal;
