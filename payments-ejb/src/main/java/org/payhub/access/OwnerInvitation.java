package org.payhub.access;

import org.payhub.tenancy.MerchantId;

/** A business just added, and the address that its owner opens first. */
public record OwnerInvitation(MerchantId merchant, String setupUrl) {

    /** Without the link: it must not reach a log. */
    @Override
    public String toString() {
        return "OwnerInvitation[" + merchant + "]";
    }
}
