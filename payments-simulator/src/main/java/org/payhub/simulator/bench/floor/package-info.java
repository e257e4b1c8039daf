/**
 * What intake is compared with: the least that a receiver of webhooks can do and still be honest,
 * with nothing but the JDK and the database driver, on the same database and settings. A ratio to a
 * floor of the same run says something on any machine.
 */
package org.payhub.simulator.bench.floor;
