package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.audit.AuditDetails;
import org.payhub.merchant.Merchants;
import org.payhub.money.Asset;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.http.Circuits;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.Limiting;
import org.payhub.provider.spi.Limiting.Limits;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to a merchant's integrations: the marketplace, one integration with its health and
 * checklist, and everything that is done with it after connecting.
 *
 * <p>Each change is stored in a transaction of its own with its audit entry; providers are called
 * outside transactions.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Integrations {

    @Inject Providers providers;
    @Inject IntegrationRecords records;
    @Inject IntegrationReading reading;
    @Inject IntegrationDirectory directory;
    @Inject IntegrationHealth health;
    @Inject WebhookSetup webhooks;
    @Inject RotateCredentials rotation;
    @Inject Probe probe;
    @Inject Housekeeping housekeeping;
    @Inject Merchants merchants;
    @Inject Circuits circuits;
    @Inject Clock clock;
    @Inject HubConfig config;

    /** For the container. */
    public Integrations() {}

    /** The marketplace: connected ones first; the search finds names, methods and currencies. */
    public List<CatalogueEntry> catalogue(Scope scope, String search) {
        scope.require(Right.SEE_INTEGRATIONS);
        return Catalogue.of(providers.all(), reading.rows(scope, false), search);
    }

    /** Every integration of the merchant that is connected, by position. */
    public List<IntegrationRow> list(Scope scope) {
        scope.require(Right.SEE_INTEGRATIONS);
        return reading.rows(scope, false);
    }

    /**
     * One integration, also one that was left.
     *
     * <p><b>Errors</b>: {@code integration.not_found}.
     */
    public IntegrationDetail get(Scope scope, IntegrationId id) {
        scope.require(Right.SEE_INTEGRATIONS);
        return reading.detail(scope, id);
    }

    /** No new payments; refunds and webhooks go on. */
    public IntegrationDetail pause(Scope scope, IntegrationId id) {
        return change(scope, id, "integration.paused", AuditDetails.NONE, Integration::pause);
    }

    public IntegrationDetail resume(Scope scope, IntegrationId id) {
        return change(scope, id, "integration.resumed", AuditDetails.NONE, Integration::resume);
    }

    /**
     * Tries the new values at the provider, then stores them; the old ones stay valid for the
     * overlap.
     *
     * <p><b>Errors</b>: on a field: {@code integration.other_account}, {@code
     * integration.other_mode}, {@code integration.credential_unchanged}, the provider's refusal.
     */
    public IntegrationDetail rotate(Scope scope, IntegrationId id, RotateCommand command) {
        rotation.rotate(scope, connected(scope, id), command);
        return reading.detail(scope, id);
    }

    /** Ends every value that is being replaced, at once (a leak). */
    public IntegrationDetail revokeReplaced(Scope scope, IntegrationId id) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        records.revokeReplaced(scope, id);
        directory.forget(id);
        return reading.detail(scope, id);
    }

    /** What would still be open if the integration were left now. */
    public DisconnectPreview disconnectPreview(Scope scope, IntegrationId id) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        reading.seen(scope, id);
        return reading.open(id);
    }

    /**
     * Leaves the provider: no new payments. What is open is finished; then the webhook registration
     * is taken back and the credentials are erased. History stays.
     */
    public IntegrationDetail disconnect(Scope scope, IntegrationId id) {
        IntegrationDetail left =
                change(
                        scope,
                        id,
                        "integration.disconnected",
                        AuditDetails.NONE,
                        i -> i.disconnect(clock.instant()));
        housekeeping.closeIfNothingIsOpen(id);
        return left.credentials().isEmpty() ? left : reading.detail(scope, id);
    }

    /**
     * Looks at the provider: do the credentials work, are the webhooks set as they must be. What is
     * found shows in the status and the checklist.
     */
    public IntegrationDetail verify(Scope scope, IntegrationId id) {
        probe.look(connected(scope, id).integration());
        return reading.detail(scope, id);
    }

    /**
     * Registers our address at the provider, replacing what stands there.
     *
     * <p><b>Errors</b>: {@code integration.cannot_register}; the provider's refusal.
     */
    public IntegrationDetail repairWebhook(Scope scope, IntegrationId id) {
        IntegrationReading.Seen seen = connected(scope, id);
        if (!(providers.get(seen.integration().provider()) instanceof WebhookRegistering)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "integration.cannot_register",
                    "This provider has no interface for it: set the address in its cabinet.");
        }
        webhooks.register(id);
        return reading.detail(scope, id);
    }

    /** Where it is used; empty: everywhere. */
    public IntegrationDetail useAt(Scope scope, IntegrationId id, Set<LocationId> locations) {
        locations.forEach(location -> merchants.location(scope, location));
        if (scope.isLocationBound()
                && (locations.isEmpty() || !scope.locations().containsAll(locations))) {
            throw HubException.ofField(
                    "locations",
                    "access.location_missing",
                    "Choose among the locations that are yours.");
        }
        return change(
                scope,
                id,
                "integration.locations_changed",
                AuditDetails.of(
                        "after",
                        locations.isEmpty()
                                ? "all"
                                : String.join(
                                        ", ",
                                        locations.stream().map(LocationId::toString).toList())),
                i -> i.useAt(locations));
    }

    /** Whether methods beyond cards and their wallets are offered. */
    public IntegrationDetail offerAllMethods(Scope scope, IntegrationId id, boolean allMethods) {
        return change(
                scope,
                id,
                "integration.methods_changed",
                AuditDetails.of("after", allMethods ? "all" : "cards"),
                i -> i.offerAllMethods(allMethods));
    }

    /** The order in which the pay page offers them; those not named follow. */
    public List<IntegrationRow> order(Scope scope, List<IntegrationId> order) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        List<IntegrationId> all = new ArrayList<>(order);
        Set<IntegrationId> named = new HashSet<>(order);
        if (named.size() != order.size()) {
            throw HubException.ofField(
                    "order", "integration.order_invalid", "An integration is named twice.");
        }
        reading.rows(scope, false).stream()
                .map(IntegrationRow::id)
                .filter(id -> !named.contains(id))
                .forEach(all::add);
        if (all.isEmpty()) {
            return List.of();
        }
        for (int place = 0; place < all.size(); place++) {
            int position = place;
            records.see(scope, all.get(place), i -> i.moveTo(position));
        }
        records.change(
                scope,
                all.get(0),
                "integration.order_changed",
                AuditDetails.of(
                        "after",
                        String.join(", ", all.stream().map(IntegrationId::toString).toList())),
                i -> i.moveTo(0));
        return reading.rows(scope, false);
    }

    /** How far the proof has come; notes that it passed. */
    public ProofState proof(Scope scope, IntegrationId id) {
        scope.require(Right.SEE_INTEGRATIONS);
        reading.seen(scope, id);
        ProofState proof = reading.proof(id);
        if (proof.passedAt().isEmpty() && proof.complete()) {
            noteProofPassed(id);
            return reading.proof(id);
        }
        return proof;
    }

    /**
     * Goes on without the proof: an owner's decision, noted in the audit. Nothing else changes; the
     * proof can be made at any time. Where it was passed already there is nothing to note.
     */
    public void skipProof(Scope scope, IntegrationId id) {
        scope.require(Right.GO_LIVE);
        ProofState proof = proof(scope, id);
        if (proof.passedAt().isEmpty()) {
            change(
                    scope,
                    id,
                    "integration.proof_skipped",
                    AuditDetails.of("seen", proof.seen()),
                    i -> {});
        }
    }

    /** For features that call the provider: the caller already checked whose it is. */
    public ActiveIntegration active(IntegrationId id) {
        return reading.seen(id).integration();
    }

    /** Where webhooks of that integration go; empty where its provider cannot reach us. */
    public Optional<String> notificationUrl(IntegrationId id) {
        IntegrationReading.Seen seen = reading.seen(id);
        return WebhookSetup.reachable(config, seen.integration().provider())
                ? Optional.of(seen.urls().keyed())
                : Optional.empty();
    }

    /**
     * What can be paid with at that location, in the merchant's order, in whatever it takes; what
     * does not answer at present comes last.
     */
    public List<ActiveIntegration> forCheckout(
            MerchantId merchant, LocationId location, boolean livemode) {
        return reading.usable(merchant, location.value(), livemode).stream()
                .map(IntegrationReading.Seen::integration)
                .sorted(Comparator.comparing(this::isAway))
                .toList();
    }

    /** Whether the provider has failed so often just now that it is left alone for a moment. */
    public boolean isAway(ActiveIntegration integration) {
        return circuits.isPaused(integration.id().value(), integration.provider());
    }

    /** What is connected, also what is paused: for features that ask who may see it themselves. */
    public List<ActiveIntegration> connected(MerchantId merchant, boolean livemode) {
        return reading.connected(merchant, livemode);
    }

    /** The opened credentials; remembered for 30 seconds. */
    public Credentials credentials(IntegrationId id) {
        return directory.credentials(id);
    }

    /** The limits in that asset that the merchant set for the integration. */
    public Limits limits(ActiveIntegration at, Asset asset) {
        return providers
                .ability(at.provider(), Limiting.class)
                .map(limiting -> limiting.limits(directory.credentials(at.id()), asset))
                .orElse(Limits.NONE);
    }

    /** A call of ours to the provider worked; a refusal of the thing asked is one that worked. */
    public void noteCallSucceeded(IntegrationId id) {
        health.noteCallSucceeded(active(id).provider(), id);
    }

    /** A call of ours failed: the credentials were refused or the provider did not answer. */
    public void noteCallFailed(IntegrationId id, String problem) {
        health.noteCallFailed(active(id).provider(), id, problem);
    }

    /**
     * Asking the provider brought what a webhook should have told. Where webhook settings cannot be
     * read, that is the only sign of them being wrong.
     */
    public void noteHeardByAsking(IntegrationId id) {
        if (!(providers.get(active(id).provider()) instanceof WebhookRegistering)) {
            records.see(id, Integration::heardByAsking);
            directory.forget(id);
        }
    }

    /** Real money came to an integration that is for tests: somebody has to connect a live one. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void noteRealMoney(IntegrationId id) {
        records.see(id, i -> i.realMoneyCame(clock.instant()));
    }

    /** The proof payment was made, told by a webhook and given back. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void noteProofPassed(IntegrationId id) {
        records.see(id, i -> i.proofPassed(clock.instant()));
    }

    private IntegrationReading.Seen connected(Scope scope, IntegrationId id) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        IntegrationReading.Seen seen = reading.seen(scope, id);
        if (seen.status() == IntegrationStatus.NOT_CONNECTED) {
            throw new HubException(
                    Problem.CONFLICT,
                    "integration.disconnected",
                    "This integration was disconnected. Connect the provider again.");
        }
        return seen;
    }

    private IntegrationDetail change(
            Scope scope,
            IntegrationId id,
            String action,
            String details,
            java.util.function.Consumer<Integration> change) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        records.change(scope, id, action, details, change);
        directory.forget(id);
        return reading.detail(scope, id);
    }
}
