/**
 * The client's pay page: what is to be paid and for what, how, and what became of it. Opened by the
 * link alone, without session or script. Asks the doors of link and payment; believes nothing that
 * a browser brings back from a provider.
 */
package org.payhub.web.link;
