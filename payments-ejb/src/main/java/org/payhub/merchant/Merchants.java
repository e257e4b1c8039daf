package org.payhub.merchant;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/** Businesses and their places. */
@Stateless
public class Merchants {

    /** For the container. */
    public Merchants() {}

    public MerchantId add(NewMerchant wanted, Actor actor) {
        throw new UnsupportedOperationException();
    }

    public Optional<MerchantRow> first() {
        throw new UnsupportedOperationException();
    }

    public MerchantRow get(MerchantId id) {
        throw new UnsupportedOperationException();
    }

    public void rename(Scope scope, String name) {
        throw new UnsupportedOperationException();
    }

    public List<LocationRow> locations(Scope scope) {
        throw new UnsupportedOperationException();
    }

    public LocationRow location(Scope scope, LocationId id) {
        throw new UnsupportedOperationException();
    }

    public LocationRow location(LocationId id) {
        throw new UnsupportedOperationException();
    }

    public LocationRow defaultLocation(MerchantId merchant) {
        throw new UnsupportedOperationException();
    }

    public LocationId addLocation(Scope scope, LocationCommand wanted) {
        throw new UnsupportedOperationException();
    }

    public void changeLocation(Scope scope, LocationId id, LocationCommand wanted) {
        throw new UnsupportedOperationException();
    }

    public void makeDefault(Scope scope, LocationId id) {
        throw new UnsupportedOperationException();
    }
}
