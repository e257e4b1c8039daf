package org.payhub.payment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;

/**
 * The postings that bring the books from what they hold of an invoice to what they have to hold:
 * one for each new transfer, and one for what is left over, so that a transfer that was told before
 * is never touched and what was wrong is put right by a new line.
 */
final class InvoiceSteps {

    private InvoiceSteps() {}

    /** What of an invoice is the visit's and what waits for a person. */
    record Held(Money visit, Money waiting) {

        Money all() {
            return visit.plus(waiting);
        }
    }

    /**
     * One posting.
     *
     * @param transfer what brought the money; empty: it puts right what was posted before
     */
    record Step(Optional<InvoiceTransfer> transfer, Money toVisit, Money toWaiting) {

        Money all() {
            return toVisit.plus(toWaiting);
        }
    }

    /**
     * The steps.
     *
     * @param fresh transfers that were not posted yet
     */
    static List<Step> between(Held now, Held then, List<InvoiceTransfer> fresh) {
        List<Step> steps = new ArrayList<>();
        Money visit = now.visit();
        Money waiting = now.waiting();
        for (InvoiceTransfer transfer : fresh) {
            Money none = Money.zero(transfer.amount().asset());
            Money toVisit = then.visit().minus(visit).max(none).min(transfer.amount());
            Money toWaiting = transfer.amount().minus(toVisit);
            steps.add(new Step(Optional.of(transfer), toVisit, toWaiting));
            visit = visit.plus(toVisit);
            waiting = waiting.plus(toWaiting);
        }
        Step rest =
                new Step(
                        Optional.empty(), then.visit().minus(visit), then.waiting().minus(waiting));
        if (!rest.toVisit().isZero() || !rest.toWaiting().isZero()) {
            steps.add(rest);
        }
        return List.copyOf(steps);
    }

    /** So much of {@code all} is the visit's, the rest waits. */
    static Held split(BigInteger all, BigInteger waiting, Money like) {
        return new Held(
                new Money(all.subtract(waiting), like.asset()), new Money(waiting, like.asset()));
    }
}
