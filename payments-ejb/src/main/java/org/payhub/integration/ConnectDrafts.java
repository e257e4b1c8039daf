package org.payhub.integration;

import jakarta.ejb.Stateless;
import java.util.Optional;
import org.payhub.tenancy.Scope;

/** What was typed into the connect wizard, so that a refresh loses nothing but the secrets. */
@Stateless
public class ConnectDrafts {

    /** For the container. */
    public ConnectDrafts() {}

    public Optional<ConnectDraftRow> find(Scope scope, String provider) {
        throw new UnsupportedOperationException();
    }

    /** Keeps the draft; {@code content} must hold no secret. */
    public void save(
            Scope scope,
            String provider,
            String step,
            String content,
            Optional<IntegrationId> integration) {
        throw new UnsupportedOperationException();
    }

    public void drop(Scope scope, String provider) {
        throw new UnsupportedOperationException();
    }
}
