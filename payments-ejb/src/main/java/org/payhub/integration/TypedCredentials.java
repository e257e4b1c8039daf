package org.payhub.integration;

import java.util.Map;

/** What somebody typed into the fields of a provider, by field key. Never printed. */
public record TypedCredentials(Map<String, String> values) {

    public TypedCredentials {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return "TypedCredentials" + values.keySet();
    }
}
