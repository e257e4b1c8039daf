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
 * @param confirmNotice read and confirmed what the provider's profile gives notice of; needed where
 *     there is a notice
 */
public record ConnectCommand(
        String provider,
        TypedCredentials credentials,
        Set<LocationId> locations,
        boolean allMethods,
        boolean bareUrl,
        boolean confirmLive,
        boolean confirmNotice) {

    public ConnectCommand {
        locations = Set.copyOf(locations);
    }

    /** For providers that give no notice. */
    public ConnectCommand(
            String provider,
            TypedCredentials credentials,
            Set<LocationId> locations,
            boolean allMethods,
            boolean bareUrl,
            boolean confirmLive) {
        this(provider, credentials, locations, allMethods, bareUrl, confirmLive, false);
    }

    /** The same, found on the address without a key too. */
    ConnectCommand onBareUrl() {
        return new ConnectCommand(
                provider, credentials, locations, allMethods, true, confirmLive, confirmNotice);
    }
}
