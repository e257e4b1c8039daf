package org.payhub.merchant;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.payhub.tenancy.MerchantId;

/**
 * Which mode a merchant's screens, reports and calls show: live as soon as a live integration is
 * connected, else test.
 */
@Stateless
public class MerchantMode {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    /** For the container. */
    public MerchantMode() {}

    /** Whether live is shown. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean livemode(MerchantId merchant) {
        // Integrations know merchants, not the other way round: hence not by the entity.
        return !em.createNativeQuery(
                        "SELECT 1 FROM integration WHERE merchant_id = :merchant AND livemode = TRUE"
                                + " AND disconnected_at IS NULL LIMIT 1")
                .setParameter("merchant", merchant.value())
                .getResultList()
                .isEmpty();
    }
}
