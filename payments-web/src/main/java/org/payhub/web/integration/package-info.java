/**
 * The pages about providers: the marketplace, the connect wizard, one integration with its health
 * and keys, and the record of our calls. Drawn from the providers' profiles and the facts that the
 * integration's doors tell; nothing here knows a provider by name.
 */
package org.payhub.web.integration;
