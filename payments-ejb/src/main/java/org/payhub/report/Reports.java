package org.payhub.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * Writes files for accountants: the same rows for the button and for programs, streamed from one
 * statement, however many there are. Each export is on record with its period, rows and
 * fingerprint.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Reports {

    private static final int BUFFER = 1 << 16;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject Merchants merchants;
    @Inject AuditLog audit;

    /** For the container. */
    public Reports() {}

    /**
     * Streams the file as UTF-8 with commas, points and one header line; no row is left out and
     * none is held in memory.
     *
     * <p><b>Errors</b>: {@code database.unavailable} before the first byte; a stream that breaks
     * later ends with an exception, so that nobody takes half a file for a whole one.
     */
    public ReportFacts write(ReportQuery query, OutputStream out) {
        Scope scope = query.scope();
        scope.require(Right.EXPORT);
        ZoneId zone =
                query.zone().orElseGet(() -> merchants.defaultLocation(scope.merchant()).zone());
        MessageDigest digest = sha256();
        long rows;
        try (Connection connection = dataSource.getConnection()) {
            unboundedTexts(connection);
            rows = write(connection, new BalanceItemised(query, zone), digesting(out, digest));
        } catch (SQLException e) {
            throw new HubException(
                    Problem.UNAVAILABLE,
                    "database.unavailable",
                    "The database does not answer. Try again in a moment.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReportFacts facts = new ReportFacts(rows, HexFormat.of().formatHex(digest.digest()));
        audit.record(
                scope,
                "report.exported",
                "report",
                query.kind().code(),
                AuditDetails.of(
                        "from", query.from().toString(),
                        "to", query.to().toString(),
                        "rows", Long.toString(facts.rows()),
                        "sha256", facts.sha256()));
        return facts;
    }

    private static OutputStream digesting(OutputStream out, MessageDigest digest) {
        return new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER);
    }

    /** A visit with many lines must not lose some of them to a limit of the server. */
    private static void unboundedTexts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION group_concat_max_len = 1048576");
        }
    }

    private static long write(Connection connection, BalanceItemised report, OutputStream out)
            throws SQLException, IOException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        report.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            // The driver would otherwise read the whole result into memory first.
            statement.setFetchSize(Integer.MIN_VALUE);
            report.bind(statement);
            try (ResultSet rows = statement.executeQuery();
                    CsvWriter csv =
                            CsvWriter.builder()
                                    .lineDelimiter(LineDelimiter.CRLF)
                                    .build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                return report.write(rows, csv);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
