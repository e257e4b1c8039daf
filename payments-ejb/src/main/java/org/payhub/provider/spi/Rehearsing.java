package org.payhub.provider.spi;

import java.time.Instant;

/** The connector can make a correctly signed sample of a webhook, for a rehearsal. */
public interface Rehearsing {

    /** A signed sample that concerns nothing real: it is stored, verified and changes nothing. */
    RawWebhook sample(Credentials credentials, Instant at);
}
