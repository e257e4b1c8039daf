/**
 * The books: double entry, one signed line a row, debit positive. Every feature that moves money
 * posts here, in its own transaction. Table {@code ledger_entry}, insert-only. It protects: the
 * lines of a posting sum to zero in each asset, and one fact is posted once.
 */
package org.payhub.ledger;
