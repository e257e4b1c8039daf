package org.payhub.rate;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.money.Asset;
import org.payhub.platform.HubException;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to rates that people enter.
 *
 * <p><b>Guarantee</b>: a rate whose time is over, or that was taken back, is never answered.
 */
@Stateless
public class Rates {

    /** Whoever sets a rate for longer has forgotten that prices move. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private static final int LONGEST_SOURCE = 200;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject AuditLog audit;

    /** For the container. */
    public Rates() {}

    /**
     * Enters a rate; an earlier one of the same pair counts no more.
     *
     * <p><b>Errors</b>: {@code rate.same_asset}, {@code rate.source_missing}, {@code
     * rate.source_too_long}, {@code rate.expiry_out_of_range}, {@code access.right_missing}.
     */
    public RateRow enter(Scope scope, EnterRate command) {
        scope.require(Right.SET_RATES);
        Instant now = clock.instant();
        require(command, now);
        ExchangeRate made = new ExchangeRate(scope, command, now);
        em.persist(made);
        RateRow row = made.row(now);
        audit.record(
                scope,
                "rate.entered",
                "rate",
                row.id().toString(),
                AuditDetails.of(
                        "pair", made.pair(),
                        "rate", row.rate().toString(),
                        "source", row.source(),
                        "validUntil", row.validUntil().toString()));
        return row;
    }

    private static void require(EnterRate command, Instant now) {
        if (command.from().equals(command.to())) {
            throw HubException.ofField(
                    "to", "rate.same_asset", "Choose two different currencies or coins.");
        }
        if (command.source() == null || command.source().isBlank()) {
            throw HubException.ofField(
                    "source", "rate.source_missing", "Say where the rate is from.");
        }
        if (command.source().strip().length() > LONGEST_SOURCE) {
            throw HubException.ofField(
                    "source",
                    "rate.source_too_long",
                    "The source has at most " + LONGEST_SOURCE + " characters.");
        }
        if (!command.validUntil().isAfter(now) || command.validUntil().isAfter(now.plus(LONGEST))) {
            throw HubException.ofField(
                    "validUntil",
                    "rate.expiry_out_of_range",
                    "A rate is valid until some time between now and 31 days from now.");
        }
    }

    /** Takes a rate back: the pair has none until another is entered. */
    public RateRow withdraw(Scope scope, RateId id) {
        scope.require(Right.SET_RATES);
        ExchangeRate rate = em.find(ExchangeRate.class, id.value());
        if (rate == null || !rate.merchant().equals(scope.merchant().value())) {
            throw HubException.notFound("rate");
        }
        if (!rate.isWithdrawn()) {
            rate.withdraw(clock.instant());
            audit.record(
                    scope,
                    "rate.withdrawn",
                    "rate",
                    id.toString(),
                    AuditDetails.of("pair", rate.pair()));
        }
        return rate.row(clock.instant());
    }

    /** The newest rate of each pair, also when its time is over; by pair. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<RateRow> list(Scope scope) {
        scope.require(Right.SEE_MONEY);
        return newest(scope.merchant()).stream()
                .sorted(
                        Comparator.comparing((RateRow row) -> row.from().code())
                                .thenComparing(row -> row.to().code()))
                .toList();
    }

    /** The rate of that pair, if there is one that counts now. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<RateRow> find(MerchantId merchant, Asset from, Asset to) {
        return newest(merchant).stream()
                .filter(row -> row.from().equals(from) && row.to().equals(to))
                .filter(RateRow::valid)
                .findFirst();
    }

    private List<RateRow> newest(MerchantId merchant) {
        Instant now = clock.instant();
        Map<List<Asset>, RateRow> newest = new LinkedHashMap<>();
        // What was taken back still stands in front of what it had replaced.
        em.createQuery(
                        "select r from ExchangeRate r where r.merchant = :merchant and not exists"
                                + " (select 1 from ExchangeRate n where n.merchant = r.merchant"
                                + " and n.base = r.base and n.quoted = r.quoted and (n.createdAt >"
                                + " r.createdAt or n.createdAt = r.createdAt and n.id > r.id))",
                        ExchangeRate.class)
                .setParameter("merchant", merchant.value())
                .getResultStream()
                .filter(rate -> !rate.isWithdrawn())
                .map(rate -> rate.row(now))
                .forEach(row -> newest.put(List.of(row.from(), row.to()), row));
        return List.copyOf(newest.values());
    }
}
