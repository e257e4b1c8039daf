package org.payhub.access;

import java.time.Instant;
import org.payhub.tenancy.UserId;

/** A person of the caller's merchant as the people page shows them. */
public record PersonRow(
        UserId id,
        String name,
        String email,
        Place place,
        State state,
        boolean self,
        boolean manageable,
        Instant since) {

    /** How far a person has come. */
    public enum State {
        INVITED,
        ACTIVE,
        DISABLED
    }
}
