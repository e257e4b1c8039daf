/**
 * Turns what a provider reported into records: one transaction for the payment, the provider's
 * transactions, refunds, disputes, the ledger and the delivery's own mark, so that all of it is
 * there or none.
 */
package org.payhub.finance;
