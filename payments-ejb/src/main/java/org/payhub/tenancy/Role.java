package org.payhub.tenancy;

import static org.payhub.tenancy.Right.*;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a person is at a merchant, and the rights that come with it.
 *
 * <p>{@link #API_KEY} is nobody's membership: it is what a key may do (a manager's rights, never
 * the second person).
 */
public enum Role {
    OWNER(EnumSet.allOf(Right.class)),
    MANAGER(
            EnumSet.of(
                    SEE_MONEY,
                    MAKE_LINKS,
                    MOVE_MONEY,
                    RESOLVE_UNMATCHED,
                    SEE_DISPUTES,
                    ANSWER_DISPUTES,
                    SEE_WITHDRAWALS,
                    ASK_WITHDRAWAL,
                    APPROVE_WITHDRAWAL,
                    SEE_INTEGRATIONS,
                    MANAGE_INTEGRATIONS,
                    SEE_WEBHOOKS,
                    REPLAY_WEBHOOKS,
                    EXPORT,
                    MANAGE_LOCATIONS,
                    SET_RATES,
                    MANAGE_FRONT_DESK)),
    FRONT_DESK(EnumSet.of(SEE_MONEY, MAKE_LINKS, MOVE_MONEY)),
    ACCOUNTANT(
            EnumSet.of(
                    SEE_MONEY,
                    RESOLVE_UNMATCHED,
                    SEE_DISPUTES,
                    SEE_WITHDRAWALS,
                    ASK_WITHDRAWAL,
                    EXPORT)),
    INTEGRATOR(EnumSet.of(SEE_INTEGRATIONS, MANAGE_INTEGRATIONS, SEE_WEBHOOKS, REPLAY_WEBHOOKS)),
    AUDITOR(EnumSet.of(SEE_MONEY, SEE_DISPUTES, SEE_WEBHOOKS, EXPORT, SEE_AUDIT)),
    API_KEY(
            EnumSet.of(
                    SEE_MONEY,
                    MAKE_LINKS,
                    MOVE_MONEY,
                    RESOLVE_UNMATCHED,
                    SEE_DISPUTES,
                    SEE_WITHDRAWALS,
                    ASK_WITHDRAWAL,
                    SEE_INTEGRATIONS,
                    MANAGE_INTEGRATIONS,
                    GO_LIVE,
                    SEE_WEBHOOKS,
                    REPLAY_WEBHOOKS,
                    SET_RATES,
                    EXPORT));

    private final Set<Right> rights;

    Role(Set<Right> rights) {
        this.rights = Set.copyOf(rights);
    }

    public Set<Right> rights() {
        return rights;
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** Front desks move no money until someone set a limit for them; others have none at first. */
    public boolean needsLimitToMoveMoney() {
        return this == FRONT_DESK;
    }
}
