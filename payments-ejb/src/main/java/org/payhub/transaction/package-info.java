/**
 * What providers reported, one immutable row an operation. Written while reports are applied, read
 * by pages and files. Table {@code provider_transaction}, insert-only. It protects: one operation
 * of a provider has one row, by {@code uq_provider_transaction}.
 */
package org.payhub.transaction;
