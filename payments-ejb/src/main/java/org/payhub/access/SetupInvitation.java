package org.payhub.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a set-up link is for. Without a person it makes the first business and its owner; with one,
 * that person sets a password.
 */
public record SetupInvitation(
        Optional<String> merchantName,
        Optional<String> email,
        Optional<String> name,
        Instant expiresAt) {

    public boolean makesFirstMerchant() {
        return email.isEmpty();
    }
}
