package org.payhub.payment;

import java.io.Serializable;
import org.payhub.money.Money;

/**
 * What a list of payments adds up to in one asset; proofs are left out, and money in suspense is
 * told apart.
 *
 * @param payments how many brought money; those that were only begun or failed are not counted
 * @param fees what providers kept of this asset, as far as it is known
 */
public record PaymentTotals(
        long payments, Money captured, Money refunded, Money suspense, Money fees)
        implements Serializable {}
