package org.payhub.merchant;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.tenancy.MerchantId;

/**
 * Each merchant's own AES-256 key, which seals the bodies of their webhooks. It stands sealed by
 * the master key in the merchant's row, bound to the merchant's id, and is opened once per node.
 * Destroying it makes every stored body of that merchant unreadable at once.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class MerchantDataKeys {

    static final int KEY_BYTES = 32;

    private static final System.Logger LOG = System.getLogger(MerchantDataKeys.class.getName());

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject MasterKey masterKey;

    private final ConcurrentMap<UUID, byte[]> opened = new ConcurrentHashMap<>();

    /** For the container. */
    public MerchantDataKeys() {}

    static String bound(MerchantId merchant) {
        return "merchant:" + merchant.value();
    }

    /**
     * The key of that merchant.
     *
     * <p><b>Errors</b>: {@code secret.cannot_be_opened} when the master key is another one.
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public byte[] open(MerchantId merchant) {
        byte[] known = opened.get(merchant.value());
        if (known != null) {
            return known.clone();
        }
        Merchant stored =
                Optional.ofNullable(em.find(Merchant.class, merchant.value()))
                        .orElseThrow(() -> HubException.notFound("merchant"));
        byte[] key = masterKey.open(stored.sealedDataKey(), bound(merchant));
        opened.put(merchant.value(), key);
        return key.clone();
    }

    /** After the master key was changed: seals with the newest what an older one sealed. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int resealAll() {
        int count = 0;
        for (Merchant merchant :
                em.createQuery("select m from Merchant m", Merchant.class).getResultList()) {
            if (masterKey.isSealedByOlderKey(merchant.sealedDataKey())) {
                String bound = bound(merchant.row().id());
                merchant.reseal(
                        masterKey.seal(masterKey.open(merchant.sealedDataKey(), bound), bound));
                count++;
            }
        }
        if (count > 0) {
            LOG.log(System.Logger.Level.INFO, "data keys sealed anew count=" + count);
        }
        return count;
    }
}
