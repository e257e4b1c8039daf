package org.payhub.ledger;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which ledger entry; outside it reads {@code ent_…}. */
public record EntryId(UUID value) implements Serializable {

    private static final String PREFIX = "ent";

    public EntryId {
        Objects.requireNonNull(value, "value");
    }

    public static EntryId next() {
        return new EntryId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such ledger entry". */
    public static EntryId parse(String text) {
        return new EntryId(Ids.require(PREFIX, text, "ledger_entry"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
