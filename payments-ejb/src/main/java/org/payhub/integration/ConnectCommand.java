package org.payhub.integration;

import java.util.Set;
import org.payhub.tenancy.LocationId;

/**
 * What is needed to connect a provider.
 *
 * @param locations where it is used; empty: everywhere
 * @param allMethods whether methods beyond cards and their wallets are offered
 * @param bareUrl whether the merchant registers the address without our key at the provider
 * @param confirmLive said yes to real money; needed when the credentials are live ones
 */
public record ConnectCommand(
        String provider,
        TypedCredentials credentials,
        Set<LocationId> locations,
        boolean allMethods,
        boolean bareUrl,
        boolean confirmLive) {

    public ConnectCommand {
        locations = Set.copyOf(locations);
    }

    /** The same, found on the address without a key too. */
    ConnectCommand onBareUrl() {
        return new ConnectCommand(provider, credentials, locations, allMethods, true, confirmLive);
    }
}
