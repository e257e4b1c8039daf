package org.payhub.reconciliation;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.platform.Leases;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.DayListing;

/**
 * Compares each day once it is over, for every connected integration whose provider lists its days;
 * days that were missed are made up for.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DayTimer {

    private static final System.Logger LOG = System.getLogger(DayTimer.class.getName());
    private static final String JOB = "reconciliation";
    private static final Duration LEASE = Duration.ofMinutes(15);

    /** Providers' lists lag behind a little. */
    private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(45);

    private static final int DAYS_BACK = 3;
    private static final int AT_ONCE = 500;

    @Inject Clock clock;
    @Inject Leases leases;
    @Inject DayRecords records;
    @Inject DayComparison comparison;
    @Inject Reconciliation reconciliation;
    @Inject Integrations integrations;
    @Inject Providers providers;

    /** For the container. */
    public DayTimer() {}

    /** Comes by often; compares only what is due. */
    @Schedule(second = "35", minute = "*/10", hour = "*", persistent = false)
    public void comeBy() {
        try {
            if (leases.take(JOB, LEASE)) {
                LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
                for (int back = 1; back <= DAYS_BACK; back++) {
                    compareAll(today.minusDays(back));
                }
            }
        } catch (RuntimeException e) {
            // A timer whose method throws is taken out of service by the server.
            LOG.log(System.Logger.Level.WARNING, "days not compared: " + e.getMessage());
        }
    }

    private void compareAll(LocalDate day) {
        Set<String> listing =
                providers.all().stream()
                        .filter(DayListing.class::isInstance)
                        .map(connector -> connector.profile().code())
                        .collect(Collectors.toSet());
        if (listing.isEmpty()) {
            return;
        }
        Optional<IntegrationId> after = Optional.empty();
        List<IntegrationId> some;
        do {
            some = records.notCompared(listing, day, after, AT_ONCE);
            for (IntegrationId integration : some) {
                compare(integration, day);
            }
            after = some.isEmpty() ? Optional.empty() : Optional.of(some.get(some.size() - 1));
        } while (some.size() == AT_ONCE);
    }

    private void compare(IntegrationId integration, LocalDate day) {
        ActiveIntegration at = integrations.active(integration);
        ZoneId zone = reconciliation.zone(at.merchant());
        Instant over = day.plusDays(1).atStartOfDay(zone).toInstant().plus(AFTER_MIDNIGHT);
        boolean due =
                !clock.instant().isBefore(over)
                        && records.connectedBefore(integration, over)
                        && UnitOfWork.run(() -> records.isDue(integration, day));
        if (due && leases.take(JOB, LEASE)) {
            UnitOfWork.run(() -> records.begin(at, day, zone, Optional.empty()))
                    .ifPresent(run -> comparison.run(new DayComparison.Wanted(run, at, day, zone)));
        }
    }
}
