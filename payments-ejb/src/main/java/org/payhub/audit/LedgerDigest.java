package org.payhub.audit;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.Leases;
import org.payhub.platform.UnitOfWork;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;

/**
 * Once a day writes a digest of each merchant's ledger into their audit chain, and checks all
 * earlier ones. A span begins where the one before ended, so no row is ever left out; a quiet day
 * is part of the next span.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerDigest {

    private static final System.Logger LOG = System.getLogger(LedgerDigest.class.getName());
    private static final String JOB = "ledger_digest";
    private static final Duration LEASE = Duration.ofMinutes(10);

    /** A row gets its time before its commit; nothing is still on the way after so long. */
    private static final Duration SETTLED = Duration.ofHours(1);

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject AuditLog audit;
    @Inject LedgerDigestCheck check;
    @Inject Leases leases;
    @Inject Clock clock;

    private volatile List<LedgerFinding> findings = List.of();

    /** For the container. */
    public LedgerDigest() {}

    /** What the last nightly check found; empty is good. */
    public List<LedgerFinding> findings() {
        return findings;
    }

    /** Every hour, so that a night when the server was off is made up for. */
    @Schedule(hour = "*", minute = "17", timezone = "UTC", persistent = false)
    void hourly() {
        if (leases.take(JOB, LEASE)) {
            writeDue();
        }
    }

    /** Checks everything, at night. */
    @Schedule(hour = "3", minute = "41", timezone = "UTC", persistent = false)
    void nightly() {
        checkAll();
    }

    /** Writes the digest of every merchant that has rows up to yesterday and not yet covered. */
    public void writeDue() {
        Instant to = clock.instant().minus(SETTLED).truncatedTo(ChronoUnit.DAYS);
        for (MerchantId merchant : merchants()) {
            if (!UnitOfWork.run(() -> write(merchant, to))) {
                continue;
            }
            LOG.log(System.Logger.Level.INFO, "ledger digest merchant=" + merchant + " to=" + to);
            if (!leases.take(JOB, LEASE)) {
                return;
            }
        }
    }

    /** Checks every merchant's ledger and says loudly what is wrong. */
    public List<LedgerFinding> checkAll() {
        List<LedgerFinding> found = new ArrayList<>();
        for (MerchantId merchant : merchants()) {
            found.addAll(check.check(merchant));
        }
        for (LedgerFinding finding : found) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "ledger drift merchant="
                            + finding.merchant()
                            + " code="
                            + finding.code()
                            + ": "
                            + finding.sentence());
        }
        findings = List.copyOf(found);
        return findings;
    }

    private List<MerchantId> merchants() {
        List<MerchantId> merchants = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT id FROM merchant");
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                merchants.add(new MerchantId(LedgerSpan.uuid(result.getBytes(1))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Merchants cannot be listed", e);
        }
        return merchants;
    }

    private boolean write(MerchantId merchant, Instant to) {
        Instant from;
        LedgerSpan span;
        try (Connection connection = dataSource.getConnection()) {
            Optional<Instant> begin = begin(connection, merchant);
            if (begin.isEmpty() || !begin.get().isBefore(to)) {
                return false;
            }
            from = begin.get();
            if (!hasRows(connection, merchant, from, to)) {
                return false;
            }
            span = LedgerSpan.read(connection, merchant.value(), from, to);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger cannot be read", e);
        }
        audit.recordFor(
                merchant,
                Actor.system("ledger digest"),
                "ledger.digest",
                "ledger",
                LocalDate.ofInstant(to.minusMillis(1), ZoneOffset.UTC).toString(),
                AuditDetails.of(
                        "from",
                        from.toString(),
                        "to",
                        to.toString(),
                        "rows",
                        Long.toString(span.rows()),
                        "sha256",
                        span.sha256()));
        return true;
    }

    /** Where the last digest ended; the first covers whatever came before it. */
    private static Optional<Instant> begin(Connection connection, MerchantId merchant)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT d.details FROM audit_entry e JOIN audit_detail d ON d.entry_id ="
                                + " e.id WHERE e.chain = ? AND e.object_type = 'ledger' AND"
                                + " e.action = 'ledger.digest' ORDER BY e.seq DESC LIMIT 1")) {
            query.setBytes(1, LedgerSpan.bytes(merchant.value()));
            try (ResultSet result = query.executeQuery()) {
                if (result.next()) {
                    Map<String, String> told = AuditText.parse(result.getString(1));
                    return Optional.of(Instant.parse(String.valueOf(told.get("to"))));
                }
            }
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT 1 FROM ledger_entry WHERE merchant_id = ? LIMIT 1")) {
            query.setBytes(1, LedgerSpan.bytes(merchant.value()));
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? Optional.of(Instant.EPOCH) : Optional.empty();
            }
        }
    }

    private static boolean hasRows(
            Connection connection, MerchantId merchant, Instant from, Instant to)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT 1 FROM ledger_entry WHERE merchant_id = ? AND recorded_at >= ? AND"
                                + " recorded_at < ? LIMIT 1")) {
            query.setBytes(1, LedgerSpan.bytes(merchant.value()));
            query.setTimestamp(2, Timestamp.from(from));
            query.setTimestamp(3, Timestamp.from(to));
            try (ResultSet result = query.executeQuery()) {
                return result.next();
            }
        }
    }
}
