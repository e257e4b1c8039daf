package org.payhub.integration;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Set;
import org.payhub.money.Asset;
import org.payhub.provider.spi.Credentials;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/** A merchant's integrations. */
@Stateless
public class Integrations {

    /** For the container. */
    public Integrations() {}

    /** The marketplace: connected ones first; the search finds names, methods and countries. */
    public List<CatalogueEntry> catalogue(Scope scope, String search) {
        throw new UnsupportedOperationException();
    }

    /** Every integration of the merchant that is connected, by position. */
    public List<IntegrationRow> list(Scope scope) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail get(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail pause(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail resume(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** Tries the new values at the provider, then stores them beside the old ones. */
    public IntegrationDetail rotate(Scope scope, IntegrationId id, RotateCommand command) {
        throw new UnsupportedOperationException();
    }

    /** Ends every value that is being replaced, at once. */
    public IntegrationDetail revokeReplaced(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    public DisconnectPreview disconnectPreview(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail disconnect(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** Looks at the provider: do the credentials work, are the webhooks set as they must be. */
    public IntegrationDetail verify(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** Registers our address at the provider, replacing what stands there. */
    public IntegrationDetail repairWebhook(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail useAt(Scope scope, IntegrationId id, Set<LocationId> locations) {
        throw new UnsupportedOperationException();
    }

    public IntegrationDetail offerAllMethods(Scope scope, IntegrationId id, boolean allMethods) {
        throw new UnsupportedOperationException();
    }

    /** The order in which the pay page offers them. */
    public List<IntegrationRow> order(Scope scope, List<IntegrationId> order) {
        throw new UnsupportedOperationException();
    }

    public ProofState proof(Scope scope, IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** For features that call the provider: no scope, the caller already checked whose it is. */
    public ActiveIntegration active(IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** What the pay page offers at that location, in the merchant's order. */
    public List<ActiveIntegration> forCheckout(
            MerchantId merchant, LocationId location, boolean livemode, Asset asset) {
        throw new UnsupportedOperationException();
    }

    /** The opened credentials; kept for 30 seconds. */
    public Credentials credentials(IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** A call of ours to the provider worked; a refusal of the thing asked is one that worked. */
    public void noteCallSucceeded(IntegrationId id) {
        throw new UnsupportedOperationException();
    }

    /** A call of ours failed: the credentials were refused or the provider did not answer. */
    public void noteCallFailed(IntegrationId id, String problem) {
        throw new UnsupportedOperationException();
    }

    /** The proof payment was made, told by a webhook and given back. */
    public void noteProofPassed(IntegrationId id) {
        throw new UnsupportedOperationException();
    }
}
