package org.payhub.finance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.payhub.dispute.DisputeBooks;
import org.payhub.money.Money;
import org.payhub.payment.PaymentBooks;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentLocks;
import org.payhub.payment.PaymentView;
import org.payhub.payout.Payouts;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.refund.RefundBooks;
import org.payhub.transaction.Reporting;
import org.payhub.withdrawal.WithdrawalBooks;
import org.payhub.withdrawal.WithdrawalId;

/** The events of one telling on their way into the records. */
final class Application implements ProviderEvent.Cases<DeliveryOutcome> {

    /** Money before what hangs on it; otherwise as told. */
    static final Comparator<ProviderEvent> ORDER = Comparator.comparing(Application::rank);

    private static final String NO_MONEY = "It bears our mark, fits no payment and moved no money.";

    private final RecordingContext context;
    private final Reporting report;
    private final PaymentBooks payments;
    private final PaymentLocks locks;
    private final RefundBooks refunds;
    private final DisputeBooks disputes;
    private final Payouts payouts;
    private final WithdrawalBooks withdrawals;

    private final Map<DeliveryOutcome, String> outcomes = new EnumMap<>(DeliveryOutcome.class);
    private final Set<Reference> waitsFor = new LinkedHashSet<>();
    private Optional<PaymentId> concerned = Optional.empty();
    private String reason = "";

    Application(
            RecordingContext context,
            Reporting report,
            PaymentBooks payments,
            PaymentLocks locks,
            RefundBooks refunds,
            DisputeBooks disputes,
            Payouts payouts,
            WithdrawalBooks withdrawals) {
        this.context = context;
        this.report = report;
        this.payments = payments;
        this.locks = locks;
        this.refunds = refunds;
        this.disputes = disputes;
        this.payouts = payouts;
        this.withdrawals = withdrawals;
    }

    private static int rank(ProviderEvent event) {
        if (event instanceof PaymentReported || event instanceof InvoiceReported) {
            return 0;
        } else if (event instanceof CheckoutReported) {
            return 1;
        } else if (event instanceof RefundReported) {
            return 2;
        } else if (event instanceof DisputeReported) {
            return 3;
        }
        return event instanceof FeeReported ? 4 : 5;
    }

    void apply(ProviderEvent event) {
        reason = "";
        DeliveryOutcome outcome = event.match(this);
        outcomes.merge(outcome, reason, (first, second) -> first.isEmpty() ? second : first);
    }

    /** The outcome of the whole: what still waits decides, then what a person has to look at. */
    RecordingResult result() {
        DeliveryOutcome outcome = DeliveryOutcome.IGNORED;
        for (DeliveryOutcome each :
                List.of(
                        DeliveryOutcome.WAITING,
                        DeliveryOutcome.UNMATCHED,
                        DeliveryOutcome.APPLIED,
                        DeliveryOutcome.NOT_OURS)) {
            if (outcomes.containsKey(each)) {
                outcome = each;
                break;
            }
        }
        String why = outcomes.getOrDefault(outcome, "Nothing in it concerns the hub.");
        return new RecordingResult(
                outcome,
                concerned,
                why.isEmpty() ? Optional.empty() : Optional.of(why),
                report.effects().stream()
                        .map(e -> new Change(e.subject(), e.id(), e.what(), e.before(), e.after()))
                        .toList(),
                new ArrayList<>(waitsFor));
    }

    private DeliveryOutcome applied(PaymentId payment) {
        concerned = Optional.of(payment);
        boolean found = locks.isFound(payment);
        if (found) {
            reason = "It bears our mark and fits no payment: its money is held in suspense.";
        }
        return found ? DeliveryOutcome.UNMATCHED : DeliveryOutcome.APPLIED;
    }

    private DeliveryOutcome ignored(String why) {
        reason = why;
        return DeliveryOutcome.IGNORED;
    }

    private DeliveryOutcome notOurs() {
        reason = "It belongs to the account's other business: it bears no trace of us.";
        return DeliveryOutcome.NOT_OURS;
    }

    private static boolean bearsOurMark(References references) {
        return references.traceOfUs() || references.ours().isPresent();
    }

    // What bears a trace of us, or is not ours.

    @Override
    public DeliveryOutcome paymentReported(PaymentReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isPresent()) {
            payments.apply(report, payment.get(), event);
            return applied(payment.get());
        }
        if (!bearsOurMark(event.references())) {
            return notOurs();
        }
        if (event.outcome() != PaymentOutcome.CAPTURED || !event.amount().isPositive()) {
            return ignored(NO_MONEY);
        }
        return applied(payments.found(report, event));
    }

    @Override
    public DeliveryOutcome checkoutReported(CheckoutReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isPresent()) {
            payments.apply(report, payment.get(), event);
            return applied(payment.get());
        }
        return bearsOurMark(event.references()) ? ignored(NO_MONEY) : notOurs();
    }

    // What bears no trace of its own and is known by what it belongs to.

    @Override
    public DeliveryOutcome refundReported(RefundReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isEmpty()) {
            return nobodys(event.references());
        }
        return refunds.apply(report, payment.get(), event)
                ? applied(payment.get())
                : waitsForMoney(payment.get(), event.references());
    }

    @Override
    public DeliveryOutcome disputeReported(DisputeReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isEmpty()) {
            return nobodys(event.references());
        }
        return disputes.apply(report, payment.get(), event)
                ? applied(payment.get())
                : waitsForMoney(payment.get(), event.references());
    }

    @Override
    public DeliveryOutcome feeReported(FeeReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isEmpty()) {
            return nobodys(event.references());
        }
        PaymentView view = locks.view(payment.get());
        if (DisputeBooks.books(event.category())) {
            return disputes.apply(report, payment.get(), event)
                    ? applied(payment.get())
                    : waitsForMoney(payment.get(), event.references());
        }
        Optional<Money> moved = moved(view, event);
        if (moved.isEmpty() && event.category() != BookingCategory.OTHER) {
            return waitsForMoney(payment.get(), event.references());
        }
        payments.apply(report, payment.get(), event, moved);
        return applied(payment.get());
    }

    /** What a booking books, signed, in the currency that was paid. */
    private Optional<Money> moved(PaymentView view, FeeReported event) {
        return switch (event.category()) {
            case CHARGE -> payments.capturedBy(view.integration(), event.sourceKey());
            case REFUND ->
                    refunds.amountOf(view.integration(), event.sourceKey()).map(Money::negated);
            case REFUND_FAILURE -> refunds.amountOf(view.integration(), event.sourceKey());
            default -> Optional.empty();
        };
    }

    private DeliveryOutcome nobodys(References references) {
        if (context.providerWasRead() && !bearsOurMark(references)) {
            return notOurs();
        }
        waitsFor.addAll(references.keys());
        reason = "The payment that it belongs to is not known yet.";
        return DeliveryOutcome.WAITING;
    }

    private DeliveryOutcome waitsForMoney(PaymentId payment, References references) {
        concerned = Optional.of(payment);
        waitsFor.addAll(references.keys());
        waitsFor.add(PaymentBooks.moneyOf(payment));
        reason = "The money that it moves is not known to be taken yet.";
        return DeliveryOutcome.WAITING;
    }

    // The rest.

    @Override
    public DeliveryOutcome payoutReported(PayoutReported event) {
        payouts.apply(report, event);
        return DeliveryOutcome.APPLIED;
    }

    @Override
    public DeliveryOutcome invoiceReported(InvoiceReported event) {
        Optional<PaymentId> payment = payments.find(report, event.references());
        if (payment.isPresent()) {
            payments.apply(report, payment.get(), event);
            return applied(payment.get());
        }
        if (!bearsOurMark(event.references())) {
            return notOurs();
        }
        if (!event.outcome().isFinal() || !event.received().isPositive()) {
            return ignored(NO_MONEY);
        }
        return applied(payments.found(report, event));
    }

    @Override
    public DeliveryOutcome withdrawalReported(WithdrawalReported event) {
        Optional<WithdrawalId> withdrawal = withdrawals.find(report, event);
        if (withdrawal.isEmpty()) {
            return bearsOurMark(event.references()) || event.ours().isPresent()
                    ? ignored("It bears our mark and is no withdrawal of ours.")
                    : notOurs();
        }
        concerned = withdrawals.apply(report, withdrawal.get(), event).or(() -> concerned);
        return DeliveryOutcome.APPLIED;
    }

    @Override
    public DeliveryOutcome readFirst(ReadFirst event) {
        if (!event.required() || context.providerWasRead()) {
            return DeliveryOutcome.IGNORED;
        }
        waitsFor.addAll(event.references().keys());
        waitsFor.add(new Reference(event.kind(), event.key()));
        reason = "The provider has to be read first.";
        return DeliveryOutcome.WAITING;
    }

    @Override
    public DeliveryOutcome ignored(Ignored event) {
        return ignored(event.reason());
    }
}
