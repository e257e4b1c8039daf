package org.payhub.merchant;

import java.io.Serializable;
import java.time.Instant;
import org.payhub.tenancy.MerchantId;

/** A business as others see it. */
public record MerchantRow(MerchantId id, String name, Instant createdAt) implements Serializable {}
