package org.payhub.access;

import java.time.Instant;
import org.payhub.tenancy.UserId;

/** A person whose password was right, and since when the session counts. */
public record LoginResult(UserId user, String name, String language, Instant at) {}
