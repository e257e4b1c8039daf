/**
 * The provider simulator as a program and as an object in a test: one HTTP server on the loopback
 * address under which every imitated provider lives. It shares no code with the product on purpose,
 * so that a misunderstanding of a provider's protocol shows instead of agreeing with itself.
 */
package org.payhub.simulator;
