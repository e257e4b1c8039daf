package org.payhub.platform;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Repeats the database's self-check while the application runs: a clock drifts and a setting is
 * changed without a restart.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class DatabaseWatch {

    private static final System.Logger LOG = System.getLogger(DatabaseWatch.class.getName());

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject DatabaseSelfCheck selfCheck;

    /** For the container. */
    public DatabaseWatch() {}

    /** Looks again; what is found shows in health. */
    @Schedule(second = "50", minute = "*/5", hour = "*", persistent = false)
    public void look() {
        try {
            selfCheck.run(dataSource);
        } catch (RuntimeException e) {
            // A timer whose method throws is taken out of service by the server.
            LOG.log(System.Logger.Level.WARNING, "self-check not done: " + e.getMessage());
        }
    }
}
