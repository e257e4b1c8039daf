package org.payhub.merchant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.MerchantId;

/** One business and the sealed key of its stored bodies. */
@Entity
@Table(name = "merchant")
class Merchant {

    @Id private UUID id;
    private String name;

    @Column(name = "sealed_data_key")
    private byte[] sealedDataKey;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Merchant() {}

    Merchant(MerchantId id, String name, byte[] sealedDataKey, Instant now) {
        this.id = id.value();
        this.name = checkedName(name);
        this.sealedDataKey = sealedDataKey.clone();
        this.createdAt = now;
    }

    private static String checkedName(String name) {
        return TypedText.required("business", name, 200, "merchant.name", "The business's name");
    }

    void rename(String newName) {
        name = checkedName(newName);
    }

    void reseal(byte[] newlySealed) {
        sealedDataKey = newlySealed.clone();
    }

    byte[] sealedDataKey() {
        return sealedDataKey;
    }

    String name() {
        return name;
    }

    MerchantRow row() {
        return new MerchantRow(new MerchantId(id), name, createdAt);
    }
}
