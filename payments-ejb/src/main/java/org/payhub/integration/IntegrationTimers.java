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
import java.time.Clock;
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

    private static final Duration QUIET = Duration.ofHours(12);
    private static final int LOOKED_AT_ONCE = 50;
    private static final int CALLED_AT_ONCE = 500;

    @Inject IntegrationHealth health;
    @Inject IntegrationReading reading;
    @Inject Probe probe;
    @Inject CallbackAddress address;
    @Inject Clock clock;
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

    /** Looks at providers that were not called for half a day: a key may have been revoked. */
    @Schedule(second = "40", minute = "25", hour = "*", persistent = false)
    public void look() {
        guarded(
                "looking at providers",
                () -> {
                    if (leases.take("integration.look", Duration.ofMinutes(50))) {
                        reading.quietSince(clock.instant().minus(QUIET), LOOKED_AT_ONCE)
                                .forEach(probe::look);
                    }
                });
    }

    /** Calls our own addresses where no provider tells whether they are set right. */
    @Schedule(second = "10", minute = "35", hour = "*/12", persistent = false)
    public void callAddresses() {
        guarded(
                "calling our addresses",
                () -> {
                    if (leases.take("integration.address", Duration.ofHours(1))) {
                        reading.notToldOfWebhooks(CALLED_AT_ONCE).forEach(address::call);
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
