/**
 * What the tests of every imitated provider have in common: a browser, a webhook address, waits.
 */
package org.payhub.simulator.rig;
