package org.payhub.merchant;

import jakarta.ejb.Stateless;
import org.payhub.tenancy.MerchantId;

/** Each merchant's data key. */
@Stateless
public class MerchantDataKeys {

    /** For the container. */
    public MerchantDataKeys() {}

    public byte[] open(MerchantId merchant) {
        throw new UnsupportedOperationException();
    }
}
