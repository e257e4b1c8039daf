package org.payhub.access;

/** The person who becomes the owner of a first business. */
public record OwnerCommand(String name, String email, String password) {

    /** Without the password: it must not reach a log. */
    @Override
    public String toString() {
        return "OwnerCommand";
    }
}
