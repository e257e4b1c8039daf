/**
 * Measures Payhub and hurts it, from outside: a load client that writes down every answer, an
 * oracle that looks for each of them in the inbox, the invariants in SQL, and floors to compare
 * with. Behind {@code ./payhub bench}; nothing here ships with the application.
 */
package org.payhub.simulator.bench;
