package org.payhub.link;

import org.payhub.money.Money;

/**
 * What the payments of a link add up to.
 *
 * @param paid taken through this link and counted for the visit, refunds not subtracted
 * @param pending whether money is on its way or held
 * @param begun whether part of what a page asks for was seen there, while the rest can still come
 */
public record LinkMoney(Money paid, boolean pending, boolean begun) {}
