package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Refused;

/** An error that the API answers, in Stripe's own shape. */
final class StripeError extends Refused {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String code;
    private final String param;
    private final boolean keptForKey;
    private final transient Map<String, String> more = new TreeMap<>();

    private StripeError(
            int status, String type, String code, String param, String message, boolean kept) {
        super(status, message);
        this.type = type;
        this.code = code;
        this.param = param;
        this.keptForKey = kept;
    }

    /** A parameter is wrong; not kept for the idempotency key. */
    static StripeError invalid(String code, String param, String message) {
        return new StripeError(400, "invalid_request_error", code, param, message, false);
    }

    static StripeError missingParam(String param) {
        return invalid("parameter_missing", param, "Missing required param: " + param + ".");
    }

    /**
     * @param otherMode the mode in which such an object does exist, null when it exists nowhere
     */
    static StripeError missing(String kind, String id, String param, String otherMode) {
        String hint = "";
        if (otherMode != null) {
            String keyMode = otherMode.equals("live") ? "test" : "live";
            hint =
                    "; a similar object exists in "
                            + otherMode
                            + " mode, but a "
                            + keyMode
                            + " mode key was used to make this request.";
        }
        return new StripeError(
                param.equals("id") ? 404 : 400,
                "invalid_request_error",
                "resource_missing",
                param,
                "No such " + kind + ": '" + id + "'" + hint,
                false);
    }

    /** The object's state forbids it; kept for the idempotency key. */
    static StripeError state(String code, String param, String message) {
        return new StripeError(400, "invalid_request_error", code, param, message, true);
    }

    static StripeError unauthorized(String code, String message) {
        return new StripeError(401, "invalid_request_error", code, null, message, false);
    }

    static StripeError forbidden(String message) {
        return new StripeError(
                403, "invalid_request_error", "more_permissions_required", null, message, false);
    }

    static StripeError unknownUrl(String message) {
        return new StripeError(404, "invalid_request_error", null, null, message, false);
    }

    static StripeError idempotency(int status, String code, String message) {
        return new StripeError(status, "idempotency_error", code, null, message, false);
    }

    static StripeError card(String code, String declineCode, String message) {
        StripeError error = new StripeError(402, "card_error", code, null, message, true);
        if (declineCode != null) {
            error.more.put("decline_code", declineCode);
        }
        return error;
    }

    /** The server's own trouble, as a fault switch demands it. */
    static StripeError server(int status) {
        return switch (status) {
            case 429 ->
                    new StripeError(
                            429,
                            "invalid_request_error",
                            "rate_limit",
                            null,
                            "Too many requests hit the API too quickly.",
                            false);
            case 409 ->
                    idempotency(
                            409,
                            "idempotency_key_in_use",
                            "There is currently another in-progress request using this"
                                    + " Idempotent Key.");
            default ->
                    new StripeError(
                            status,
                            "api_error",
                            null,
                            null,
                            "An unknown error occurred",
                            status == 500);
        };
    }

    String code() {
        return code;
    }

    boolean keptForKey() {
        return keptForKey;
    }

    JsonObject json() {
        JsonObject error = new JsonObject();
        if (code != null) {
            error.addProperty("code", code);
            error.addProperty("doc_url", "https://stripe.com/docs/error-codes/" + dashed(code));
        }
        more.forEach(error::addProperty);
        error.addProperty("message", getMessage());
        if (param != null) {
            error.addProperty("param", param);
        }
        error.addProperty("type", type);
        return Json.of("error", error);
    }

    private static String dashed(String code) {
        return code.replace('_', '-');
    }
}
