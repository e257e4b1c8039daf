package org.payhub.tenancy;

import java.util.Objects;
import java.util.UUID;

/**
 * Who does something: a person, an API key, the operator of the installation, or the system itself
 * (a worker, a provider's webhook).
 */
public record Actor(Kind kind, UUID id, String name, String address) {

    public enum Kind {
        USER,
        API_KEY,
        OPERATOR,
        CLIENT,
        SYSTEM
    }

    private static final UUID NOBODY = new UUID(0, 0);

    public Actor {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }

    /** The hub itself; {@code name} says which part. */
    public static Actor system(String name) {
        return new Actor(Kind.SYSTEM, NOBODY, name, "");
    }

    /** Whoever runs the installation. */
    public static Actor operator(String address) {
        return new Actor(Kind.OPERATOR, NOBODY, "operator", address);
    }

    /** The client who pays; known by the link alone. */
    public static Actor client(String address) {
        return new Actor(Kind.CLIENT, NOBODY, "client", address);
    }

    public boolean isPerson() {
        return kind == Kind.USER;
    }
}
