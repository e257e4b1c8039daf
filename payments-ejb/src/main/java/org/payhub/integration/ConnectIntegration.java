package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.payhub.tenancy.Scope;

/** Connects a provider. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConnectIntegration {

    /** For the container. */
    public ConnectIntegration() {}

    /** Tries typed credentials without storing anything. */
    public CredentialCheck check(Scope scope, String provider, TypedCredentials credentials) {
        throw new UnsupportedOperationException();
    }

    /** Tries the credentials at the provider, then stores them. */
    public IntegrationDetail connect(Scope scope, ConnectCommand command) {
        throw new UnsupportedOperationException();
    }
}
