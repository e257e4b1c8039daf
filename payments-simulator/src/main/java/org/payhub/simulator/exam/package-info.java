/**
 * The exam of one provider's connector from outside: a running hub, its REST interface and the
 * imitated provider. It knows no provider: what differs is done by the provider's {@code
 * ExamActor}.
 */
package org.payhub.simulator.exam;
