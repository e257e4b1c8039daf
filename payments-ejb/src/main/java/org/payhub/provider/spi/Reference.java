package org.payhub.provider.spi;

/**
 * A key that the provider gave to something of one payment. The kind matters: one number may be an
 * invoice and another payment's transaction.
 *
 * <p>Keys are case-sensitive and up to 255 characters.
 */
public record Reference(String kind, String key) {

    public Reference {
        if (kind.isEmpty() || kind.length() > 24 || key.isEmpty() || key.length() > 255) {
            throw new IllegalArgumentException("A reference has a kind and a key");
        }
    }
}
