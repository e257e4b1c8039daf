package org.payhub.visit;

import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * What the visit's payments add up to, in its own currency and mode.
 *
 * @param captured taken in all, refunds not subtracted, money in suspense not counted
 * @param refunded returned in all, only what the provider confirmed
 */
public record VisitMoney(
        Money captured,
        Money refunded,
        boolean anyReview,
        boolean anyAuthorized,
        boolean anyPending) {

    public VisitMoney {
        if (captured.isNegative() || refunded.isNegative() || refunded.compareTo(captured) > 0) {
            throw new HubException(
                    Problem.CONFLICT,
                    "visit.sums_impossible",
                    "More would be returned for the visit than was taken.");
        }
    }
}
