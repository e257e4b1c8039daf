/**
 * The world that integration tests live in: one database, one simulator and one server for all of
 * them. {@link org.payhub.it.TestWorld} starts what Arquillian's server needs before Arquillian
 * starts it; {@link org.payhub.it.Deployments} is the one deployment.
 */
package org.payhub.it;
