package org.payhub.merchant;

import jakarta.ejb.Stateless;
import org.payhub.tenancy.MerchantId;

/** Which mode a merchant's screens and calls show. */
@Stateless
public class MerchantMode {

    /** For the container. */
    public MerchantMode() {}

    public boolean livemode(MerchantId merchant) {
        throw new UnsupportedOperationException();
    }
}
