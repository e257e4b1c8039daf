package org.payhub.payment;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link ReviewReason} as its word. */
@Converter
public class ReviewReasonColumn extends WordColumn<ReviewReason> {

    /** For Hibernate. */
    public ReviewReasonColumn() {
        super(ReviewReason.class);
    }
}
