package org.payhub.platform;

/** The kinds of trouble a caller can be told about, and the HTTP status that stands for each. */
public enum Problem {
    /** The request itself is wrong; sending it again changes nothing. */
    INVALID(422),
    /** There is no such thing, or it is none of the caller's. */
    NOT_FOUND(404),
    /** The thing is in a state that does not allow this now. */
    CONFLICT(409),
    /** The caller is not known. */
    UNAUTHENTICATED(401),
    /** The caller is known and may not do this. */
    FORBIDDEN(403),
    /** Too many tries; later is fine. */
    TOO_MANY(429),
    /** The provider refused. */
    REFUSED(422),
    /** Something that we need is away; the same call later may work. */
    UNAVAILABLE(503);

    private final int status;

    Problem(int status) {
        this.status = status;
    }

    /** The HTTP status for this kind. */
    public int status() {
        return status;
    }
}
