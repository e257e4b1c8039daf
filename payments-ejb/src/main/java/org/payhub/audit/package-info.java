/**
 * Who did what: a chain of entries per merchant and one of the installation, in which every entry
 * hashes the one before it. Every feature that changes something for a person writes here; the
 * audit page, the export and the offline verifier read. Tables {@code audit_entry}, {@code
 * audit_detail} and {@code audit_chain}. It protects that an entry, once written, can be neither
 * changed nor removed unnoticed, and, through daily digests, that the ledger cannot either.
 */
package org.payhub.audit;
