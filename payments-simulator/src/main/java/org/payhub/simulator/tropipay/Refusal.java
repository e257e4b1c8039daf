package org.payhub.simulator.tropipay;

import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Refused;

/** Tropipay says no. */
final class Refusal extends Refused {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String code;

    private Refusal(int status, String type, String code, String message) {
        super(status, message);
        this.type = type;
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "VALIDATION_ERROR", "E00005", message);
    }

    static Refusal amount(String message) {
        return new Refusal(400, "VALIDATION_ERROR", "E01003", message);
    }

    static Refusal credentials() {
        return new Refusal(400, "VALIDATION_ERROR", "invalid_client", "Credential not found");
    }

    static Refusal token() {
        return new Refusal(401, "UNAUTHORIZED_ERROR", "E00002", "token_expired");
    }

    static Refusal right(String scope) {
        return new Refusal(403, "FORBIDDEN_ERROR", "E00003", "permission_denied: " + scope);
    }

    static Refusal missing() {
        return new Refusal(404, "NOT_FOUND", "E00004", "resource_not_found");
    }

    static Refusal codeNeeded() {
        return new Refusal(400, "VALIDATION_ERROR", "E01004", "2fa_required");
    }

    static Refusal codeWrong() {
        return new Refusal(400, "VALIDATION_ERROR", "E01005", "invalid_security_code");
    }

    Answer answer() {
        return Answer.json(
                status(),
                Json.of(
                        "error",
                        Json.of(
                                "type",
                                type,
                                "code",
                                code,
                                "message",
                                getMessage(),
                                "details",
                                Json.list())));
    }
}
