package org.payhub.integration;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.payhub.platform.Leases;

/** What integrations need done from time to time. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class IntegrationTimers {

    private static final System.Logger LOG = System.getLogger(IntegrationTimers.class.getName());

    @Inject IntegrationHealth health;
    @Inject Housekeeping housekeeping;
    @Inject Leases leases;

    /** For the container. */
    public IntegrationTimers() {}

    /** Writes down what was seen of integrations. */
    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    public void writeHealth() {
        guarded("health", health::flush);
    }

    /** Ends what is over: replaced secrets, credentials of integrations that were left. */
    @Schedule(second = "20", minute = "*/10", hour = "*", persistent = false)
    public void clean() {
        guarded(
                "housekeeping",
                () -> {
                    if (leases.take("integration.housekeeping", Duration.ofMinutes(5))) {
                        housekeeping.run();
                    }
                });
    }

    /** A timer whose method throws is taken out of service by the server. */
    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "integrations: " + what + " did not finish: " + e.getMessage());
        }
    }
}
