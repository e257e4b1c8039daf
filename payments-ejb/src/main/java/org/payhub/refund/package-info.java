/**
 * Money returned to the client at the merchant's wish, through us or in the provider's cabinet.
 * Table {@code refund}. It protects: never more than was taken, never twice for one press of a
 * button, above a person's limit only with a second person.
 */
package org.payhub.refund;
