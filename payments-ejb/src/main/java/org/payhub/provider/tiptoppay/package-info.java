/**
 * TipTop Pay (Kazakhstan, Mexico): orders with a page of their own, notifications proved by an
 * HMAC, a question before each charge. {@code MAPPING.md} beside this file says how its words
 * become ours.
 */
package org.payhub.provider.tiptoppay;
