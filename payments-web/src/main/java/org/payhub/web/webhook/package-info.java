/**
 * The webhook inbox: what providers told us, what it changed, and running one again. The callback
 * addresses that take webhooks in stand here too.
 */
package org.payhub.web.webhook;
