package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.provider.Providers;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * What a person had typed into the connect wizard, so that a refresh loses nothing but the secrets.
 *
 * <p><b>Guarantee</b>: one draft per person and provider ({@code uq_connect_draft}).
 */
@Stateless
public class ConnectDrafts {

    private static final int LONGEST = 20_000;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Providers providers;
    @Inject Clock clock;

    /** For the container. */
    public ConnectDrafts() {}

    public Optional<ConnectDraftRow> find(Scope scope, String provider) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        return draft(scope, provider).map(ConnectDraft::row);
    }

    /** Keeps the draft; {@code content} must hold no secret. */
    public void save(
            Scope scope,
            String provider,
            String step,
            String content,
            Optional<IntegrationId> integration) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        providers.get(provider);
        if (content.length() > LONGEST || step.length() > 24) {
            throw HubException.ofField(
                    "content", "draft.too_long", "The draft is too long to be kept.");
        }
        ConnectDraft draft =
                draft(scope, provider)
                        .orElseGet(() -> new ConnectDraft(scope, provider, clock.instant()));
        draft.save(step, content, integration, clock.instant());
        em.persist(draft);
    }

    public void drop(Scope scope, String provider) {
        draft(scope, provider).ifPresent(em::remove);
    }

    private Optional<ConnectDraft> draft(Scope scope, String provider) {
        if (providers.find(provider).isEmpty()) {
            return Optional.empty();
        }
        return em.createQuery(
                        "select d from ConnectDraft d where d.merchant = :merchant"
                                + " and d.user = :user and d.provider = :provider",
                        ConnectDraft.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("user", scope.actor().id())
                .setParameter("provider", provider)
                .getResultStream()
                .findFirst();
    }
}
