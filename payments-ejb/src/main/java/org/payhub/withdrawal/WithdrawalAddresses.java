package org.payhub.withdrawal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.money.Asset;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The list of addresses to which a merchant's money may be sent. While it names none for an asset,
 * any address of that asset's network will do; from the first one on, only those that it names.
 */
@Stateless
public class WithdrawalAddresses {

    private static final int LONGEST_NAME = 200;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject AuditLog audit;

    /** For the container. */
    public WithdrawalAddresses() {}

    /** The list, by name. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<AddressRow> list(Scope scope) {
        scope.require(Right.SEE_WITHDRAWALS);
        return active(scope.merchant());
    }

    /**
     * Adds an address; the integration's provider checks its spelling.
     *
     * <p><b>Errors</b>: {@code withdrawal.name_missing}, {@code withdrawal.not_supported}, the
     * provider's refusal on {@code address}.
     */
    public AddressRow add(
            Scope scope, IntegrationId integration, Asset asset, String address, String name) {
        scope.require(Right.APPROVE_WITHDRAWAL);
        ActiveIntegration at = integrations.active(integration);
        if (!at.merchant().equals(scope.merchant())) {
            throw HubException.notFound("integration");
        }
        if (name == null || name.isBlank() || name.strip().length() > LONGEST_NAME) {
            throw HubException.ofField(
                    "name", "withdrawal.name_missing", "Say whose address it is.");
        }
        Withdrawing withdrawing =
                providers
                        .ability(at.provider(), Withdrawing.class)
                        .orElseThrow(
                                () ->
                                        new HubException(
                                                Problem.CONFLICT,
                                                "withdrawal.not_supported",
                                                "This provider does not send money to an"
                                                        + " address."));
        String spelled = withdrawing.requireAddress(asset, address == null ? "" : address.strip());
        ListedAddress made =
                new ListedAddress(scope, asset, spelled, name.strip(), clock.instant());
        em.persist(made);
        note(scope, "withdrawal.address_added", made.row());
        return made.row();
    }

    /** Takes an address off the list. */
    public void remove(Scope scope, AddressId id) {
        scope.require(Right.APPROVE_WITHDRAWAL);
        ListedAddress listed = em.find(ListedAddress.class, id.value());
        if (listed == null || !listed.merchant().equals(scope.merchant().value())) {
            throw HubException.notFound("withdrawal_address");
        }
        listed.remove(clock.instant());
        note(scope, "withdrawal.address_removed", listed.row());
    }

    private void note(Scope scope, String action, AddressRow row) {
        audit.record(
                scope,
                action,
                "withdrawal_address",
                row.id().toString(),
                AuditDetails.of(
                        "asset", row.asset().code(), "address", row.address(), "name", row.name()));
    }

    /**
     * Refuses an address that is not on the list, where there is one for the asset, and one that
     * has not been there long enough.
     *
     * @param waits how long that is; where it is not zero, there has to be a list
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void requireAllowed(MerchantId merchant, Asset asset, String address, Duration waits) {
        List<AddressRow> listed =
                active(merchant).stream().filter(row -> row.asset().equals(asset)).toList();
        List<AddressRow> same =
                listed.stream().filter(row -> row.address().equals(address)).toList();
        if (same.isEmpty() && (!listed.isEmpty() || !waits.isZero())) {
            throw HubException.ofField(
                    "address",
                    "withdrawal.address_not_listed",
                    "This address is not on the list of addresses to which "
                            + asset.symbol()
                            + " may be sent.");
        }
        if (same.stream().allMatch(row -> row.addedAt().plus(waits).isAfter(clock.instant()))
                && !same.isEmpty()) {
            throw HubException.ofField(
                    "address",
                    "withdrawal.address_too_new",
                    "This address was listed less than "
                            + waits.toHours()
                            + " hours ago. Money can be sent there after that.");
        }
    }

    private List<AddressRow> active(MerchantId merchant) {
        return em.createQuery(
                        "select a from ListedAddress a where a.merchant = :merchant"
                                + " and a.removedAt is null order by a.name, a.id",
                        ListedAddress.class)
                .setParameter("merchant", merchant.value())
                .getResultStream()
                .map(ListedAddress::row)
                .toList();
    }
}
