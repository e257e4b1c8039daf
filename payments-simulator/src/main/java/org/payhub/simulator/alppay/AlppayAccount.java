package org.payhub.simulator.alppay;

/**
 * A merchant's account at the imitated ALPPAY, with the keys that are valid now.
 *
 * @param paymentUrl where webhooks of payments go, empty until "support" has set it
 * @param withdrawalUrl the same for withdrawals
 */
public record AlppayAccount(
        String id,
        String name,
        String email,
        String apiKey,
        String hmacKey,
        String paymentUrl,
        String withdrawalUrl) {}
