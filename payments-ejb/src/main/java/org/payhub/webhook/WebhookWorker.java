package org.payhub.webhook;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.payhub.platform.Leases;

/**
 * The safety net under the inbox: finds deliveries whose time has come, whoever stored them and
 * whatever became of that node, and has them worked off. Each node sweeps; claims decide.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WebhookWorker {

    private static final System.Logger LOG = System.getLogger(WebhookWorker.class.getName());

    /** Bodies are personal data; their hashes stay. */
    static final Duration BODIES_KEPT = Duration.ofDays(400);

    private static final int CLAIMED_AT_ONCE = 100;
    private static final int ERASED_AT_ONCE = 500;

    @Inject DeliveryRows rows;
    @Inject DeliveryQueue queue;
    @Inject Leases leases;
    @Inject Clock clock;

    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** For the container. */
    public WebhookWorker() {}

    /** Takes on what is due, as much as there is room for. */
    @Schedule(second = "*/2", minute = "*", hour = "*", persistent = false)
    public void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            while (queue.room() >= CLAIMED_AT_ONCE) {
                List<Claim> claims = rows.claimDue(CLAIMED_AT_ONCE);
                claims.forEach(queue::work);
                if (claims.size() < CLAIMED_AT_ONCE) {
                    break;
                }
            }
        } catch (RuntimeException e) {
            // A timer whose method throws is taken out of service by the server.
            LOG.log(System.Logger.Level.WARNING, "inbox not swept: " + e.getMessage());
        } finally {
            sweeping.set(false);
        }
    }

    /** Takes old bodies away, a little each night. */
    @Schedule(second = "0", minute = "17", hour = "3", persistent = false)
    public void erase() {
        try {
            if (leases.take("webhook.erasure", Duration.ofMinutes(30))) {
                int erased;
                do {
                    erased = rows.erase(clock.instant().minus(BODIES_KEPT), ERASED_AT_ONCE);
                } while (erased == ERASED_AT_ONCE);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "old bodies not erased: " + e.getMessage());
        }
    }
}
