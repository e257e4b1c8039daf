/**
 * What happened to a visit, in one list: people's acts and the providers' reports side by side. No
 * table of its own; it reads the doors of visits, links, payments, refunds and disputes.
 */
package org.payhub.timeline;
