/** Finance, Withdrawals: asking for one, agreeing to one. Knows the door to withdrawals. */
package org.payhub.web.withdrawal;
