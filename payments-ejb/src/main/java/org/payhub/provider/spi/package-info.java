/**
 * What the hub asks of a provider's connector and what a connector tells the hub, in the hub's own
 * words. Knows money and nothing else; a connector knows this and nothing else of the hub.
 */
package org.payhub.provider.spi;
