/**
 * The one door to providers' interfaces: time limits, size limits, no redirects, a record of every
 * call without secrets (table {@code provider_call}), and a switch that stops calling a provider
 * that does not answer. Also reads what providers send as JSON, strictly. Called by connectors.
 */
package org.payhub.provider.http;
