package org.payhub.ledger;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.payhub.money.Asset;

/**
 * Looks for drift in the books: lines of a posting that do not sum to zero, and sums of accounts
 * that differ from what the entries add up to one by one. It reports and never repairs. Health
 * checks and tests ask it.
 */
@Stateless
public class LedgerCheck {

    private static final System.Logger LOG = System.getLogger(LedgerCheck.class.getName());

    private static final int MOST_SHOWN = 100;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    /** For the container. */
    public LedgerCheck() {}

    /** Each night, and loudly: nobody opens a page to find out that the books are wrong. */
    @Schedule(hour = "3", minute = "47", timezone = "UTC", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void nightly() {
        try {
            drift().forEach(found -> LOG.log(System.Logger.Level.ERROR, "ledger drift: " + found));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "ledger not checked: " + e.getMessage());
        }
    }

    /**
     * What is wrong in the books of all merchants, one sentence each, at most a hundred; empty when
     * they are sound.
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<String> drift() {
        List<String> found = new ArrayList<>();
        unbalanced().forEach(found::add);
        brokenPostings().forEach(found::add);
        suspenseDrift().forEach(found::add);
        return List.copyOf(found);
    }

    private List<String> unbalanced() {
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select e.posting, e.amount.asset, sum(e.amount.minor)"
                                + " from LedgerEntry e group by e.posting, e.amount.asset"
                                + " having sum(e.amount.minor) <> 0",
                        Object[].class);
        return query.setMaxResults(MOST_SHOWN)
                .getResultStream()
                .map(
                        row ->
                                "Posting "
                                        + row[0]
                                        + " leaves "
                                        + row[2]
                                        + " of "
                                        + ((Asset) row[1]).code())
                .toList();
    }

    /** A line that was removed together with its counterpart leaves a hole in the numbering. */
    private List<String> brokenPostings() {
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select e.posting, count(e), max(e.lineNo) from LedgerEntry e"
                                + " group by e.posting having count(e) <> max(e.lineNo)",
                        Object[].class);
        return query.setMaxResults(MOST_SHOWN)
                .getResultStream()
                .map(row -> "Posting " + row[0] + " has " + row[1] + " of " + row[2] + " lines")
                .toList();
    }

    /** What payments say is held in suspense must be what the books hold there. */
    private List<String> suspenseDrift() {
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select p.id, p.suspenseMinor - p.suspenseOutMinor,"
                                + " coalesce((select sum(e.amount.minor) from LedgerEntry e"
                                + " where e.payment = p.id and e.account = :suspense), 0)"
                                + " from Payment p where p.suspenseMinor > 0 or exists"
                                + " (select 1 from LedgerEntry s where s.payment = p.id"
                                + " and s.account = :suspense)",
                        Object[].class);
        List<String> found = new ArrayList<>();
        for (Object[] row :
                query.setParameter("suspense", LedgerAccount.SUSPENSE).getResultList()) {
            BigInteger held = (BigInteger) row[1];
            BigInteger booked = (BigInteger) row[2];
            if (found.size() < MOST_SHOWN && held.add(booked).signum() != 0) {
                found.add(
                        "Payment "
                                + row[0]
                                + " holds "
                                + held
                                + " in suspense, the books "
                                + booked.negate());
            }
        }
        return found;
    }
}
