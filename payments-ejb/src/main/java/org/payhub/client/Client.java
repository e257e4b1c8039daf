package org.payhub.client;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.tenancy.MerchantId;

/** One person who books at one merchant. */
@Entity
@Table(name = "client")
class Client {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "external_id")
    private String externalId;

    private String name;
    private String phone;
    private String email;
    private String language;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Client() {}

    Client(MerchantId merchant, NewClient client, Instant now) {
        this.id = ClientId.next().value();
        this.merchant = merchant.value();
        this.externalId = client.externalId().orElse(null);
        this.createdAt = now;
        take(client);
    }

    /** The newest that the booking system or the front desk knows; what is not told stays. */
    final void take(NewClient client) {
        name = client.name();
        phone = client.phone().orElse(phone);
        email = client.email().orElse(email);
        language = client.language().orElse(language);
    }

    UUID merchant() {
        return merchant;
    }

    ClientRow row() {
        return new ClientRow(
                new ClientId(id),
                Optional.ofNullable(externalId),
                name,
                Optional.ofNullable(phone),
                Optional.ofNullable(email),
                Optional.ofNullable(language));
    }
}
