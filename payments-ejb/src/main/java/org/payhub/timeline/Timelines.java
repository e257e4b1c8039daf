package org.payhub.timeline;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.payhub.dispute.DisputeRow;
import org.payhub.dispute.Disputes;
import org.payhub.link.LinkRow;
import org.payhub.link.LinkStatus;
import org.payhub.link.PaymentLinks;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.refund.RefundRow;
import org.payhub.refund.RefundStatus;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.timeline.TimelineRow.What;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.TransactionKind;
import org.payhub.transaction.TransactionRow;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.Visits;

/** The door to timelines. */
@Stateless
public class Timelines {

    /**
     * Providers tell whole seconds, and we know parts of them: within one second things stand in
     * the order in which they follow from each other, or an answer would stand before its question.
     */
    private static final Comparator<TimelineRow> NEWEST_FIRST =
            Comparator.comparing((TimelineRow row) -> row.at().truncatedTo(ChronoUnit.SECONDS))
                    .thenComparing(TimelineRow::what)
                    .thenComparing(TimelineRow::at)
                    .reversed();

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Payments payments;
    @Inject ProviderTransactions transactions;
    @Inject Refunds refunds;
    @Inject Disputes disputes;

    /** For the container. */
    public Timelines() {}

    /** Everything that happened to the visit, newest first. */
    public List<TimelineRow> ofVisit(Scope scope, VisitId id) {
        List<TimelineRow> rows = new ArrayList<>();
        VisitDetail visit = visits.get(scope, id);
        String key = id.toString();
        rows.add(
                TimelineRow.own(
                        visit.createdAt(), What.VISIT_BOOKED, key, Optional.of(visit.price())));
        visit.cancelledAt()
                .ifPresent(
                        at ->
                                rows.add(
                                        TimelineRow.own(
                                                at, What.VISIT_CANCELLED, key, Optional.empty())));
        links.ofVisit(scope, id).forEach(link -> add(rows, link));
        payments.ofVisit(scope, id).forEach(payment -> add(scope, rows, payment));
        rows.sort(NEWEST_FIRST);
        return List.copyOf(rows);
    }

    /** Everything that happened to one payment, newest first. */
    public List<TimelineRow> ofPayment(Scope scope, PaymentId id) {
        List<TimelineRow> rows = new ArrayList<>();
        add(scope, rows, payments.get(scope, id));
        rows.sort(NEWEST_FIRST);
        return List.copyOf(rows);
    }

    private void add(Scope scope, List<TimelineRow> rows, PaymentRow payment) {
        rows.add(
                new TimelineRow(
                        payment.createdAt(),
                        What.CHECKOUT_OPENED,
                        payment.createdBy(),
                        false,
                        payment.id().toString(),
                        Optional.of(payment.expected()),
                        payment.provider()));
        for (TransactionRow transaction : transactions.ofPayment(scope, payment.id().value())) {
            what(transaction.kind()).ifPresent(what -> rows.add(row(transaction, what, payment)));
        }
        for (RefundRow refund : refunds.ofPayment(scope, payment.id())) {
            add(rows, refund, payment.provider());
        }
        if (scope.may(Right.SEE_DISPUTES)) {
            for (DisputeRow dispute : disputes.ofPayment(scope, payment.id())) {
                add(rows, dispute, payment.provider());
            }
        }
    }

    private static Optional<What> what(TransactionKind kind) {
        return switch (kind) {
            case PENDING -> Optional.of(What.PAYMENT_PENDING);
            case AUTHORIZATION -> Optional.of(What.PAYMENT_HELD);
            case CAPTURE -> Optional.of(What.PAYMENT_CAPTURED);
            case DECLINE -> Optional.of(What.PAYMENT_DECLINED);
            case VOID -> Optional.of(What.HOLD_RELEASED);
            case HOLD_EXPIRY -> Optional.of(What.HOLD_EXPIRED);
            default -> Optional.empty();
        };
    }

    private static TimelineRow row(TransactionRow transaction, What what, PaymentRow payment) {
        String evidence =
                what == What.PAYMENT_DECLINED
                        ? payment.declineMessage()
                                .or(payment::declineCode)
                                .orElse(transaction.key())
                        : transaction.key();
        return new TimelineRow(
                transaction.occurredAt(),
                what,
                payment.provider(),
                true,
                payment.id().toString(),
                Optional.of(transaction.amount()),
                evidence);
    }

    private static void add(List<TimelineRow> rows, LinkRow link) {
        String id = link.id().toString();
        rows.add(
                new TimelineRow(
                        link.createdAt(),
                        What.LINK_CREATED,
                        link.createdBy(),
                        false,
                        id,
                        Optional.of(link.amount()),
                        ""));
        link.openedAt()
                .ifPresent(
                        at ->
                                rows.add(
                                        TimelineRow.own(
                                                at, What.LINK_OPENED, id, Optional.empty())));
        link.paidAt()
                .ifPresent(
                        at ->
                                rows.add(
                                        TimelineRow.own(
                                                at,
                                                What.LINK_PAID,
                                                id,
                                                Optional.of(link.amount()))));
        if (link.status() == LinkStatus.EXPIRED) {
            rows.add(TimelineRow.own(link.expiresAt(), What.LINK_ENDED, id, Optional.empty()));
        }
    }

    private static void add(List<TimelineRow> rows, RefundRow refund, String provider) {
        String id = refund.id().toString();
        rows.add(
                new TimelineRow(
                        refund.createdAt(),
                        What.REFUND_REQUESTED,
                        refund.madeAtProvider() ? provider : refund.requestedBy(),
                        refund.madeAtProvider(),
                        id,
                        Optional.of(refund.amount()),
                        refund.reason()));
        if (refund.settledAt().isPresent()) {
            rows.add(
                    new TimelineRow(
                            refund.settledAt().get(),
                            ended(refund.status()),
                            provider,
                            true,
                            id,
                            Optional.of(refund.amount()),
                            refund.failureReason().or(refund::providerKey).orElse("")));
        }
    }

    private static What ended(RefundStatus status) {
        return switch (status) {
            case FAILED -> What.REFUND_FAILED;
            case CANCELLED -> What.REFUND_CANCELLED;
            default -> What.REFUND_SUCCEEDED;
        };
    }

    private static void add(List<TimelineRow> rows, DisputeRow dispute, String provider) {
        String id = dispute.id().toString();
        rows.add(
                new TimelineRow(
                        dispute.openedAt(),
                        What.DISPUTE_OPENED,
                        provider,
                        true,
                        id,
                        Optional.of(dispute.amount()),
                        dispute.reason()));
        if (dispute.closedAt().isPresent()) {
            rows.add(
                    new TimelineRow(
                            dispute.closedAt().get(),
                            What.DISPUTE_CLOSED,
                            provider,
                            true,
                            id,
                            Optional.of(dispute.amount()),
                            dispute.status().word()));
        }
    }
}
