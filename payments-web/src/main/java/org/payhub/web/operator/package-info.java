/**
 * The doors of whoever runs the installation: seeds of the demo, another business, the first set-up
 * link, what health knows in detail. Called by the launcher, from this machine or with the
 * operator's token; hidden from the described interface. It reads and writes through the features'
 * doors alone and protects that nobody else comes in.
 */
package org.payhub.web.operator;
