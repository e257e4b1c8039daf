package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.Secret;
import org.payhub.tenancy.Scope;

/**
 * Replaces some of an integration's credentials: tries the new ones together with what stays, then
 * stores them. An integration keeps its account and its mode; another account is another
 * integration.
 */
@ApplicationScoped
class RotateCredentials {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    @Inject Providers providers;
    @Inject IntegrationRecords records;
    @Inject IntegrationDirectory directory;

    /** For the container. */
    RotateCredentials() {}

    void rotate(Scope scope, IntegrationReading.Seen seen, RotateCommand command) {
        if (command.overlap().isNegative() || command.overlap().compareTo(LONGEST_OVERLAP) > 0) {
            throw HubException.ofField(
                    "overlap",
                    "integration.overlap_out_of_range",
                    "The old values may stay valid for 0 to 30 days.");
        }
        IntegrationId id = seen.integration().id();
        ProviderConnector connector = providers.get(seen.integration().provider());
        Map<String, String> typed =
                CredentialForm.readSome(connector.profile(), command.credentials());
        if (typed.isEmpty()) {
            throw new HubException(
                    Problem.INVALID,
                    "integration.nothing_to_rotate",
                    "Enter the new value of at least one field.");
        }
        Credentials stored = directory.credentials(id);
        Credentials replacing = Credentials.of(stored.owner(), typed);
        Optional<ConnectionFacts> facts = Optional.empty();
        Set<String> webhookFields = WebhookSetup.secretFields(connector.profile());
        boolean onlyWebhookSecrets = webhookFields.containsAll(typed.keySet());
        if (!onlyWebhookSecrets) {
            facts = Optional.of(connector.check(together(stored, replacing)));
            requireSame(seen, facts.get(), typed.keySet().iterator().next());
        }
        records.rotate(
                scope,
                id,
                replacing,
                ConnectIntegration.secretFields(connector.profile()),
                facts,
                typed.keySet().stream().anyMatch(webhookFields::contains),
                command.overlap());
        directory.forget(id);
    }

    private static Credentials together(Credentials stored, Credentials replacing) {
        Map<String, List<Secret>> values = new HashMap<>(stored.values());
        values.putAll(replacing.values());
        return new Credentials(stored.owner(), values);
    }

    static void requireSame(IntegrationReading.Seen seen, ConnectionFacts facts, String field) {
        if (facts.livemode().filter(live -> live != seen.integration().livemode()).isPresent()) {
            throw HubException.ofField(
                    field,
                    "integration.other_mode",
                    seen.integration().livemode()
                            ? "This is a test key; the integration works with real money. Connect"
                                    + " test mode beside it instead."
                            : "This is a live key; the integration is a test one. Connect live mode"
                                    + " beside it instead.");
        }
        if (facts.accountKey().isPresent()
                && seen.accountKey().isPresent()
                && !facts.accountKey().equals(seen.accountKey())) {
            throw HubException.ofField(
                    field,
                    "integration.other_account",
                    "This key belongs to another account at the provider. Its payments would not"
                            + " be found: connect it as an integration of its own.");
        }
    }
}
