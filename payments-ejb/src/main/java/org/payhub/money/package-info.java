/**
 * Exact money: an integer of the smallest unit and the asset it counts. Used by every feature; no
 * table of its own. Invariant: what cannot be represented cannot be built, and assets never mix.
 */
package org.payhub.money;
