package org.payhub.integration;

import java.util.List;
import java.util.Optional;

/** What the provider says to credentials that were typed but not stored yet. */
public record CredentialCheck(
        boolean livemode,
        Optional<String> accountName,
        List<String> missingRights,
        List<String> warnings) {

    public CredentialCheck {
        missingRights = List.copyOf(missingRights);
        warnings = List.copyOf(warnings);
    }
}
