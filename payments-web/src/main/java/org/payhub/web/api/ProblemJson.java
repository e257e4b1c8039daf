package org.payhub.web.api;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/** Errors as {@code application/problem+json} (RFC 9457) with a stable {@code code}. */
final class ProblemJson {

    static final String TYPE = "application/problem+json;charset=UTF-8";

    private ProblemJson() {}

    static Response of(HubException e) {
        Response.ResponseBuilder response =
                of(e.problem().status(), e.code(), e.getMessage(), e.field(), Optional.empty());
        if (e.problem() == Problem.UNAUTHENTICATED) {
            response.header("WWW-Authenticate", "Bearer realm=\"Payhub\"");
        }
        if (e.problem() == Problem.UNAVAILABLE) {
            response.header("Retry-After", "2");
        }
        return response.build();
    }

    static Response.ResponseBuilder of(
            int status,
            String code,
            String detail,
            Optional<String> field,
            Optional<String> incident) {
        JsonObjectBuilder body =
                Json.createObjectBuilder()
                        .add("type", "urn:payhub:problem:" + code)
                        .add("title", title(status))
                        .add("status", status)
                        .add("code", code)
                        .add("detail", detail);
        field.ifPresent(f -> body.add("field", f));
        incident.ifPresent(i -> body.add("instance", "urn:payhub:incident:" + i));
        return Response.status(status).type(TYPE).entity(body.build().toString());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read";
            case 401 -> "Unknown caller";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 409 -> "Not possible now";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "Something in the request is wrong";
            case 429 -> "Too many requests";
            case 503 -> "Not available at the moment";
            default -> status >= 500 ? "Our fault" : "Refused";
        };
    }
}
