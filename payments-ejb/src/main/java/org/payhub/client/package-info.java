/**
 * The people who book and pay. Made with a visit, found again by the booking system's id or the
 * phone. Table: {@code client}. Personal data: nothing here goes into logs.
 */
package org.payhub.client;
