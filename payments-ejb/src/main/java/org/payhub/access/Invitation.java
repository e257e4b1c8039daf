package org.payhub.access;

import java.util.Optional;
import org.payhub.tenancy.UserId;

/**
 * A person who was given access, and the one-hour link by which they set a password; absent when
 * they already have one. The link is shown once and is known to nobody else.
 */
public record Invitation(UserId user, String email, Optional<String> setupUrl) {

    /** Without the link: it must not reach a log. */
    @Override
    public String toString() {
        return "Invitation[" + user + "]";
    }
}
