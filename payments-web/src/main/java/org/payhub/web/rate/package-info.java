/** Settings, Rates: at which rate a visit's currency becomes a coin. Knows the door to rates. */
package org.payhub.web.rate;
