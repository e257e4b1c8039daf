package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.payhub.integration.IntegrationHealth.Refused;
import org.payhub.provider.spi.WebhookRejected;

/** Writes down what was seen of one integration, in one short transaction. */
@Stateless
public class HealthRecords {

    private static final UUID NONE = new UUID(0, 0);

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    /** For the container. */
    public HealthRecords() {}

    /** Adds to the counts and moves the integration's status where the facts do. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void write(IntegrationHealth.Subject subject, IntegrationHealth.Seen seen) {
        UUID id = subject.integration().map(IntegrationId::value).orElse(NONE);
        Integration integration =
                id.equals(NONE)
                        ? null
                        : em.find(Integration.class, id, LockModeType.PESSIMISTIC_WRITE);
        seen.refused().forEach((cause, refused) -> count(subject.provider(), id, cause, refused));
        if (integration == null) {
            return;
        }
        seen.refused().entrySet().stream()
                .max(Comparator.comparing(e -> e.getValue().lastAt()))
                .ifPresent(last -> refused(integration, seen.refused(), last.getKey()));
        if (seen.lastEvent().isPresent()) {
            integration.eventArrived(
                    seen.firstEvent().orElse(seen.lastEvent().get()), seen.lastEvent().get());
        }
        seen.callOk().ifPresent(integration::callSucceeded);
        seen.callFailed()
                .ifPresent(at -> integration.callFailed(at, seen.callProblem().orElse("")));
    }

    private static void refused(
            Integration integration,
            Map<WebhookRejected.Cause, Refused> refused,
            WebhookRejected.Cause last) {
        int times = refused.values().stream().mapToInt(Refused::times).sum();
        integration.eventsRefused(word(last), times, refused.get(last).lastAt());
    }

    private void count(
            String provider, UUID integration, WebhookRejected.Cause cause, Refused refused) {
        em.createNativeQuery(
                        "INSERT INTO webhook_refusal"
                                + " (provider, integration_id, cause, refused, last_at)"
                                + " VALUES (?1, ?2, ?3, ?4, ?5) ON DUPLICATE KEY UPDATE"
                                + " refused = refused + ?4, last_at = GREATEST(last_at, ?5)")
                .setParameter(1, provider)
                .setParameter(2, integration)
                .setParameter(3, word(cause))
                .setParameter(4, (long) refused.times())
                .setParameter(5, refused.lastAt())
                .executeUpdate();
    }

    private static String word(WebhookRejected.Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
