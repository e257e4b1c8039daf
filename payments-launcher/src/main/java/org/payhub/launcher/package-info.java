/**
 * What {@code ./payhub} starts: it checks the settings, starts the embedded MariaDB when no
 * database is named, then Payara Micro with the application as a child process, in the demo the
 * provider simulator too, and stops them in the right order. It holds no business code and reads no
 * business table: what it wants from the application (seeds, a merchant, the set-up link) it asks
 * for over HTTP on the loopback, with a token that only this data directory knows. The invariant it
 * protects: one data directory has at most one launcher, one database and one server, and none of
 * them outlives the launcher by more than the next start.
 */
package org.payhub.launcher;
