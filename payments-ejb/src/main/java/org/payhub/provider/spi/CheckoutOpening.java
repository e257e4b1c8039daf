package org.payhub.provider.spi;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;

/** The provider has a page of its own on which the client pays once. */
public interface CheckoutOpening {

    /**
     * Opens the page. The same {@code idempotencyKey} opens the same page.
     *
     * <p><b>Errors</b>: {@link ProviderRefused} ({@code checkout.amount_too_small}, …): nothing was
     * opened; {@link ProviderUnavailable}: unknown.
     */
    CheckoutAnswer openCheckout(Credentials credentials, CheckoutOrder order);

    /**
     * Closes a page that was opened, so that it cannot be paid.
     *
     * @return what the page had become; {@link ProviderEvent.CheckoutOutcome#COMPLETED} means that
     *     it was too late
     */
    ProviderEvent.CheckoutOutcome expireCheckout(Credentials credentials, String checkoutKey);

    /** The smallest amount the provider takes, where it depends on the currencies alone. */
    Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets);

    /**
     * What is to be paid, and where the client goes afterwards.
     *
     * @param payment our payment's id; it comes back in the provider's events
     * @param holdOnly hold the money, take it later
     * @param allMethods whether methods beyond cards and their wallets are offered
     * @param description what the client sees on the page
     * @param texts further text fields that the provider may keep with the payment ({@code
     *     visit_id})
     * @param notificationUrl where this integration's webhooks go, for providers that are told it
     *     with each payment; empty where they cannot reach us
     */
    record CheckoutOrder(
            UUID payment,
            Money amount,
            String description,
            Optional<String> clientEmail,
            Locale locale,
            String successUrl,
            String cancelUrl,
            Instant expiresAt,
            boolean holdOnly,
            boolean allMethods,
            Map<String, String> texts,
            String idempotencyKey,
            Optional<String> notificationUrl) {

        public CheckoutOrder {
            texts = Map.copyOf(texts);
        }

        /** An order that tells no address for webhooks. */
        public CheckoutOrder(
                UUID payment,
                Money amount,
                String description,
                Optional<String> clientEmail,
                Locale locale,
                String successUrl,
                String cancelUrl,
                Instant expiresAt,
                boolean holdOnly,
                boolean allMethods,
                Map<String, String> texts,
                String idempotencyKey) {
            this(
                    payment,
                    amount,
                    description,
                    clientEmail,
                    locale,
                    successUrl,
                    cancelUrl,
                    expiresAt,
                    holdOnly,
                    allMethods,
                    texts,
                    idempotencyKey,
                    Optional.empty());
        }
    }

    /** The page's own key, its address, and until when it can be paid. */
    record CheckoutAnswer(Reference checkout, String redirectUrl, Instant expiresAt) {}
}
