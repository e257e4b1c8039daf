/**
 * The providers that the hub can speak with: a table from code to connector. Features ask it for an
 * ability (checkout, refund, …) and never name a provider; a new provider is one more folder here.
 */
package org.payhub.provider;
