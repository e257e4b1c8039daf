package org.payhub.access;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Role;

/**
 * What a person is to be at a merchant: the role, the locations (none: all of them), and the amount
 * up to which they move money alone (none: no limit was set).
 */
public record Place(Role role, Set<LocationId> locations, Optional<Money> moneyLimit) {

    public Place {
        Objects.requireNonNull(role, "role");
        locations = Set.copyOf(locations);
        Objects.requireNonNull(moneyLimit, "moneyLimit");
    }

    /** The role everywhere, without a limit set. */
    public static Place everywhere(Role role) {
        return new Place(role, Set.of(), Optional.empty());
    }
}
