package org.payhub.tenancy;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * What a caller may see and do: one merchant, a role, the locations (empty: all), the mode that is
 * looked at, and the amount up to which money may be moved alone. Every door takes one, so that no
 * query can forget the merchant.
 *
 * <p>{@code livemode} is the mode that screens and calls show: live as soon as the merchant has a
 * live integration, unless the caller asked for the other.
 */
public record Scope(
        MerchantId merchant,
        Actor actor,
        Role role,
        Set<LocationId> locations,
        Optional<Money> moneyLimit,
        boolean livemode) {

    public Scope {
        Objects.requireNonNull(merchant, "merchant");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(role, "role");
        locations = Set.copyOf(locations);
        Objects.requireNonNull(moneyLimit, "moneyLimit");
    }

    public boolean may(Right right) {
        return role.may(right);
    }

    /**
     * Refuses a caller who lacks the right.
     *
     * <p><b>Errors</b>: {@code access.right_missing}, naming the right and who grants it.
     */
    public void require(Right right) {
        if (!may(right)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.right_missing",
                    "Your role does not include the right "
                            + right.name()
                            + ". An owner of this business can grant it.");
        }
    }

    /** Whether the caller may see things of that location. */
    public boolean sees(LocationId location) {
        return locations.isEmpty() || locations.contains(location);
    }

    public boolean isLocationBound() {
        return !locations.isEmpty();
    }

    /** The same caller looking at the other mode. */
    public Scope withLivemode(boolean mode) {
        return new Scope(merchant, actor, role, locations, moneyLimit, mode);
    }
}
