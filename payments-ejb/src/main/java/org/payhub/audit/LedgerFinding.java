package org.payhub.audit;

import org.payhub.tenancy.MerchantId;

/**
 * Something in a merchant's ledger that is not as it was written.
 *
 * @param code {@code ledger.rows_changed} (a span of days has not the digest that the audit keeps),
 *     {@code ledger.posting_unbalanced} or {@code ledger.digest_unreadable}
 * @param span the days, or the posting
 */
public record LedgerFinding(MerchantId merchant, String code, String span, String sentence) {}
