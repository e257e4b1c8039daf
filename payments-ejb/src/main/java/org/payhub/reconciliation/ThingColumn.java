package org.payhub.reconciliation;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;
import org.payhub.provider.spi.DayListing;

/** Stores what a listed thing is as its word. */
@Converter
public class ThingColumn extends WordColumn<DayListing.Kind> {

    /** For Hibernate. */
    public ThingColumn() {
        super(DayListing.Kind.class);
    }
}
