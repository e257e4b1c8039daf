package org.payhub.tenancy;

/**
 * One thing that someone may do. {@link Role} says who may; every door asks for the right it needs.
 */
public enum Right {
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
    GO_LIVE,
    SEE_WEBHOOKS,
    REPLAY_WEBHOOKS,
    EXPORT,
    MANAGE_LOCATIONS,
    SET_RATES,
    MANAGE_PEOPLE,
    MANAGE_FRONT_DESK,
    SEE_AUDIT
}
