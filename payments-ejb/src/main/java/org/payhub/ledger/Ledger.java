package org.payhub.ledger;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Conditions;
import org.payhub.platform.Ids;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to the books.
 *
 * <p><b>Guarantee</b>: one fact is posted once ({@code uq_ledger_entry_fact}); what was posted is
 * never changed, only reversed by new lines.
 */
@Stateless
public class Ledger {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public Ledger() {}

    /**
     * Posts a fact, unless it stands already. The caller holds the lock of what the fact belongs
     * to, so that two cannot post it at once.
     *
     * @return whether it is new
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean post(Posting posting) {
        if (isPosted(posting.books(), posting.fact(), posting.key())) {
            return false;
        }
        write(posting);
        return true;
    }

    /**
     * Takes a fact back with every line that it has, if it was posted and not taken back yet.
     *
     * @return whether lines were written
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean reverse(
            Books books, Fact fact, String key, Instant occurredAt, Posting.About about) {
        List<LedgerEntry> posted = entries(books, fact, key);
        if (posted.isEmpty() || isPosted(books, fact.reversed(), key)) {
            return false;
        }
        List<Posting.Line> lines = posted.stream().map(e -> e.line().negated()).toList();
        write(new Posting(books, fact.reversed(), key, occurredAt, about, lines));
        return true;
    }

    /** The lines of one fact, if it was posted. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public List<Posting.Line> lines(Books books, Fact fact, String key) {
        return entries(books, fact, key).stream().map(LedgerEntry::line).toList();
    }

    /** Whether that fact stands in the books. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean isPosted(Books books, Fact fact, String key) {
        return !entries(books, fact, key).isEmpty();
    }

    private List<LedgerEntry> entries(Books books, Fact fact, String key) {
        return em.createQuery(
                        "select e from LedgerEntry e where e.integration = :integration"
                                + " and e.fact = :fact and e.factKey = :key order by e.lineNo",
                        LedgerEntry.class)
                .setParameter("integration", books.integration().value())
                .setParameter("fact", fact)
                .setParameter("key", key)
                .getResultList();
    }

    private void write(Posting posting) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        for (int line = 1; line <= posting.lines().size(); line++) {
            em.persist(new LedgerEntry(posting, id, line, now));
        }
    }

    /** Newest first, by the time they were recorded. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<LedgerRow> entries(Scope scope, LedgerFilter filter, PageRequest request) {
        Conditions where = conditions(scope, filter).before("e.recordedAt", "e.id", request);
        TypedQuery<LedgerEntry> query =
                em.createQuery(
                        "select e from LedgerEntry e where "
                                + where
                                + " order by e.recordedAt desc, e.id desc",
                        LedgerEntry.class);
        where.bind(query);
        List<LedgerRow> rows =
                query.setMaxResults(request.limit() + 1)
                        .getResultStream()
                        .map(LedgerEntry::row)
                        .toList();
        return request.page(rows, LedgerRow::recordedAt, row -> row.id().value());
    }

    /** One line for each account and asset that ever moved. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Balance> balances(Scope scope, LedgerFilter filter) {
        Conditions where = conditions(scope, filter);
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select e.account, e.amount.asset, sum(e.amount.minor)"
                                + " from LedgerEntry e where "
                                + where
                                + " group by e.account, e.amount.asset"
                                + " order by e.account, e.amount.asset",
                        Object[].class);
        where.bind(query);
        return query.getResultStream()
                .map(
                        sum ->
                                new Balance(
                                        (LedgerAccount) sum[0],
                                        new Money((BigInteger) sum[2], (Asset) sum[1])))
                .toList();
    }

    private static Conditions conditions(Scope scope, LedgerFilter filter) {
        scope.require(Right.EXPORT);
        Conditions where = new Conditions();
        if (scope.isLocationBound()) {
            where.add(
                    "e.payment in (select p.id from Payment p where p.location in :locations)",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where.add("e.merchant = :merchant", "merchant", scope.merchant().value())
                .add("e.livemode = :livemode", "livemode", scope.livemode())
                .add("e.account = :account", "account", filter.account())
                .add(
                        "e.integration = :integration",
                        "integration",
                        filter.integration().map(i -> i.value()))
                .add("e.payment = :payment", "payment", filter.payment())
                .add("e.recordedAt >= :from", "from", filter.from())
                .add("e.recordedAt < :to", "to", filter.to());
    }
}
