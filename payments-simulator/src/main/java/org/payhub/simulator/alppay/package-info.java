/**
 * An imitated ALPPAY: its interface, the page of an invoice, the cabinet and its books. Its signing
 * and its states are written anew and share nothing with the hub's connector, so that a mistake in
 * one shows in the other.
 */
package org.payhub.simulator.alppay;
