/**
 * Our invitation to pay an amount for a visit: it has an address nobody can guess, an end, and
 * states. Table: {@code payment_link}. Invariant: at most one usable link per visit ({@code
 * uq_payment_link_usable}); the link keeps the mode (real or test money) that it was made in.
 */
package org.payhub.link;
