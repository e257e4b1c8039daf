package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.Reference;

/**
 * Which key of a provider belongs to which payment.
 *
 * <p><b>Guarantee</b>: a key belongs to one payment (primary key of {@code payment_reference}).
 */
@Stateless
public class PaymentReferences {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public PaymentReferences() {}

    /** The payment to which that key belongs. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<PaymentId> find(IntegrationId integration, Reference reference) {
        List<?> known =
                em.createNativeQuery(
                                "SELECT payment_id FROM payment_reference WHERE integration_id ="
                                        + " :integration AND kind = :kind AND reference_key = :key")
                        .setParameter("integration", integration.value())
                        .setParameter("kind", reference.kind())
                        .setParameter("key", reference.key())
                        .getResultList();
        return Ids.ofColumn(known).stream().findFirst().map(PaymentId::new);
    }

    /**
     * The same among the merchant's other integrations of one account: it was connected anew, and
     * still tells of payments that were opened before.
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<PaymentId> findInAccount(IntegrationId integration, Reference reference) {
        List<?> known =
                em.createNativeQuery(
                                "SELECT r.payment_id FROM payment_reference r JOIN integration o ON"
                                        + " o.id = r.integration_id JOIN integration i ON i.id ="
                                        + " :integration WHERE r.reference_key = :key AND r.kind ="
                                        + " :kind AND o.merchant_id = i.merchant_id AND o.provider"
                                        + " = i.provider AND o.livemode = i.livemode AND"
                                        + " o.account_key = i.account_key")
                        .setParameter("integration", integration.value())
                        .setParameter("kind", reference.kind())
                        .setParameter("key", reference.key())
                        .setMaxResults(1)
                        .getResultList();
        return Ids.ofColumn(known).stream().findFirst().map(PaymentId::new);
    }

    /** Every key of a payment, oldest first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Reference> ofPayment(PaymentId payment) {
        List<?> rows =
                em.createNativeQuery(
                                "SELECT kind, reference_key FROM payment_reference WHERE payment_id"
                                        + " = :payment ORDER BY created_at, kind, reference_key")
                        .setParameter("payment", payment.value())
                        .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Reference((String) row[0], (String) row[1]))
                .toList();
    }

    /**
     * Ties a key to a payment, unless it is tied already. The caller holds the payment's lock.
     *
     * @return whether it is new
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean add(IntegrationId integration, PaymentId payment, Reference reference) {
        if (find(integration, reference).isPresent()) {
            return false;
        }
        em.createNativeQuery(
                        "INSERT INTO payment_reference (integration_id, kind, reference_key,"
                                + " payment_id, created_at) VALUES (:integration, :kind, :key,"
                                + " :payment, :now)")
                .setParameter("integration", integration.value())
                .setParameter("kind", reference.kind())
                .setParameter("key", reference.key())
                .setParameter("payment", payment.value())
                .setParameter("now", clock.instant())
                .executeUpdate();
        return true;
    }
}
