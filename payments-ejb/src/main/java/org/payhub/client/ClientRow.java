package org.payhub.client;

import java.io.Serializable;
import java.util.Optional;

/** A client as pages and interfaces show one. Personal data. */
public record ClientRow(
        ClientId id,
        Optional<String> externalId,
        String name,
        Optional<String> phone,
        Optional<String> email,
        Optional<String> language)
        implements Serializable {}
