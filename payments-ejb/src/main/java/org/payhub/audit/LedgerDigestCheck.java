package org.payhub.audit;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * Reckons the ledger's digests again and compares them with those that the audit keeps, so that an
 * edited, added or removed row shows; and adds up every posting, which must come to zero per asset.
 * It reports and repairs nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerDigestCheck {

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    /** For the container. */
    public LedgerDigestCheck() {}

    /** Checks the caller's merchant. Needs {@link Right#SEE_AUDIT}. */
    public List<LedgerFinding> check(Scope scope) {
        scope.require(Right.SEE_AUDIT);
        return check(scope.merchant());
    }

    /** Checks one merchant; empty is good. */
    public List<LedgerFinding> check(MerchantId merchant) {
        List<LedgerFinding> findings = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (Map.Entry<String, String> digest : digests(connection, merchant)) {
                compare(connection, merchant, digest.getKey(), digest.getValue(), findings);
            }
            balance(connection, merchant, findings);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger cannot be checked", e);
        }
        return List.copyOf(findings);
    }

    /** Pairs of the last day and the details. */
    private static List<Map.Entry<String, String>> digests(
            Connection connection, MerchantId merchant) throws SQLException {
        List<Map.Entry<String, String>> digests = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT e.object_id, d.details FROM audit_entry e JOIN audit_detail d ON"
                                + " d.entry_id = e.id WHERE e.chain = ? AND e.object_type ="
                                + " 'ledger' AND e.action = 'ledger.digest' ORDER BY e.seq")) {
            query.setBytes(1, LedgerSpan.bytes(merchant.value()));
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    digests.add(Map.entry(result.getString(1), result.getString(2)));
                }
            }
        }
        return digests;
    }

    private static void compare(
            Connection connection,
            MerchantId merchant,
            String day,
            String details,
            List<LedgerFinding> findings)
            throws SQLException {
        Instant from;
        Instant to;
        String rows;
        String sha256;
        try {
            Map<String, String> told = AuditText.parse(details);
            from = Instant.parse(String.valueOf(told.get("from")));
            to = Instant.parse(String.valueOf(told.get("to")));
            rows = String.valueOf(told.get("rows"));
            sha256 = String.valueOf(told.get("sha256"));
        } catch (IllegalArgumentException | DateTimeException e) {
            findings.add(
                    new LedgerFinding(
                            merchant,
                            "ledger.digest_unreadable",
                            day,
                            "The ledger's digest of " + day + " was changed."));
            return;
        }
        LedgerSpan now = LedgerSpan.read(connection, merchant.value(), from, to);
        if (!now.sha256().equals(sha256)) {
            findings.add(
                    new LedgerFinding(
                            merchant,
                            "ledger.rows_changed",
                            from + "/" + to,
                            "Ledger rows recorded from "
                                    + from
                                    + " to "
                                    + to
                                    + " are not those that were written: there were "
                                    + rows
                                    + ", now there are "
                                    + now.rows()
                                    + (rows.equals(Long.toString(now.rows()))
                                            ? ", and their content differs."
                                            : ".")));
        }
    }

    private static void balance(
            Connection connection, MerchantId merchant, List<LedgerFinding> findings)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT posting_id, amount_asset, CAST(SUM(amount_minor) AS CHAR) FROM"
                                + " ledger_entry WHERE merchant_id = ? GROUP BY posting_id,"
                                + " amount_asset HAVING SUM(amount_minor) <> 0")) {
            query.setBytes(1, LedgerSpan.bytes(merchant.value()));
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    UUID posting = LedgerSpan.uuid(result.getBytes(1));
                    findings.add(
                            new LedgerFinding(
                                    merchant,
                                    "ledger.posting_unbalanced",
                                    posting.toString(),
                                    "Posting "
                                            + posting
                                            + " does not come to zero in "
                                            + result.getString(2)
                                            + ": "
                                            + result.getString(3)
                                            + " smallest units are left."));
                }
            }
        }
    }
}
