package org.payhub.link;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link LinkStatus} as its word. */
@Converter
public class LinkStatusColumn extends WordColumn<LinkStatus> {

    /** For Hibernate. */
    public LinkStatusColumn() {
        super(LinkStatus.class);
    }
}
