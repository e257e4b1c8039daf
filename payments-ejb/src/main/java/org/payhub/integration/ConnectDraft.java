package org.payhub.integration;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Length;
import org.payhub.platform.Ids;
import org.payhub.tenancy.Scope;

/** One person's unfinished connecting of one provider. */
@Entity
@Table(name = "connect_draft")
class ConnectDraft {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "user_id")
    private UUID user;

    private String provider;
    private String step;

    @Column(length = Length.LONG32)
    private String content;

    @Column(name = "integration_id")
    private UUID integration;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "saved_at")
    private Instant savedAt;

    @Version private int version;

    /** For Hibernate. */
    protected ConnectDraft() {}

    ConnectDraft(Scope scope, String provider, Instant now) {
        this.id = Ids.next();
        this.merchant = scope.merchant().value();
        this.user = scope.actor().id();
        this.provider = provider;
        this.startedAt = now;
    }

    void save(String at, String kept, Optional<IntegrationId> made, Instant now) {
        step = at;
        content = kept;
        integration = made.map(IntegrationId::value).orElse(null);
        savedAt = now;
    }

    ConnectDraftRow row() {
        return new ConnectDraftRow(
                provider,
                step,
                content,
                Optional.ofNullable(integration).map(IntegrationId::new),
                startedAt);
    }
}
