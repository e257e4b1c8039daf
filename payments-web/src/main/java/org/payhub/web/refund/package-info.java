/** The refund dialog: how much, why, what will happen, and what became of it. */
package org.payhub.web.refund;
