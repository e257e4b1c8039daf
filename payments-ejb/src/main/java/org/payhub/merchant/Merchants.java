package org.payhub.merchant;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * Businesses and their places.
 *
 * <p><b>Errors</b>, each on its field: {@code merchant.name_missing}, {@code
 * location.name_missing}, {@code location.currency_unknown}, {@code location.currency_in_use},
 * {@code location.time_zone_unknown}.
 */
@Stateless
public class Merchants {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject MasterKey masterKey;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public Merchants() {}

    /** Adds a business with its first location, the default one, and makes its data key. */
    public MerchantId add(NewMerchant wanted, Actor actor) {
        MerchantId id = MerchantId.next();
        byte[] sealed =
                masterKey.seal(
                        MasterKey.random(MerchantDataKeys.KEY_BYTES), MerchantDataKeys.bound(id));
        Merchant merchant = new Merchant(id, wanted.name(), sealed, clock.instant());
        Location location =
                new Location(
                        id,
                        new LocationCommand(
                                wanted.locationName(), wanted.currency(), wanted.timeZone()),
                        true,
                        clock.instant());
        em.persist(merchant);
        em.persist(location);
        em.flush();
        LocationRow row = location.row();
        audit.recordFor(
                id,
                actor,
                "merchant.add",
                "merchant",
                id.toString(),
                AuditDetails.of(
                        "name",
                        merchant.name(),
                        "location",
                        row.name(),
                        "currency",
                        row.currency().code(),
                        "timeZone",
                        row.zone().getId()));
        return id;
    }

    /** The business that came first, if there is any. */
    public Optional<MerchantRow> first() {
        return em.createQuery("select m from Merchant m order by m.createdAt, m.id", Merchant.class)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(Merchant::row);
    }

    /** Every business, oldest first; for the operator and for nightly work. */
    public List<MerchantRow> all() {
        return em.createQuery("select m from Merchant m order by m.createdAt, m.id", Merchant.class)
                .getResultStream()
                .map(Merchant::row)
                .toList();
    }

    public MerchantRow get(MerchantId id) {
        return find(id).row();
    }

    /** Changes the business's name. Needs {@link Right#MANAGE_LOCATIONS} for all locations. */
    public void rename(Scope scope, String name) {
        requireWhole(scope);
        Merchant merchant = find(scope.merchant());
        String before = merchant.name();
        merchant.rename(name);
        audit.record(
                scope,
                "merchant.rename",
                "merchant",
                scope.merchant().toString(),
                AuditDetails.of("before", before, "after", merchant.name()));
    }

    /** The caller's locations, the default one first. */
    public List<LocationRow> locations(Scope scope) {
        return ofMerchant(scope.merchant()).stream()
                .map(Location::row)
                .filter(row -> scope.sees(row.id()))
                .toList();
    }

    /** One of the caller's locations. */
    public LocationRow location(Scope scope, LocationId id) {
        return find(scope, id).row();
    }

    /** A location whose id came from our own records. */
    public LocationRow location(LocationId id) {
        return Optional.ofNullable(em.find(Location.class, id.value()))
                .orElseThrow(() -> HubException.notFound("location"))
                .row();
    }

    public LocationRow defaultLocation(MerchantId merchant) {
        return ofMerchant(merchant).stream()
                .filter(Location::isDefault)
                .findFirst()
                .orElseThrow(() -> HubException.notFound("location"))
                .row();
    }

    /** Adds a location. Needs {@link Right#MANAGE_LOCATIONS} for all locations. */
    public LocationId addLocation(Scope scope, LocationCommand wanted) {
        requireWhole(scope);
        Location location = new Location(scope.merchant(), wanted, false, clock.instant());
        em.persist(location);
        note(scope, "location.add", location, "", text(location.row()));
        return location.id();
    }

    /** Changes a location. Needs {@link Right#MANAGE_LOCATIONS}. */
    public void changeLocation(Scope scope, LocationId id, LocationCommand wanted) {
        scope.require(Right.MANAGE_LOCATIONS);
        Location location = find(scope, id);
        String before = text(location.row());
        location.change(wanted, hasVisits(id));
        note(scope, "location.change", location, before, text(location.row()));
    }

    /** Makes a location the default. Needs {@link Right#MANAGE_LOCATIONS} for all locations. */
    public void makeDefault(Scope scope, LocationId id) {
        requireWhole(scope);
        // The merchant's row is locked, so that two people cannot leave two defaults behind.
        em.lock(find(scope.merchant()), LockModeType.PESSIMISTIC_WRITE);
        Location wanted = find(scope, id);
        ofMerchant(scope.merchant()).forEach(location -> location.setDefault(false));
        wanted.setDefault(true);
        note(scope, "location.default", wanted, "", text(wanted.row()));
    }

    private void note(Scope scope, String action, Location location, String from, String to) {
        audit.record(
                scope,
                action,
                "location",
                location.id().toString(),
                AuditDetails.of("before", from.isEmpty() ? null : from, "after", to));
    }

    private static String text(LocationRow row) {
        return row.name() + " · " + row.currency() + " · " + row.zone();
    }

    private static void requireWhole(Scope scope) {
        scope.require(Right.MANAGE_LOCATIONS);
        if (scope.isLocationBound()) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.location_bound",
                    "You work for some locations only; this concerns all of them. An owner of this"
                            + " business can do it.");
        }
    }

    private Merchant find(MerchantId id) {
        return Optional.ofNullable(em.find(Merchant.class, id.value()))
                .orElseThrow(() -> HubException.notFound("merchant"));
    }

    private Location find(Scope scope, LocationId id) {
        Location location = em.find(Location.class, id.value());
        if (location == null
                || !location.merchant().equals(scope.merchant().value())
                || !scope.sees(id)) {
            throw HubException.notFound("location");
        }
        return location;
    }

    private List<Location> ofMerchant(MerchantId merchant) {
        return em.createQuery(
                        "select l from Location l where l.merchant = :merchant order by"
                                + " l.isDefault desc, l.name, l.id",
                        Location.class)
                .setParameter("merchant", merchant.value())
                .getResultList();
    }

    private boolean hasVisits(LocationId id) {
        // Visits know locations, not the other way round: hence not by the entity.
        List<?> rows =
                em.createNativeQuery("SELECT 1 FROM visit WHERE location_id = :id LIMIT 1")
                        .setParameter("id", id.value())
                        .getResultList();
        return !rows.isEmpty();
    }
}
