package org.payhub.payment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.ledger.Books;
import org.payhub.link.LinkId;
import org.payhub.link.LinkMoney;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitMoney;
import org.payhub.visit.VisitMoneyView;
import org.payhub.visit.Visits;

/**
 * Locks visit and payment, in that order, and sums a visit and a link up after their payments
 * changed. Works in the caller's transaction; no EJB, because its callers of this package pass
 * entities, which a proxy of another package could not see.
 */
@Dependent
public class PaymentLocks {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Merchants merchants;
    @Inject PaymentReferences references;

    /** For the container. */
    public PaymentLocks() {}

    /** The payment as it is now, held against everybody else until the transaction ends. */
    public Payment lock(PaymentId id) {
        Payment payment = em.find(Payment.class, id.value());
        if (payment == null) {
            throw HubException.notFound("payment");
        }
        if (em.getLockMode(payment) != LockModeType.PESSIMISTIC_WRITE) {
            payment.visit().ifPresent(visits::lockForMoney);
            // What was changed under this lock and is not written yet must survive the refresh.
            em.flush();
            em.refresh(payment, LockModeType.PESSIMISTIC_WRITE);
            // Meanwhile it may have become another visit's.
            payment.visit().ifPresent(visits::lockForMoney);
        }
        return payment;
    }

    /** Whether the payment is found money that still waits for a person. */
    public boolean isFound(PaymentId id) {
        Payment payment = lock(id);
        return payment.purpose() == PaymentPurpose.FOUND
                && payment.status() == PaymentStatus.REVIEW;
    }

    /** The same, as other features see it. */
    public PaymentView view(PaymentId id) {
        Payment payment = lock(id);
        return new PaymentView(
                payment.key(),
                new MerchantId(payment.merchant()),
                payment.integration(),
                payment.provider(),
                payment.location(),
                payment.livemode(),
                payment.purpose(),
                payment.status(),
                payment.captured(),
                payment.refunded(),
                payment.returnable(),
                payment.held(),
                payment.unknown().isPresent(),
                payment.checkoutKey(),
                references.ofPayment(payment.key()),
                books(payment));
    }

    public Books books(Payment payment) {
        MerchantId merchant = new MerchantId(payment.merchant());
        ZoneId zone =
                payment.location()
                        .map(merchants::location)
                        .orElseGet(() -> merchants.defaultLocation(merchant))
                        .zone();
        return new Books(merchant, payment.integration(), payment.livemode(), zone);
    }

    /** Whether the visit still wants money; without a visit the question does not arise. */
    public boolean isWanted(Payment payment) {
        if (payment.visit().isEmpty()) {
            return true;
        }
        VisitMoneyView visit = visits.lockForMoney(payment.visit().get());
        return visit.livemode() != payment.livemode() || visit.due().isPositive();
    }

    /** Sums up the payment's visit and link anew. */
    public void restate(Payment payment) {
        payment.visit().ifPresent(this::restate);
        payment.link().ifPresent(this::restate);
    }

    /** Sums a visit up anew; the caller changed one of its payments. */
    public void restate(VisitId id) {
        VisitMoneyView visit = visits.lockForMoney(id);
        Money captured = Money.zero(visit.price().asset());
        Money refunded = captured;
        boolean review = false;
        boolean authorized = false;
        boolean pending = false;
        for (Payment payment : list("p.visit", id.value())) {
            if (payment.livemode() == visit.livemode()
                    && payment.asked().asset().equals(captured.asset())) {
                captured = captured.plus(payment.visitCaptured());
                refunded = refunded.plus(payment.visitRefunded());
                review |= payment.status() == PaymentStatus.REVIEW;
                authorized |= payment.status() == PaymentStatus.AUTHORIZED;
                pending |=
                        payment.status() == PaymentStatus.PENDING && payment.isOnItsWay()
                                || payment.isBegun();
            }
        }
        visits.restate(id, new VisitMoney(captured, refunded, review, authorized, pending));
    }

    private void restate(LinkId id) {
        List<Payment> payments = list("p.link", id.value());
        Money paid = Money.zero(payments.get(0).asked().asset());
        boolean pending = false;
        boolean begun = false;
        for (Payment payment : payments) {
            paid = paid.plus(payment.visitCaptured());
            pending |= payment.isOnItsWay() || payment.status() == PaymentStatus.REVIEW;
            begun |= payment.isBegun();
        }
        links.restate(id, new LinkMoney(paid, pending, begun));
    }

    /** What was paid through a link and counts for the visit. */
    public Optional<Money> paidThrough(LinkId link) {
        return list("p.link", link.value()).stream()
                .map(Payment::visitCaptured)
                .reduce(Money::plus);
    }

    public List<Payment> ofLink(LinkId link) {
        return list("p.link", link.value());
    }

    public List<Payment> ofVisit(VisitId visit) {
        return list("p.visit", visit.value());
    }

    private List<Payment> list(String field, UUID value) {
        return em.createQuery(
                        "select p from Payment p where " + field + " = :value order by p.id",
                        Payment.class)
                .setParameter("value", value)
                .getResultList();
    }
}
