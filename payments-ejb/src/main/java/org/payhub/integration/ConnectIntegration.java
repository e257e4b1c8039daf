package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * Connects a provider: tries the credentials there, stores them sealed, and registers our webhook
 * address where the provider lets us and no webhook secret was typed.
 *
 * <p>The provider is called outside transactions. Test and live credentials make two integrations.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConnectIntegration {

    private static final System.Logger LOG = System.getLogger(ConnectIntegration.class.getName());

    @Inject Providers providers;
    @Inject IntegrationRecords records;
    @Inject IntegrationReading reading;
    @Inject WebhookSetup webhooks;
    @Inject CallbackAddress address;
    @Inject Merchants merchants;

    /** For the container. */
    public ConnectIntegration() {}

    /**
     * Tries typed credentials without storing anything.
     *
     * <p><b>Errors</b>: as {@link #connect}; each names the field that is wrong.
     */
    public CredentialCheck check(Scope scope, String provider, TypedCredentials credentials) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        ProviderConnector connector = providers.get(provider);
        ConnectionFacts facts =
                connector.check(
                        typed(scope, CredentialForm.readAll(connector.profile(), credentials)));
        return new CredentialCheck(
                facts.livemode().orElse(false),
                facts.accountName(),
                facts.missingRights(),
                facts.warnings());
    }

    /**
     * Connects.
     *
     * <p><b>Errors</b>: {@code provider.unknown}; on a field: {@code
     * integration.credential_missing}, {@code integration.field_unknown}, {@code
     * integration.already_connected} and the provider's own refusal ({@code
     * integration.credentials_refused}); {@code integration.confirm_live} when the credentials move
     * real money and nobody said yes to that; {@code integration.confirm_notice} when the provider
     * gives notice of something that the owner has to confirm; {@code provider.unavailable}.
     */
    public IntegrationDetail connect(Scope scope, ConnectCommand command) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        ProviderConnector connector = providers.get(command.provider());
        ProviderProfile profile = connector.profile();
        requireOwnLocations(scope, command);
        requireNoticeConfirmed(scope, profile, command);
        Credentials credentials =
                typed(scope, CredentialForm.readAll(profile, command.credentials()));
        ConnectionFacts facts = connector.check(credentials);
        boolean live = facts.livemode().orElse(false);
        if (live) {
            requireLiveConfirmed(scope, command);
        }
        boolean secretTyped =
                WebhookSetup.secretFields(profile).stream()
                        .anyMatch(field -> credentials.find(field).isPresent());
        IntegrationId id = IntegrationId.next();
        records.add(
                scope,
                new IntegrationRecords.Tried(
                        id,
                        // Who set the address by hand may have taken either of the two.
                        secretTyped ? command.onBareUrl() : command,
                        facts,
                        live,
                        MasterKey.token(),
                        credentials,
                        secretFields(profile),
                        profile.notice()));
        LOG.log(
                System.Logger.Level.INFO,
                "integration connected integration="
                        + id
                        + " provider="
                        + profile.code()
                        + " mode="
                        + (live ? "live" : "test"));
        if (!secretTyped) {
            webhooks.registerWherePossible(id);
        }
        address.call(id);
        return reading.detail(scope, id);
    }

    /** What a provider gives notice of is the owner's to weigh, as real money is. */
    private static void requireNoticeConfirmed(
            Scope scope, ProviderProfile profile, ConnectCommand command) {
        if (profile.notice().isEmpty()) {
            return;
        }
        scope.require(Right.GO_LIVE);
        if (!command.confirmNotice()) {
            throw HubException.ofField(
                    "confirmNotice",
                    "integration.confirm_notice",
                    scope.actor().kind() == Actor.Kind.API_KEY
                            ? "Before this provider is connected, read its notice and send"
                                    + " confirmNotice: true. "
                                    + profile.notice().get()
                            : "Read and confirm what "
                                    + profile.name()
                                    + " asks of its merchants before connecting.");
        }
    }

    private static void requireLiveConfirmed(Scope scope, ConnectCommand command) {
        scope.require(Right.GO_LIVE);
        if (!command.confirmLive()) {
            throw new HubException(
                    Problem.INVALID,
                    "integration.confirm_live",
                    scope.actor().kind() == Actor.Kind.API_KEY
                            ? "These credentials move real money: send confirmLive: true."
                            : "These credentials move real money. Confirm that you want that.");
        }
    }

    private void requireOwnLocations(Scope scope, ConnectCommand command) {
        command.locations().forEach(location -> merchants.location(scope, location));
        if (scope.isLocationBound()
                && (command.locations().isEmpty()
                        || !scope.locations().containsAll(command.locations()))) {
            throw HubException.ofField(
                    "locations",
                    "access.location_missing",
                    "Choose among the locations that are yours.");
        }
    }

    private static Credentials typed(Scope scope, Map<String, String> values) {
        return Credentials.of(new CallOwner(scope.merchant().value(), Optional.empty()), values);
    }

    static Set<String> secretFields(ProviderProfile profile) {
        return profile.credentialFields().stream()
                .filter(CredentialField::secret)
                .map(CredentialField::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}
