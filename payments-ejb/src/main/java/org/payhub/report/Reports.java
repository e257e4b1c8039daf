package org.payhub.report;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;
import org.payhub.tenancy.Right;

/**
 * Writes files for accountants. The button, the interface and schedules use this one writer.
 *
 * <p><b>Errors</b>: {@code access.right_missing} without the right to export.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Reports {

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    /** For the container. */
    public Reports() {}

    /**
     * Streams the file; no row is left out and none is held in memory. A file that breaks off is
     * not finished in any other way: the exception is the caller's to let the receiver see.
     */
    public ReportFacts write(ReportQuery query, OutputStream out) {
        query.scope().require(Right.EXPORT);
        try (Connection connection = dataSource.getConnection()) {
            CsvFile file = new CsvFile(out, Movement.COLUMNS);
            BalanceItemised.write(connection, query, file);
            return file.end();
        } catch (SQLException e) {
            throw new IllegalStateException("The report broke off", e);
        }
    }
}
