package org.payhub.access;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.UserId;

/** What one person is at one merchant. */
@Entity
@Table(name = "membership")
class Membership {

    @Id private UUID id;

    @Column(name = "user_id")
    private UUID user;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private Role role;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "limit_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "limit_asset"))
    private Money moneyLimit;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "membership_location",
            joinColumns = @JoinColumn(name = "membership_id"))
    @Column(name = "location_id")
    private Set<UUID> locations = new HashSet<>();

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Membership() {}

    Membership(UserId user, MerchantId merchant, Place place, Instant now) {
        this.id = Ids.next();
        this.user = user.value();
        this.merchant = merchant.value();
        this.createdAt = now;
        change(place);
    }

    final void change(Place place) {
        if (place.role() == Role.API_KEY) {
            throw HubException.ofField(
                    "role", "access.role_unknown", "Choose one of the roles offered.");
        }
        if (place.role() == Role.OWNER && !place.locations().isEmpty()) {
            throw HubException.ofField(
                    "locations",
                    "access.owner_of_some_locations",
                    "An owner sees every location; choose another role to bind somebody to some.");
        }
        place.moneyLimit()
                .filter(Money::isNegative)
                .ifPresent(
                        m -> {
                            throw HubException.ofField(
                                    "limit",
                                    "access.limit_negative",
                                    "The limit is 0 or more; empty means none was set.");
                        });
        role = place.role();
        moneyLimit = place.moneyLimit().orElse(null);
        locations.clear();
        place.locations().forEach(location -> locations.add(location.value()));
    }

    UUID user() {
        return user;
    }

    MerchantId merchant() {
        return new MerchantId(merchant);
    }

    Role role() {
        return role;
    }

    Optional<Money> moneyLimit() {
        return Optional.ofNullable(moneyLimit);
    }

    Set<LocationId> locations() {
        return locations.stream().map(LocationId::new).collect(Collectors.toUnmodifiableSet());
    }

    Instant since() {
        return createdAt;
    }

    Place place() {
        return new Place(role, locations(), moneyLimit());
    }
}
