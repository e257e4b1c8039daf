/**
 * Finance → Online payments and its neighbours: payments with sums, filters and a drawer, holds,
 * payouts, disputes, unmatched money, the ledger and downloads. Called by Faces; asks the doors of
 * money and hands every one the scope of the person.
 */
package org.payhub.web.payment;
