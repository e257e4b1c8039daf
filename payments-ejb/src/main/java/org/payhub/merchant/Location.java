package org.payhub.merchant;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.AssetColumn;
import org.payhub.money.Assets;
import org.payhub.platform.HubException;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/** One place of a business; owns the currency it charges in and the time zone its days follow. */
@Entity
@Table(name = "location")
class Location {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    private String name;

    @Convert(converter = AssetColumn.class)
    private Asset currency;

    @Column(name = "time_zone")
    private String timeZone;

    @Column(name = "default_location")
    private boolean isDefault;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Location() {}

    Location(MerchantId merchant, LocationCommand wanted, boolean isDefault, Instant now) {
        this.id = LocationId.next().value();
        this.merchant = merchant.value();
        this.isDefault = isDefault;
        this.createdAt = now;
        this.currency = checkedCurrency(wanted.currency());
        take(wanted);
    }

    private void take(LocationCommand wanted) {
        name =
                TypedText.required(
                        "locationName", wanted.name(), 200, "location.name", "The location's name");
        timeZone = checkedZone(wanted.timeZone());
    }

    /** Changes name and zone, and the currency only while nothing was priced in it. */
    void change(LocationCommand wanted, boolean priced) {
        Asset newCurrency = checkedCurrency(wanted.currency());
        if (priced && !newCurrency.equals(currency)) {
            throw HubException.ofField(
                    "currency",
                    "location.currency_in_use",
                    "Visits of this location are priced in "
                            + currency
                            + "; add another location for another currency.");
        }
        take(wanted);
        currency = newCurrency;
    }

    private static Asset checkedCurrency(String code) {
        String typed = code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
        return Assets.find(typed)
                .filter(asset -> typed.length() == 3)
                .orElseThrow(
                        () ->
                                HubException.ofField(
                                        "currency",
                                        "location.currency_unknown",
                                        "Choose the currency by its ISO code, for example EUR,"
                                                + " KZT or USD."));
    }

    private static String checkedZone(String name) {
        String typed = name == null ? "" : name.strip();
        // Only names with rules of daylight saving: a fixed offset is wrong half of the year.
        boolean known =
                ZoneId.getAvailableZoneIds().contains(typed)
                        && typed.contains("/")
                        && !typed.startsWith("Etc/")
                        && !typed.startsWith("SystemV/");
        if (!known) {
            throw HubException.ofField(
                    "timeZone",
                    "location.time_zone_unknown",
                    "Choose the time zone by its name, for example Europe/Madrid or Asia/Almaty.");
        }
        return typed;
    }

    void setDefault(boolean now) {
        isDefault = now;
    }

    boolean isDefault() {
        return isDefault;
    }

    UUID merchant() {
        return merchant;
    }

    LocationId id() {
        return new LocationId(id);
    }

    String name() {
        return name;
    }

    LocationRow row() {
        return new LocationRow(id(), name, currency, ZoneId.of(timeZone), isDefault);
    }
}
