package org.payhub.platform;

import jakarta.ejb.ApplicationException;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal that the caller can understand and act on. Everything else that is thrown is a defect.
 *
 * <p>{@code code} is stable, lower case and dotted ({@code refund.more_than_captured}); programs
 * and tests rely on it. The message is a sentence for a person and never holds secrets, payloads or
 * SQL. {@code field} names the input that is wrong, where one is.
 */
@ApplicationException(rollback = true, inherited = true)
public class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String code;
    private final String field;

    public HubException(Problem problem, String code, String message) {
        this(problem, code, message, null, null);
    }

    public HubException(Problem problem, String code, String message, Throwable cause) {
        this(problem, code, message, null, cause);
    }

    protected HubException(
            Problem problem, String code, String message, String field, Throwable cause) {
        super(message, cause);
        this.problem = Objects.requireNonNull(problem, "problem");
        this.code = Objects.requireNonNull(code, "code");
        this.field = field;
    }

    /** The same refusal, said of one input. */
    public static HubException ofField(String field, String code, String message) {
        return new HubException(Problem.INVALID, code, message, field, null);
    }

    /** A refusal of that kind, said of one input. */
    public static HubException ofField(
            Problem problem, String field, String code, String message, Throwable cause) {
        return new HubException(problem, code, message, field, cause);
    }

    /** There is no such thing for this caller. */
    public static HubException notFound(String what) {
        return new HubException(
                Problem.NOT_FOUND, what + ".not_found", "There is no such " + what + ".");
    }

    public Problem problem() {
        return problem;
    }

    public String code() {
        return code;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
