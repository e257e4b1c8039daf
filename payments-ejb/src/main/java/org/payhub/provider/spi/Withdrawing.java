package org.payhub.provider.spi;

import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;

/**
 * Money can be sent from the merchant's balance at the provider to an address. It cannot be taken
 * back: it is ordered at most once by itself, and an order without an answer is looked for, never
 * repeated.
 */
public interface Withdrawing {

    /**
     * Checks that an address belongs to the asset's network and has no typing error in it.
     *
     * <p><b>Errors</b>: {@link ProviderRefused} on the field {@code address}.
     *
     * @return the address in its usual spelling
     */
    String requireAddress(Asset asset, String address);

    /**
     * Orders it, once.
     *
     * <p><b>Errors</b>: {@link ProviderRefused}: nothing was sent; {@link ProviderUnavailable}:
     * unknown.
     */
    ProviderEvent.WithdrawalReported withdraw(Credentials credentials, WithdrawalOrder order);

    /** Looks for what became of an order, by our own id; empty: the provider never got it. */
    Optional<ProviderEvent.WithdrawalReported> findWithdrawal(
            Credentials credentials, UUID withdrawal, Optional<String> withdrawalKey);

    /**
     * What is to be sent.
     *
     * @param withdrawal our id; it comes back in the provider's events
     * @param addressTag memo or destination tag, where the network has one
     */
    record WithdrawalOrder(
            UUID withdrawal,
            Money amount,
            String address,
            Optional<String> addressTag,
            String reason) {}
}
