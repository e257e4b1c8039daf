package org.payhub.provider.spi;

import java.util.Optional;
import org.payhub.money.Money;

/**
 * The provider asks, before it charges, whether a payment may go on, and wants the answer to that
 * very request. Such a question moves no money and proves none.
 */
public interface PrecheckAnswering {

    /** The type that such questions have in {@link VerifiedWebhook#eventType}. */
    String precheckType();

    /** What is asked, when that is what this webhook is. Pure. */
    Optional<Precheck> precheck(VerifiedWebhook webhook);

    /** The answer in the provider's words. Pure. */
    WebhookReply answer(VerifiedWebhook webhook, Verdict verdict);

    /**
     * The payment that is asked about, and what the client is about to be charged.
     *
     * @param amount empty where it cannot be read: then it is not the one that was asked for
     * @param account for whom the client pays, where the provider tells; we send out the visit's id
     */
    record Precheck(References references, Optional<Money> amount, Optional<String> account) {}

    /** Where the payment really stands. */
    enum Verdict {
        /** It may be charged. */
        PAYABLE,
        /** No payment of ours has that reference. */
        UNKNOWN_PAYMENT,
        /** Ours, but for another visit. */
        WRONG_ACCOUNT,
        /** Ours, but to another amount or in another currency. */
        WRONG_AMOUNT,
        /** Ours, and not to be paid: paid already, cancelled, in review, nothing due. */
        NOT_PAYABLE,
        /** The time in which it could be paid is over. */
        EXPIRED
    }
}
