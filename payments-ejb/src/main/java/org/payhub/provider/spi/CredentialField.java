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

    /** A field whose value is typed, needed, and shown or not by its kind. */
    public static CredentialField needed(String key, Kind kind, String example) {
        return new CredentialField(key, kind, true, List.of(), example);
    }

    /** A field that may stay empty. */
    public static CredentialField optional(String key, Kind kind, String example) {
        return new CredentialField(key, kind, false, List.of(), example);
    }

    /** A field with compiled-in values, the first of which is the usual one. */
    public static CredentialField choice(String key, boolean required, String... choices) {
        return new CredentialField(key, Kind.CHOICE, required, List.of(choices), choices[0]);
    }

    public CredentialField {
        choices = List.copyOf(choices);
    }

    public boolean secret() {
        return kind == Kind.SECRET || kind == Kind.WEBHOOK_SECRET;
    }
}
