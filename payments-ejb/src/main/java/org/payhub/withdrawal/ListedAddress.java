package org.payhub.withdrawal;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.AssetColumn;
import org.payhub.tenancy.Scope;

/** An address of the list; one that was removed stays for the record. */
@Entity
@Table(name = "withdrawal_address")
class ListedAddress {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Convert(converter = AssetColumn.class)
    private Asset asset;

    private String address;

    private String name;

    @Column(name = "added_by")
    private String addedBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "removed_at")
    private Instant removedAt;

    @Version private int version;

    ListedAddress() {}

    ListedAddress(Scope scope, Asset asset, String address, String name, Instant now) {
        this.id = AddressId.next().value();
        this.merchant = scope.merchant().value();
        this.asset = asset;
        this.address = address;
        this.name = name;
        this.addedBy = scope.actor().name();
        this.createdAt = now;
    }

    void remove(Instant now) {
        removedAt = now;
    }

    UUID merchant() {
        return merchant;
    }

    AddressRow row() {
        return new AddressRow(new AddressId(id), asset, address, name, addedBy, createdAt);
    }
}
