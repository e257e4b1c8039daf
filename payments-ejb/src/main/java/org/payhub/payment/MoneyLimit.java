package org.payhub.payment;

import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/** Up to which amount somebody may move money alone. */
public final class MoneyLimit {

    private MoneyLimit() {}

    /**
     * Refuses whoever may not move money at all.
     *
     * <p><b>Errors</b>: {@code access.right_missing}, {@code access.limit_missing}.
     */
    public static void requireMover(Scope scope) {
        scope.require(Right.MOVE_MONEY);
        if (scope.role().needsLimitToMoveMoney() && scope.moneyLimit().isEmpty()) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.limit_missing",
                    "Nobody has said yet up to which amount you may return money. An owner or a"
                            + " manager can set it.");
        }
    }

    /** Whether no second person is needed. A limit in another currency limits everything. */
    public static boolean mayAlone(Scope scope, Money amount) {
        return scope.moneyLimit()
                .map(limit -> limit.asset().equals(amount.asset()) && amount.compareTo(limit) <= 0)
                .orElse(true);
    }
}
