package org.payhub.finance;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.Reference;

/** Marks a claimed delivery within the transaction that recorded what it said. */
final class DeliveryMark {

    private static final int LONGEST_REASON = 500;

    private DeliveryMark() {}

    /**
     * Sets the outcome and lets the delivery go. A run that changed nothing keeps the changes of
     * the run before.
     *
     * <p><b>Errors</b>: {@code webhook.claim_lost}: somebody else works on it now.
     */
    static void set(EntityManager em, DeliveryClaim claim, RecordingResult result, Instant now) {
        Optional<Instant> again =
                result.outcome() == DeliveryOutcome.APPLIED ? claim.againAt() : Optional.empty();
        Map<String, Object> values = new HashMap<>();
        values.put("status", result.outcome().name().toLowerCase(Locale.ROOT));
        values.put("now", now);
        values.put("id", claim.delivery());
        values.put("owner", claim.owner());
        values.put("attempts", claim.attempts());
        StringBuilder sql =
                new StringBuilder(
                        "UPDATE webhook_delivery SET status = :status, owner = NULL,"
                                + " lease_until = NULL, applied_at = :now");
        set(sql, values, "reason", result.reason().map(DeliveryMark::cut));
        set(sql, values, "next_attempt_at", again);
        if (result.payment().isPresent()) {
            set(sql, values, "payment_id", result.payment().map(PaymentId::value));
        }
        if (!result.changes().isEmpty()) {
            set(sql, values, "changes", Optional.of(Changes.write(result.changes())));
        }
        sql.append(" WHERE id = :id AND owner = :owner AND attempts = :attempts");
        Query update = em.createNativeQuery(sql.toString());
        values.forEach(update::setParameter);
        int marked = update.executeUpdate();
        if (marked != 1) {
            throw new HubException(
                    Problem.CONFLICT,
                    "webhook.claim_lost",
                    "Another worker has taken this delivery over.");
        }
    }

    /** A null is written into the statement: bound, it would have no type. */
    private static void set(
            StringBuilder sql, Map<String, Object> values, String column, Optional<?> value) {
        sql.append(", ").append(column).append(value.isPresent() ? " = :" + column : " = NULL");
        value.ifPresent(v -> values.put(column, v));
    }

    /**
     * Deliveries that wait for one of these keys, which now belong to a payment, run again at once.
     */
    static void wake(
            EntityManager em, IntegrationId integration, List<Reference> keys, Instant now) {
        for (Reference key : keys) {
            List<?> waiting =
                    em.createNativeQuery(
                                    "SELECT delivery_id FROM delivery_wait WHERE integration_id ="
                                            + " :integration AND kind = :kind AND reference_key = :key")
                            .setParameter("integration", integration.value())
                            .setParameter("kind", key.kind())
                            .setParameter("key", key.key())
                            .getResultList();
            for (UUID delivery : Ids.ofColumn(waiting)) {
                em.createNativeQuery(
                                "UPDATE webhook_delivery SET next_attempt_at = :now WHERE id = :id"
                                        + " AND owner IS NULL AND status IN ('received', 'parked')")
                        .setParameter("now", now)
                        .setParameter("id", delivery)
                        .executeUpdate();
            }
        }
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
