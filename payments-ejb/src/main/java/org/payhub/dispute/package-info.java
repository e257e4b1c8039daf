/**
 * Money that a client contests through the bank, and every movement it causes. Written while
 * reports are applied. Table {@code dispute}; its movements are provider transactions. It protects:
 * a movement is booked once by the provider's booking key, and a lost dispute leaves nothing in the
 * receivable.
 */
package org.payhub.dispute;
