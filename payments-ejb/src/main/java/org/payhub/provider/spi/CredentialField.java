package org.payhub.provider.spi;

import java.util.List;

/**
 * One thing that the merchant types to connect.
 *
 * @param key name in the interface and in the vault; lower snake case
 * @param kind how it is typed and kept
 * @param required whether connecting needs it
 * @param choices compiled-in values of a {@code CHOICE}
 * @param example the look of a right value, never a real one
 */
public record CredentialField(
        String key, Kind kind, boolean required, List<String> choices, String example) {

    public enum Kind {
        /** Shown again after saving. */
        TEXT,
        /** Never shown again. */
        SECRET,
        /** A secret that proves webhooks; several may be active during a rotation. */
        WEBHOOK_SECRET,
        /** One of {@code choices}. */
        CHOICE
    }

    public CredentialField {
        choices = List.copyOf(choices);
    }

    public boolean secret() {
        return kind == Kind.SECRET || kind == Kind.WEBHOOK_SECRET;
    }
}
