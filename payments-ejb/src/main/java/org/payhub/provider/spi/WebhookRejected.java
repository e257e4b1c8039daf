package org.payhub.provider.spi;

import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/** The webhook is not genuine, or not one at all. Its cause is counted; the body is not kept. */
public class WebhookRejected extends HubException {

    private static final long serialVersionUID = 1L;

    /** Why, as it is counted and shown on the integration's page. */
    public enum Cause {
        SIGNATURE_MISSING,
        SIGNATURE_MALFORMED,
        SIGNATURE_WRONG,
        /** Only an older kind of signature is there, which this integration does not take. */
        SIGNATURE_OUTDATED,
        /** Only a signature is there that the account's password would be needed for. */
        SIGNATURE_WITH_PASSWORD,
        STALE,
        FROM_THE_FUTURE,
        SECRET_MISSING,
        BODY_MALFORMED,
        BODY_MISSING,
        KIND_UNKNOWN
    }

    private final Cause cause;

    public WebhookRejected(Cause cause) {
        super(
                Problem.UNAUTHENTICATED,
                "webhook." + cause.name().toLowerCase(java.util.Locale.ROOT),
                "The webhook was refused.");
        this.cause = cause;
    }

    public Cause reason() {
        return cause;
    }
}
