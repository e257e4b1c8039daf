package org.payhub.webhook;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link DeliveryStatus} as its word. */
@Converter
public class DeliveryStatusColumn extends WordColumn<DeliveryStatus> {

    /** For Hibernate. */
    public DeliveryStatusColumn() {
        super(DeliveryStatus.class);
    }
}
