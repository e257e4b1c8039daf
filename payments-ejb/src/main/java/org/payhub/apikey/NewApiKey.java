package org.payhub.apikey;

/** A key just made. This is the only time that {@code key} can be seen. */
public record NewApiKey(ApiKeyId id, String name, String key) {

    /** Without the key: it must not reach a log. */
    @Override
    public String toString() {
        return "NewApiKey[" + id + "]";
    }
}
