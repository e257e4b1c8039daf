package org.payhub.simulator.kit;

/** An imitated provider says no, in words of its own; each provider adds its own shape. */
public abstract class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** A refusal is an answer and no fault of ours, so it carries no stack. */
    protected Refused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status of the answer. */
    public final int status() {
        return status;
    }
}
